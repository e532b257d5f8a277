import EventicleCore
import EventicleWorkbench

/// The parts of a row that match what is searched for.
struct TailMatches {
  /// The columns in which matches are marked.
  enum Field {
    case type
    case id
  }

  private var typePatterns: [TextPattern] = []
  private var idPatterns: [TextPattern] = []

  /// Takes what a tail is searched for.
  init(_ tail: TailModel) {
    if let find = tail.find { add(find.filter.root) }
  }

  private mutating func add(_ node: FilterNode) {
    switch node {
    case .and(let nodes), .or(let nodes): for node in nodes { add(node) }
    case .term(.word(let pattern)):
      typePatterns.append(pattern)
      idPatterns.append(pattern)
    case .term(.key(.type, let pattern)): typePatterns.append(pattern)
    case .term(.key(.id, let pattern)): idPatterns.append(pattern)
    case .term, .not, .all: break
    }
  }

  /// A text with its matches marked, at most `columns` wide.
  func pieces(
    of text: String, _ field: Field, _ role: StyleRole, limit: Int
  ) -> [StyledPiece] {
    let shown = PaneText.data(text, limit: max(0, limit))
    let patterns = field == .type ? typePatterns : idPatterns
    guard !patterns.isEmpty, text.utf8.count <= 1_000 else { return [StyledPiece(shown, role)] }
    for pattern in patterns where pattern.matches(text) {
      return mark(pattern, in: shown, role)
    }
    return [StyledPiece(shown, role)]
  }

  /// Marks the text searched for, or the whole value when the pattern is not one plain part.
  private func mark(
    _ pattern: TextPattern, in text: DisplayText, _ role: StyleRole
  ) -> [StyledPiece] {
    guard pattern.style == .contains,
      let start = place(of: pattern.text.lowercased(), in: text.string.lowercased())
    else { return [StyledPiece(text, role, overlay: .uiMatch)] }
    let end = start + pattern.text.utf8.count
    guard text.width == text.glyphs.count, text.width == text.string.utf8.count else {
      return [StyledPiece(text, role, overlay: .uiMatch)]
    }
    let rest = text.dropping(columns: start)
    return [
      StyledPiece(text.prefix(columns: start), role),
      StyledPiece(rest.prefix(columns: end - start), role, overlay: .uiMatch),
      StyledPiece(rest.dropping(columns: end - start), role),
    ]
  }

  private func place(of needle: String, in text: String) -> Int? {
    let (needle, text) = (Array(needle.utf8), Array(text.utf8))
    guard !needle.isEmpty, needle.count <= text.count else { return nil }
    return (0...(text.count - needle.count)).first { start in
      text[start..<(start + needle.count)].elementsEqual(needle)
    }
  }
}
