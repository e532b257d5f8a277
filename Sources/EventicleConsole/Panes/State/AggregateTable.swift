import EventicleCore

/// The aggregates of a type, or the rows of a view, one a row.
struct AggregateTable {
  /// What the rows are.
  enum Subject: Hashable {
    case aggregates(String)
    case view(String)
  }

  let model: Model
  let subject: Subject
  let focused: Bool

  /// How wide a column gets at most.
  private static let widest = 24
  /// How many events of one aggregate are folded for its row.
  private static let mostFolded = 200

  /// Draws the table; what is not on screen is not looked at.
  func draw(in rect: Rect, on canvas: inout Canvas, _ meter: inout WorkMeter) {
    var list = model.aggregate.list
    list.reveal(visible: rect.rows - 3, count: count)
    let footer: DisplayText = count == 0 ? "" : "\(list.selected + 1) of \(count)"
    let inside = canvas.box(rect, title: title, footer: footer, focused: focused)
    guard !inside.isEmpty else { return }
    guard count > 0 else {
      return SagaPane.draw(sentence: "There is nothing here yet.", in: inside, on: &canvas)
    }
    let rows = max(0, min(inside.rows - 1, count - list.top))
    let fields = fields(first: list.top)
    let cells = (0..<rows).compactMap { row(list.top + $0, fields, &meter) }
    let heads = heads(fields)
    let widths = widths(heads, cells)
    canvas.within(inside) { canvas in
      let line = line(heads.map { ($0, .uiMuted) }, widths)
      canvas.put(line, at: Point(column: 1, row: 0), columns: inside.columns - 2)
      for (place, cells) in cells.enumerated() {
        canvas.put(
          self.line(cells, widths), at: Point(column: 1, row: place + 1),
          columns: inside.columns - 2)
        guard list.top + place == list.selected else { continue }
        canvas.overlay(
          focused ? .uiSelection : .uiSelectionInactive,
          in: Rect(column: 0, row: place + 1, columns: inside.columns, rows: 1))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row + 1), rows: inside.rows - 1,
      first: list.top, visible: inside.rows - 1, total: count)
  }

  private var count: Int {
    switch subject {
    case .aggregates(let type): model.shown.world.histories.count(of: type)
    case .view(let name): model.shown.world.recordCount(of: name)
    }
  }

  private var title: DisplayText {
    switch subject {
    case .aggregates(let type): SagaText.data("4 Aggregates \(type)")
    case .view(let name): SagaText.data("4 View \(name)")
    }
  }

  // MARK: - Cells

  private func heads(_ fields: [String]) -> [DisplayText] {
    switch subject {
    case .aggregates: ["id", "status", "version"]
    case .view: ["key"] + fields.map { SagaText.data($0) }
    }
  }

  /// The columns of a view: what its first visible row holds.
  private func fields(first: Int) -> [String] {
    guard case .view(let name) = subject else { return [] }
    return model.shown.world.record(of: name, at: first)?.content.object?.keys ?? []
  }

  private func row(
    _ index: Int, _ fields: [String], _ meter: inout WorkMeter
  ) -> [(DisplayText, StyleRole)]? {
    switch subject {
    case .aggregates(let type):
      guard let id = model.shown.world.histories.id(of: type, at: index) else { return nil }
      let key = AggregateKey(type, id)
      let version = model.shown.world.histories.version(of: key)
      let fold = AggregateFold(
        key, model.shown, upTo: version, most: AggregateTable.mostFolded, &meter)
      let status = fold?.state.object?["status"]?.string ?? ""
      return [
        (SagaText.data(id.text), .uiText), (SagaText.data(status), .chartStateVisited),
        (SagaText.data("v\(version)"), .uiMuted),
      ]
    case .view(let name):
      guard let record = model.shown.world.record(of: name, at: index) else { return nil }
      return [(SagaText.data(record.id), .uiText)]
        + fields.map { field in
          let value = record.content.object?[field] ?? .null
          let text = value.string.map { SagaText.data($0) } ?? StateTree.value(value)
          return (text, StateTree.role(of: value))
        }
    }
  }

  private func widths(
    _ heads: [DisplayText], _ cells: [[(DisplayText, StyleRole)]]
  ) -> [Int] {
    heads.indices.map { column in
      let widest = cells.reduce(heads[column].width) { widest, row in
        row.indices.contains(column) ? max(widest, row[column].0.width) : widest
      }
      return min(widest, AggregateTable.widest)
    }
  }

  private func line(_ cells: [(DisplayText, StyleRole)], _ widths: [Int]) -> SagaText {
    var line = SagaText()
    for (cell, width) in zip(cells, widths) {
      line.add(
        cell.0, cell.1, columns: width, alignment: cell.1 == .jsonNumber ? .right : .left)
      line.add("  ")
    }
    return line
  }
}
