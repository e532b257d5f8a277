/// The table of keys for documents, made from the keymap.
public enum KeyTable {
  /// The line before the table.
  public static let begin = "<!-- keys: made by `make keys` -->"
  /// The line after the table.
  public static let end = "<!-- end of keys -->"

  /// The table in Markdown.
  public static var markdown: String {
    var lines = ["| Keys | |", "|---|---|"]
    for group in Action.Group.allCases {
      lines.append("| **\(group.rawValue)** | |")
      for action in Action.allCases where action.group == group {
        let labels = Keymap.notations(of: action).map { "`\(Keymap.label(of: $0))`" }
        guard !labels.isEmpty else { continue }
        lines.append("| \(labels.joined(separator: " ")) | \(action.title) |")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// A document with its table made anew; `nil` when it has no place for one.
  public static func replaced(in document: String) -> String? {
    let lines = document.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.firstIndex(where: { $0 == begin }),
      let last = lines.firstIndex(where: { $0 == end }), first < last
    else { return nil }
    let parts =
      lines[...first].map(String.init) + ["", markdown, ""] + lines[last...].map(String.init)
    return parts.joined(separator: "\n")
  }
}
