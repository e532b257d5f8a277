/// The table of keys for documents, generated from the keymap.
public enum KeyTable {
  /// The line that marks the start of the table.
  public static let begin = "<!-- keys: made by `make keys` -->"
  /// The line that marks the end of the table.
  public static let end = "<!-- end of keys -->"

  /// The table in Markdown.
  public static var markdown: String {
    var lines = ["| Keys | |", "|---|---|"]
    for group in Action.Group.allCases {
      lines.append("| **\(group.rawValue)** | |")
      for action in Action.allCases where action.group == group {
        let labels = Keymap.standard.notations(of: action).map { "`\(Keymap.label(of: $0))`" }
        guard !labels.isEmpty else { continue }
        lines.append("| \(labels.joined(separator: " ")) | \(action.title) |")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// A document with its table regenerated; `nil` when the document has no table.
  public static func replaced(in document: String) -> String? {
    DocumentPart(begin: begin, end: end).replaced(in: document, by: ["", markdown, ""])
  }
}

/// The generated part of a document between two marker lines.
public struct DocumentPart: Sendable {
  private let begin: String
  private let end: String

  /// Describes the part between two marker lines.
  public init(begin: String, end: String) {
    self.begin = begin
    self.end = end
  }

  /// The document with the part's lines replaced; `nil` when it lacks the markers.
  public func replaced(in document: String, by content: [String]) -> String? {
    let lines = document.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let first = lines.firstIndex(of: begin), let last = lines.firstIndex(of: end),
      first < last
    else { return nil }
    return (lines[...first] + content + lines[last...]).joined(separator: "\n")
  }
}
