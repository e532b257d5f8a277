import Foundation

/// Code that a page shows and a test runs, so that both can be compared.
public enum Snippet {
  /// The code block after `<!-- NAME -->` on a page below the root, without its fences.
  ///
  /// - Returns: `nil` when there is no such page, marker or block.
  public static func shown(_ name: String, on page: String) -> String? {
    guard let text = Repository.text(at: page),
      let marker = text.range(of: "<!-- \(name) -->\n```"),
      let start = text.range(of: "\n", range: marker.upperBound..<text.endIndex),
      let end = text.range(of: "```", range: start.upperBound..<text.endIndex)
    else { return nil }
    return String(text[start.upperBound..<end.lowerBound])
  }

  /// The lines between `// NAME begins` and `// NAME ends` in a source file, unindented.
  ///
  /// - Parameter path: The path of the file; tests pass `#filePath`.
  public static func compiled(_ name: String, in path: String) -> String? {
    guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    func place(_ marker: String) -> Int? {
      lines.firstIndex { $0.drop { $0 == " " } == "// \(name) \(marker)" }
    }
    guard let start = place("begins"), let end = place("ends"), start < end else { return nil }
    let indent = lines[start].prefix { $0 == " " }.count
    return lines[(start + 1)..<end].map { $0.dropFirst(indent) + "\n" }.joined()
  }
}
