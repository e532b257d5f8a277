package import EventicleCore
import TestSupport

/// The rows that were recorded from eventiclejs, see Tests/Fixtures/Wire/README.md.
package enum RecordedRows {
  /// Something that was expected in the recorded files and is not there.
  struct MissingError: Error {
    let what: String
  }

  /// The content of a file of recorded bytes.
  package static func file(_ name: String) throws -> JSON {
    guard let text = Repository.text(at: "Tests/Fixtures/Wire/\(name)") else {
      throw MissingError(what: name)
    }
    return try JSON(parsing: text)
  }

  /// Every row of both files, each once.
  package static let all: [StoredRows.Row] = {
    var found: [StoredRows.Row] = []
    var known: Set<StoredRows.Row> = []
    for name in ["postgres.json", "story.json"] {
      guard let content = try? file(name) else { continue }
      collect(content) { row in
        if known.insert(row).inserted { found.append(row) }
      }
    }
    return found
  }()

  /// The rows of a case after a stage, counted from 0.
  package static func rows(_ name: String, stage: Int) throws -> [StoredRows.Row] {
    let cases = try file("postgres.json")["cases"].array ?? []
    guard let found = cases.first(where: { $0["case"].string == name }) else {
      throw MissingError(what: name)
    }
    var rows: [StoredRows.Row] = []
    collect(found["stages"][stage]) { rows.append($0) }
    return rows
  }

  /// A row as one of the files has it; `nil` for any other value.
  package static func row(_ value: JSON) -> StoredRows.Row? {
    guard let id = value["id"].string, let type = value["type"].string,
      let content = value["content"].string
    else { return nil }
    return StoredRows.Row(
      id: id, type: type, workspace: value["workspace_id"].string.map { Workspace($0) } ?? .system,
      writtenAt: value["createdat"].string ?? "", content: Array(content.utf8))
  }

  private static func collect(_ value: JSON, _ take: (StoredRows.Row) -> Void) {
    if let row = row(value) { return take(row) }
    for member in value.object?.members ?? [] { collect(member.value, take) }
    for element in value.array ?? [] { collect(element, take) }
  }
}
