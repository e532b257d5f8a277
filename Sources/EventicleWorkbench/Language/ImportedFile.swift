/// A file of events to import: `import FILE as kcat skip-bad bad.ndjson`.
package struct ImportedFile: Hashable, Sendable, CustomStringConvertible {
  /// The file.
  package let path: String
  /// How its lines say events; `nil` as they look.
  package let format: String?
  /// The file for lines that cannot be taken; without one, such a line takes back the whole import.
  package let badLines: String?

  /// The names of the formats that need no mapping.
  package static let formats = ["eventicle", "kcat", "console"]

  /// A file, and how it is imported.
  package init(_ path: String, as format: String? = nil, badLines: String? = nil) {
    (self.path, self.format, self.badLines) = (path, format, badLines)
  }

  /// The line that imports it.
  package var description: String {
    var line = "import \(Quoting.word(path))"
    if let format { line += " as \(Quoting.word(format))" }
    if let badLines { line += " skip-bad \(Quoting.word(badLines))" }
    return line
  }
}

extension Arguments {
  /// Reads `FILE [as FORMAT] [skip-bad FILE]`.
  mutating func importedFile() throws(LanguageError) -> ImportedFile {
    let path = try requireText("The file")
    var format: String?
    var badLines: String?
    while let word = take() {
      switch word.string {
      case "as" where format == nil: format = try requireText("The format").value
      case "skip-bad" where badLines == nil:
        badLines = try requireText("The file for bad lines").value
      default: throw unexpected(word)
      }
    }
    return ImportedFile(path.value, as: format, badLines: badLines)
  }
}
