import EventicleCore

/// The end of a line that writes what it finds to a file: `> FILE`, or `>! FILE` to replace one.
struct Redirection {
  let path: Located<String>
  /// Whether a file of somebody else is replaced.
  let force: Bool

  /// Takes the redirection from the words of a command, if there is one.
  ///
  /// - Throws: ``LanguageError`` at a file that is missing, at what follows it, at the `>` of a verb
  ///   that finds nothing, and at a `|`, because no other program is run from a line.
  static func take(
    from words: inout [Token], of verb: Verb
  ) throws(LanguageError) -> Redirection? {
    if let pipe = words.first(where: { $0.text.mark(at: 0) == 0x7C }) {
      throw pipe.error("No other program is run from a line; write to a file with > FILE.")
    }
    guard let place = words.firstIndex(where: { $0.text.mark(at: 0) == Byte.greater }) else {
      return nil
    }
    let sign = words[place]
    guard verb.isWritable else {
      throw sign.error(
        "\(verb.name.rawValue) finds nothing to write; > FILE goes with the verbs that look, such "
          + "as events, agg, saga and view. A text with > needs quotes.")
    }
    let force = sign.text.mark(at: 1) == Byte.exclamation
    var file = sign.text.suffix(from: force ? 2 : 1)
    guard file.mark(at: 0) != Byte.greater else {
      throw sign.error("A file is written anew and not added to; write > FILE.")
    }
    var rest = words[(place + 1)...]
    if file.isEmpty, let next = rest.popFirst() { file = next.text }
    guard !file.isEmpty else {
      throw sign.error("After > the file is missing, as in > payments.ndjson.")
    }
    if let extra = rest.first {
      throw extra.error("After the file nothing more is expected.")
    }
    words.removeSubrange(place...)
    return Redirection(path: Located(file.string, file.span), force: force)
  }

  /// The instruction with its result written to the file.
  func applied(to instruction: Instruction) -> Instruction {
    .written(instruction, to: path, force: force)
  }

  private static let endings = [".ndjson", ".jsonl", ".json", ".txt", ".csv", ".md", ".gz"]

  /// Throws at the end of a filter such as `Foo > out.json`, which reads as a comparison.
  static func refuseComparison(in text: SourceText) throws(LanguageError) {
    let string = text.string
    guard let place = string.range(ofLast: " > "), !string[place...].contains("\""),
      endings.contains(where: string.hasSuffix)
    else { return }
    let start = string.utf8.distance(from: string.startIndex, to: place) + 1
    let file = string[place...].dropFirst(3)
    throw text.error(
      start..<(start + 1),
      "This reads as a comparison with the text \(LanguageError.shortened(String(file))). To write "
        + "to that file put parentheses around the filter; to compare, quotes around the text.")
  }
}

extension String {
  /// Where a text begins for the last time.
  fileprivate func range(ofLast text: String) -> String.Index? {
    indices.last { self[$0...].hasPrefix(text) }
  }
}

extension SourceText {
  /// Whether nothing is left but perhaps `> FILE`.
  var isEmptyOrWritesFile: Bool { isEmpty || mark(at: 0) == Byte.greater }
}

extension Verb {
  /// Whether what it finds can be written to a file.
  package var isWritable: Bool {
    switch name {
    case .filter, .find, .mark, .unmark, .whatIf, .probe, .watch: false
    case .help, .info, .export: true
    default: group == .look
    }
  }
}
