/// What a step came to, in one line: what was delivered, to whom, from which state to which, the
/// fields, what was sent, what was armed and called off.
///
/// Where there is no room, fields go first, then lists become counts, then the last parts go.
package struct StepMessage: Hashable, Sendable {
  /// Something behind the head.
  package enum Part: Hashable, Sendable {
    /// Changed fields, the first to go.
    case fields([String])
    /// Several things of a kind, in words: `sent A → #3, B → #4` becomes `2 sent`.
    case list(String, [String])
    /// What stays whatever the room.
    case words(String)
  }

  /// `✗` for a failure, `!` for a refusal or an event that nobody heard; empty for good news.
  package var sign = ""
  /// What happened, and to whom.
  package var head: String
  /// What came of it, in the order of the pattern.
  package var parts: [Part] = []

  /// Creates a message of a head alone.
  package init(_ head: String, sign: String = "") {
    self.head = head
    self.sign = sign
  }

  /// The message in full.
  package var text: String { text(parts) }

  /// The message in full, and then ever shorter, down to the head alone.
  package var texts: [String] {
    let withoutFields = parts.filter { if case .fields = $0 { false } else { true } }
    let counted = withoutFields.map { part in
      if case .list(let verb, let items) = part {
        Part.words("\(items.count) \(verb)")
      } else {
        part
      }
    }
    var rest = withoutFields.filter { if case .words = $0 { true } else { false } }
    var texts: [String] = []
    func add(_ text: String) { if text.count < texts.last?.count ?? Int.max { texts.append(text) } }
    for parts in [parts, withoutFields, counted, rest] { add(text(parts)) }
    while rest.popLast() != nil { add(text(rest)) }
    return texts
  }

  private func text(_ parts: [Part]) -> String {
    var pieces = [sign.isEmpty ? head : "\(sign) \(head)"]
    for part in parts {
      switch part {
      case .fields(let changes): pieces += changes
      case .list(let verb, let items):
        if !items.isEmpty { pieces.append("\(verb) \(items.joined(separator: ", "))") }
      case .words(let words): pieces.append(words)
      }
    }
    return pieces.joined(separator: " · ")
  }
}
