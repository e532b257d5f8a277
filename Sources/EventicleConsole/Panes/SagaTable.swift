import EventicleCore

/// The instances of a saga, or of all sagas, one a row.
enum SagaTable {
  /// Draws the table; what is not on screen is not looked at.
  static func draw(
    _ model: Model, _ name: String?, in rect: Rect, focused: Bool, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let sagas = name.map { [$0] } ?? model.shown.domain.sagas.map(\.name)
    let counts = sagas.map { model.shown.world.sagas.count(of: $0) }
    let count = counts.reduce(0, +)
    let title = SagaText.data(name.map { "5 Sagas \($0)" } ?? "5 Sagas")
    var list = model.saga.list
    list.reveal(visible: rect.rows - 3, count: count)
    let footer: DisplayText = count == 0 ? "" : "\(list.selected + 1) of \(count)"
    let inside = canvas.box(rect, title: title, footer: footer, focused: focused)
    guard !inside.isEmpty else { return }
    guard count > 0 else { return SagaPane.drawNothing(model, in: inside, on: &canvas) }
    let table = TableColumns(inside.columns, withSaga: name == nil)
    canvas.within(inside) { canvas in
      canvas.put(
        table.head, at: Point(column: 1, row: 0), columns: inside.columns - 2)
      for row in 0..<min(inside.rows - 1, count - list.top) where row >= 0 {
        guard let instance = instance(at: list.top + row, sagas, counts, model) else { continue }
        let line = table.line(of: instance, model, &meter)
        canvas.put(
          line, at: Point(column: 1, row: row + 1), columns: inside.columns - 2)
        guard list.top + row == list.selected else { continue }
        canvas.overlay(
          focused ? .uiSelection : .uiSelectionInactive,
          in: Rect(column: 0, row: row + 1, columns: inside.columns, rows: 1))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row + 1), rows: inside.rows - 1,
      first: list.top, visible: inside.rows - 1, total: count)
  }

  private static func instance(
    at row: Int, _ sagas: [String], _ counts: [Int], _ model: Model
  ) -> SagaInstance? {
    var rest = row
    for (saga, count) in zip(sagas, counts) {
      if rest < count { return model.shown.world.sagas.instance(of: saga, at: rest) }
      rest -= count
    }
    return nil
  }
}

/// The columns of the table of instances.
private struct TableColumns {
  let withSaga: Bool
  private let instance: Int
  private let status: Int
  private let age: Int
  private let next: Int

  private static let steps = 5
  private static let errors = 3
  /// How many entries of an instance are looked at to count what failed.
  private static let mostEntries = 500

  init(_ width: Int, withSaga: Bool) {
    self.withSaga = withSaga
    age = width < 70 ? 0 : 6
    let rest = max(0, width - Self.steps - Self.errors - age - (age == 0 ? 10 : 12))
    status = min(17, rest * (withSaga ? 30 : 38) / 100)
    next = min(26, rest * 34 / 100)
    instance = min(40, rest - status - next)
  }

  var head: SagaText {
    row([
      ("instance", .uiMuted), ("status", .uiMuted), ("steps", .uiMuted), ("age", .uiMuted),
      ("✗", .uiMuted), ("next timer", .uiMuted),
    ])
  }

  func line(of instance: SagaInstance, _ model: Model, _ meter: inout WorkMeter) -> SagaText {
    let id = instance.correlation ?? instance.key.instanceID
    let word = instance.data.object?["status"]?.string ?? (instance.hasEnded ? "ended" : "live")
    let failed = errors(of: instance.key, model, &meter)
    return row([
      (SagaText.data(withSaga ? "\(instance.key.saga)/\(id)" : id), .uiText),
      (
        SagaText.data(instance.hasEnded ? "■ \(word)" : word),
        instance.hasEnded ? .statusEnded : .kindSaga
      ),
      (DisplayText(instance.steps), .uiText),
      (SagaText.data((model.now - instance.startedAt).brief), .uiMuted),
      (failed == 0 ? "" : SagaText.data("✗\(failed)"), .statusError),
      (SagaText.data(nextTimer(of: instance, model)), .kindTimer),
    ])
  }

  private func row(_ cells: [(DisplayText, StyleRole)]) -> SagaText {
    let widths = [instance, status, Self.steps, age, Self.errors, next]
    var line = SagaText()
    for (index, (cell, width)) in zip(cells, widths).enumerated() where width > 0 {
      if index > 0 { line.add("  ") }
      let isNumber = index >= 2 && index <= 4
      line.add(cell.0, cell.1, columns: width, alignment: isNumber ? .right : .left)
    }
    return line
  }

  private func nextTimer(of instance: SagaInstance, _ model: Model) -> String {
    let timers = instance.timers.compactMap {
      model.shown.world.timers.timer(TimerKey(instance.key, $0))
    }
    guard let next = timers.min(by: { ($0.due, $0.sequence) < ($1.due, $1.sequence) }) else {
      return ""
    }
    let wait = next.due - model.now
    return wait.milliseconds > 0 ? "\(next.key.name) in \(wait.brief)" : "\(next.key.name) now"
  }

  private func errors(of key: SagaKey, _ model: Model, _ meter: inout WorkMeter) -> Int {
    let timeline = model.shown.timeline
    guard timeline.errors(upTo: model.shown.cursor.entry) > 0,
      timeline.entryCount(of: key) <= Self.mostEntries
    else { return 0 }
    let entries = timeline.entries(of: key, upTo: model.shown.cursor.entry)
    meter.entriesRead += entries.count
    return entries.count { timeline.entry($0)?.kind.problem != nil }
  }
}
