import EventicleCore

/// The columns of a view's table in a width: the key first, then fields; what has no room is left out
/// from the right, except for the column under the cursor.
struct ViewColumns {
  /// One column.
  struct Column {
    /// The field; `nil` for the key.
    let field: String?
    let head: DisplayText
    let width: Int
    let isRightAligned: Bool
    let isHere: Bool
  }

  let columns: [Column]
  /// How many were left out.
  let hidden: Int

  private static let widest = 24

  /// Lays out the columns.
  ///
  /// - Parameters:
  ///   - fields: The fields of the rows, in order.
  ///   - rows: The visible rows.
  ///   - state: What the cursor is on, and by what the rows are sorted.
  ///   - isFocused: Whether the column under the cursor is marked.
  init(
    _ fields: [String], _ rows: [Record], _ state: ViewsModel, isFocused: Bool, columns room: Int
  ) {
    let sort = state.sort.flatMap { state.page.order.isEmpty ? nil : $0 }
    let cursor = max(0, min(state.column, fields.count))
    func column(_ place: Int, _ field: String?) -> Column {
      let values = rows.map { ViewColumns.text(field, of: $0) }
      let isQuantity =
        field.map { field in
          rows.contains {
            if case .number = $0.content.object?[field] ?? .null { true } else { false }
          }
        } ?? false
      var head = field.map { PaneText.data($0, limit: 40) } ?? ViewColumns.keyName(rows)
      if let sort, sort.field == field { head += sort.isDescending ? " ▾" : " ▴" }
      let widest = values.map(\.width).max() ?? 0
      return Column(
        field: field, head: head, width: min(ViewColumns.widest, max(widest, head.width)),
        isRightAligned: isQuantity, isHere: isFocused && place == cursor)
    }
    var all = [column(0, nil)]
    for (place, field) in fields.enumerated() { all.append(column(place + 1, field)) }
    let needed = all.reduce(0) { $0 + $1.width + 2 }
    guard needed > room else {
      (columns, hidden) = (all, 0)
      return
    }
    // Behind the columns stands how many are left out: two spaces and `+12`.
    let least = room - 5
    var shown: [Int] = []
    var used = 0
    for place in all.indices where used + all[place].width + 2 <= least || place == 0 {
      guard place == shown.count else { break }
      shown.append(place)
      used += all[place].width + 2
    }
    if !shown.contains(cursor) {
      while shown.count > 1, used + all[cursor].width + 2 > least {
        used -= all[shown.removeLast()].width + 2
      }
      shown.append(cursor)
    }
    columns = shown.map { all[$0] }
    hidden = all.count - shown.count
  }

  /// `order` for rows named `order-1`, else `key`.
  private static func keyName(_ rows: [Record]) -> DisplayText {
    guard let id = rows.first?.id, let dash = id.lastIndex(of: "-") else { return "key" }
    let (word, rest) = (id[..<dash], id[dash...].dropFirst())
    let isName = !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7A).contains($0) }
    let isCount = !rest.isEmpty && rest.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return isName && isCount ? PaneText.data(word, limit: 20) : "key"
  }

  /// A value of a row as text; plain words lose their quotes.
  static func text(_ field: String?, of record: Record) -> DisplayText {
    guard let field else { return PaneText.data(record.id, limit: 60) }
    let value = record.content.object?[field] ?? .null
    return value.string.map { PaneText.data($0, limit: 100) } ?? JSONText.line(value)
  }

  /// The heads; before the column under the cursor stands `►`.
  var head: StyledLine {
    var line = StyledLine()
    for column in columns {
      line.add(
        field(
          column, column.head, mark: StyledPiece(column.isHere ? "►" : " ", .timeCursor),
          column.isHere ? .uiTitle : .uiMuted))
    }
    if hidden > 0 { line.right = [StyledPiece("+\(hidden) ", .uiMuted)] }
    return line
  }

  /// The cells of a row; `~` stands before what changed, `+` before a new row.
  func line(_ record: Record, _ page: ViewPage) -> StyledLine {
    var line = StyledLine()
    for column in columns {
      let value = column.field.map { record.content.object?[$0] ?? .null }
      var mark = StyledPiece(" ")
      if let field = column.field {
        if page.hasChanged(record.id, field) { mark = StyledPiece("~", .diffChange) }
      } else if page.newRows.contains(record.id) {
        mark = StyledPiece("+", .diffAdd)
      }
      let role = value.map { JSONText.role(of: $0) } ?? .uiText
      line.add(field(column, ViewColumns.text(column.field, of: record), mark: mark, role))
    }
    return line
  }

  private func field(
    _ column: Column, _ text: DisplayText, mark: StyledPiece, _ role: StyleRole
  ) -> StyledLine {
    let text = text.truncated(to: column.width)
    let rest = StyledPiece(.spaces(column.width - text.width))
    let content = [mark, StyledPiece(text, role)]
    let pieces = column.isRightAligned ? [rest] + content : content + [rest]
    return StyledLine(pieces + [StyledPiece(" ")])
  }
}
