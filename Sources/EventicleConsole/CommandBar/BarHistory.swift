import EventicleCore

/// The history of typed lines, by prompt.
///
/// Secrets are never kept: `password=abc` is remembered as `password=•••`.
struct BarHistory: Hashable, Sendable {
  /// The greatest number of lines kept per prompt.
  static let mostLines = 1_000

  private var byKind: [PromptKind: [String]] = [:]

  /// Creates an empty history.
  init() {}

  /// Creates the history of one prompt from the text of its file; invalid lines are skipped.
  init(text: String, kind: PromptKind) { load(text, kind) }

  /// Loads the lines of one prompt from the text of its file.
  mutating func load(_ text: String, _ kind: PromptKind) {
    byKind[kind] = []
    for line in text.split(whereSeparator: \.isNewline) {
      _ = remember(String(line), kind)
    }
  }

  /// The lines of a prompt as the text of a file, one per line.
  func text(of kind: PromptKind) -> String {
    lines(of: kind).map { $0 + "\n" }.joined()
  }

  /// The lines of a prompt, the most recent last.
  func lines(of kind: PromptKind) -> [String] { byKind[kind] ?? [] }

  /// Remembers a line.
  ///
  /// - Returns: The remembered line without its secrets; `nil` when it is blank, too long or the
  ///   same as the line before.
  mutating func remember(_ line: String, _ kind: PromptKind) -> String? {
    let plain = line.filter { !$0.isControl }
    guard plain.contains(where: { !$0.isWhitespace }), plain.utf8.count <= Limits.lineBytes else {
      return nil
    }
    let kept = SecretMask.masked(plain)
    var lines = byKind[kind] ?? []
    guard lines.last != kept else { return nil }
    lines.append(kept)
    if lines.count > BarHistory.mostLines {
      lines.removeFirst(lines.count - BarHistory.mostLines)
    }
    byKind[kind] = lines
    return kept
  }

  // MARK: - Looking up

  /// The nearest older line that starts with a text and differs from the one shown.
  ///
  /// - Parameter index: The index before which to search; the number of lines searches all of them.
  func older(
    _ kind: PromptKind, before index: Int, startingWith prefix: String, than shown: String
  ) -> Int? {
    let lines = lines(of: kind)
    return lines[..<max(0, min(index, lines.count))].lastIndex {
      $0.hasPrefix(prefix) && $0 != shown
    }
  }

  /// The nearest newer line that starts with a text and differs from the one shown.
  func newer(
    _ kind: PromptKind, after index: Int, startingWith prefix: String, than shown: String
  ) -> Int? {
    let lines = lines(of: kind)
    guard index + 1 < lines.count else { return nil }
    return lines[(index + 1)...].firstIndex { $0.hasPrefix(prefix) && $0 != shown }
  }

  /// The newest line at or before an index that contains a text.
  func match(_ kind: PromptKind, _ text: String, from index: Int) -> Int? {
    let lines = lines(of: kind)
    guard !text.isEmpty, index >= 0, !lines.isEmpty else { return nil }
    let query = text.lowercased()
    return lines[...min(index, lines.count - 1)].lastIndex { $0.lowercased().contains(query) }
  }

  /// What followed a text the last time it was typed, to show as a ghost.
  func rest(of text: String, _ kind: PromptKind) -> String? {
    guard !text.isEmpty else { return nil }
    let found = lines(of: kind).last { $0.hasPrefix(text) && $0.count > text.count }
    return found.map { String($0.dropFirst(text.count)) }
  }
}
