/// A tape as it is shown to a team: its comments are captions, its lines what is done for them.
///
/// Comment lines in a row are one caption; the lines below them, up to the next comment, are done
/// for it. Keys that a screen has stand in a comment that begins with `#:`; they are pressed in place
/// of the lines that follow them in the same caption, which then count only without a screen,
/// together with what they expect. So the same tape runs with and without one:
///
///     # A timer is a promise. In 30 seconds it tries again.
///     #: t
///     fire
///     expect S PaymentSaga/order-1.status = retrying
package struct CaptionedTape: Hashable, Sendable {
  /// What is said before the first caption: the comments at the top for which nothing is done.
  package let opening: Caption?
  /// The captions, in order.
  package let captions: [Caption]

  /// A tape of these parts.
  package init(opening: Caption?, captions: [Caption]) {
    (self.opening, self.captions) = (opening, captions)
  }

  /// Reads the captions of a tape; lines above its first comment belong to a caption that says
  /// nothing.
  package init(_ lines: [TapeLine]) {
    var captions: [Caption] = []
    var draft = Draft()
    for line in lines {
      let text = line.text.withoutEnds
      if let comment = CaptionedTape.comment(text) {
        if let keys = comment.keys {
          draft.add(keys: keys, line: line.number)
        } else if !CaptionedTape.isHowToRun(comment.text) {
          if draft.isOver { draft.finish(into: &captions) }
          draft.add(comment.text)
        }
      } else if text.isEmpty {
        draft.endText()
      } else {
        draft.add(line)
      }
    }
    draft.finish(into: &captions)
    let opens = captions.count > 1 && captions[0].deeds.isEmpty
    opening = opens ? captions[0] : nil
    self.captions = opens ? Array(captions.dropFirst()) : captions
  }

  /// Whether anything is said in it.
  package var saysAnything: Bool { captions.contains { !$0.text.isEmpty } }

  /// The text behind the sign of a comment, or its keys; `nil` for what is no comment.
  private static func comment(_ text: Substring) -> (text: Substring, keys: String?)? {
    guard text.first == "#", let line = try? TapeLine(number: 1, text: String(text)).instructions(),
      line.isEmpty
    else { return nil }
    let rest = text.dropFirst()
    guard rest.first == ":" else { return (rest.drop { $0 == "#" }.withoutEnds, nil) }
    return ("", String(rest.dropFirst().withoutEnds))
  }

  /// Whether a comment says how the tape is run, which is no news to those who see it.
  private static func isHowToRun(_ text: Substring) -> Bool {
    text.hasPrefix("eventicle ") || text.hasPrefix(TapeLine.domainTitle)
      || text.hasPrefix("Run it:")
  }

  /// A caption that is being read.
  private struct Draft {
    private var text = ""
    private var deeds: [Caption.Deed] = []
    private var isTextOver = false
    private var hasKeys = false

    /// Whether another comment begins another caption.
    var isOver: Bool { isTextOver || !deeds.isEmpty }

    mutating func endText() { if !text.isEmpty { isTextOver = true } }

    mutating func add(_ more: Substring) { text += (text.isEmpty ? "" : " ") + more }

    mutating func add(keys: String, line: Int) {
      deeds.append(.keys(keys, line: line))
      hasKeys = true
    }

    mutating func add(_ line: TapeLine) {
      guard !hasKeys else { return }
      let checks = (try? line.instructions()).map { parsed in
        parsed.allSatisfy { if case .expect = $0.value { true } else { false } }
      }
      deeds.append(checks == true ? .check(line.text) : .line(line.text))
    }

    mutating func finish(into captions: inout [Caption]) {
      if !text.isEmpty || !deeds.isEmpty { captions.append(Caption(saying: text, deeds: deeds)) }
      self = Draft()
    }
  }
}

extension TapeLine {
  /// What the comment at the top of a tape begins with that names its domain.
  static let domainTitle = "A tape of the domain "
}

extension StringProtocol {
  /// The text without blanks at its ends.
  fileprivate var withoutEnds: Substring {
    var rest = Substring(self)
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return rest
  }
}
