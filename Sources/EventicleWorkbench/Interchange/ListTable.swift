package import EventicleCore

/// A list of JSON values as a table, for spreadsheets and for pages.
///
/// A member of an object is a column, in order of first appearance; those of an object inside are
/// columns of their own, as `data.total`. Anything deeper is compact JSON in its cell, and what a
/// row does not have is an empty cell. Characters that a reader does not see are escaped as in JSON.
package struct ListTable: Sendable {
  /// The heads of the columns.
  package private(set) var columns: [String] = []
  private var places: [String: Int] = [:]
  private var rows: [[Int: JSON]] = []

  /// Makes the table of a list.
  ///
  /// - Complexity: O(members).
  package init(_ values: [JSON]) {
    for value in values {
      var row: [Int: JSON] = [:]
      if case .object(let object) = value {
        for member in object.members {
          guard case .object(let inner) = member.value, !inner.members.isEmpty else {
            row[place(of: member.key)] = member.value
            continue
          }
          for part in inner.members {
            row[place(of: "\(member.key).\(part.key)")] = part.value
          }
        }
      } else {
        row[place(of: "value")] = value
      }
      rows.append(row)
    }
  }

  private mutating func place(of column: String) -> Int {
    if let known = places[column] { return known }
    places[column] = columns.count
    columns.append(column)
    return columns.count - 1
  }

  // MARK: - Comma-separated values

  /// The table as RFC 4180 has it, with a line of heads and lines that end in CR LF.
  package var csv: [UInt8] {
    guard !columns.isEmpty else { return [] }
    var text = columns.map(ListTable.quoted).joined(separator: ",") + "\r\n"
    for row in rows {
      let cells = columns.indices.map { ListTable.quoted(ListTable.text(row[$0])) }
      text += cells.joined(separator: ",") + "\r\n"
    }
    return Array(text.utf8)
  }

  /// A cell, in quotes where it needs them.
  private static func quoted(_ text: String) -> String {
    let safe = lines(of: text).joined(separator: "\n")
    let needsQuotes = safe.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x20
    }
    guard needsQuotes else { return safe }
    var cell = "\""
    for character in safe.unicodeScalars {
      if character == "\"" { cell += "\"" }
      cell.unicodeScalars.append(character)
    }
    return cell + "\""
  }

  // MARK: - Markdown

  /// The table as Markdown; columns that hold nothing but numbers are to the right.
  package var markdown: [UInt8] {
    guard !columns.isEmpty else { return [] }
    var text = ListTable.line(columns)
    let rules = columns.indices.map { column in
      let values = rows.compactMap { $0[column] }
      let areNumbers = values.allSatisfy { if case .number = $0 { true } else { false } }
      return areNumbers && !values.isEmpty ? "---:" : "---"
    }
    text += "|" + rules.joined(separator: "|") + "|\n"
    for row in rows { text += ListTable.line(columns.indices.map { ListTable.text(row[$0]) }) }
    return Array(text.utf8)
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.map(escaped).joined(separator: " | ") + " |\n"
  }

  /// A cell in which nothing means more than itself.
  private static func escaped(_ text: String) -> String {
    lines(of: text).map { line in
      var cell = ""
      for scalar in line.unicodeScalars {
        switch scalar {
        case "<": cell += "&lt;"
        case "&": cell += "&amp;"
        case "\\", "|", "`", "*", "_", "[", "]", "#", "~":
          cell += "\\"
          cell.unicodeScalars.append(scalar)
        default: cell.unicodeScalars.append(scalar)
        }
      }
      return cell
    }.joined(separator: "<br>")
  }

  // MARK: - Cells

  private static func text(_ value: JSON?) -> String {
    switch value {
    case nil, .null: ""
    case .string(let text): text
    case let value?: value.description
    }
  }

  /// The lines of a text, each with its hidden characters escaped.
  private static func lines(of text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { JSON.printed(String($0)) }
  }
}
