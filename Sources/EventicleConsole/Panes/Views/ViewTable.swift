import EventicleCore

/// The rows of a view as a table that can be sorted.
struct ViewTable {
  let context: PaneContext
  let state: ViewsModel
  let view: String

  /// The number of rows.
  var count: Int { context.shown.world.recordCount(of: view) }

  /// The record at a place.
  func record(at place: Int) -> Record? {
    state.page.offset(of: place).flatMap { context.shown.world.record(of: view, at: $0) }
  }

  /// The fields that are columns: those of the first row.
  func fields(first place: Int = 0) -> [String] { record(at: place)?.content.object?.keys ?? [] }

  /// The text of a row for finding, of these fields.
  func text(of place: Int, _ fields: [String]) -> String {
    guard let record = record(at: place) else { return "" }
    let values = fields.map { ViewColumns.text($0, of: record).string }
    return ([record.id] + values).joined(separator: "  ")
  }

  /// Draws the table; looks only at visible rows.
  func draw(in inside: Rect, border: Rect, on canvas: inout Canvas, _ meter: inout WorkMeter) {
    let below = self.below(columns: inside.columns - 1, rows: inside.rows)
    let (head, rest) = inside.split(top: 1)
    let (body, foot) = rest.split(bottom: min(below.count, max(0, rest.rows - 1)))
    let rows = ShownRows(count, context.find)
    let list = rows.cursor(state.list, visible: body.rows)
    let places = list.top..<max(list.top, min(list.top + body.rows, rows.count))
    var records: [Int: Record] = [:]
    for place in places {
      guard case .row(let row) = rows.row(at: place) else { continue }
      records[row] = record(at: row)
    }
    let columns = ViewColumns(
      fields(), records.sorted { $0.key < $1.key }.map(\.value), state,
      isFocused: context.isFocused, columns: inside.columns - 1)
    canvas.within(head) { canvas in
      canvas.draw(columns.head.indented(by: 1, keepingRight: true), row: 0)
    }
    canvas.within(body) { canvas in
      for place in places {
        let isHere = place == list.selected
        let line = rows.line(at: place) { row in
          records[row].map { columns.line($0, state.page) } ?? .empty
        }
        canvas.draw(
          line.indented(by: 1), row: place - list.top, overlay: isHere ? context.selection : nil)
        guard isHere else { continue }
        canvas.put(
          "►", at: Point(column: 0, row: place - list.top),
          style: CellStyle(.timeCursor, overlay: context.selection))
      }
    }
    canvas.within(foot) { canvas in
      for (row, line) in below.enumerated() { canvas.draw(line, row: row) }
    }
    canvas.scrollbar(
      at: Point(column: border.endColumn - 1, row: body.row), rows: body.rows, first: list.top,
      visible: body.rows, total: rows.count)
  }

  /// The rows of the table in a height.
  func bodyRows(in inside: Size) -> Int {
    let rest = max(0, inside.rows - 1)
    return rest - min(below(columns: inside.columns - 1, rows: inside.rows).count, max(0, rest - 1))
  }

  // MARK: - What it lacks

  private func below(columns: Int, rows: Int) -> [StyledLine] {
    guard rows >= 4, let text = lack else { return [] }
    let lines = Sentence(text).wrapped(.statusWarn, columns: columns - 1, most: 2)
    return (rows > 6 + lines.count ? [.empty] : []) + lines.map { $0.indented(by: 1) }
  }

  /// `3 behind: #5 and #6 (order-2), #7 (order-1) wait in the queue; State already knows #7`.
  private var lack: String? {
    guard let behind = state.page.lag[ConsumerName(.view, view)] else { return nil }
    let count = behind.text.string
    guard let last = behind.first.last else {
      return "\(count): it does not keep step, and reads the log later than State"
    }
    var parts: [(id: String, numbers: [String])] = []
    for position in behind.first {
      let id = context.shown.log.domainID(at: position)?.text ?? ""
      if parts.last?.id == id {
        parts[parts.count - 1].numbers.append("\(position)")
      } else {
        parts.append((id, ["\(position)"]))
      }
    }
    var texts = parts.map { part in
      part.numbers.joined(separator: " and ") + (part.id.isEmpty ? "" : " (\(part.id))")
    }
    let more = behind.count - behind.first.count
    if more > 0 { texts.append("\(more)\(behind.isLeast ? " or more" : "") after them") }
    let verb = behind.count == 1 ? "waits" : "wait"
    return "\(count): \(texts.joined(separator: ", ")) \(verb) in the queue; "
      + "State already knows \(last)"
  }
}

extension StyledLine {
  /// The line indented, with what stands at its right edge.
  fileprivate func indented(by columns: Int, keepingRight: Bool) -> StyledLine {
    var line = indented(by: columns)
    if keepingRight { line.right = right }
    return line
  }
}
