import EventicleCore

/// The columns of the table of instances.
struct SagaTableColumns {
  let withSaga: Bool
  private let instance: Int
  private let status: Int
  private let age: Int
  private let next: Int

  private static let steps = 5
  private static let errors = 3

  init(_ width: Int, withSaga: Bool) {
    self.withSaga = withSaga
    age = width < 70 ? 0 : 6
    let rest = max(0, width - Self.steps - Self.errors - age - (age == 0 ? 10 : 12))
    status = min(17, rest * (withSaga ? 30 : 38) / 100)
    next = min(26, rest * 34 / 100)
    instance = min(40, rest - status - next)
  }

  var head: StyledLine {
    row([
      ("instance", .uiMuted), ("status", .uiMuted), ("steps", .uiMuted), ("age", .uiMuted),
      ("✗", .uiMuted), ("next timer", .uiMuted),
    ])
  }

  func line(of instance: SagaInstance, _ context: PaneContext, _ meter: inout WorkMeter)
    -> StyledLine
  {
    let id = instance.correlation ?? instance.key.instanceID
    let word = instance.data.object?["status"]?.string ?? (instance.hasEnded ? "ended" : "live")
    let failed = errors(of: instance.key, context, &meter)
    return row([
      (PaneText.data(withSaga ? "\(instance.key.saga)/\(id)" : id), .uiText),
      (
        PaneText.data(instance.hasEnded ? "■ \(word)" : word),
        instance.hasEnded ? .statusEnded : .kindSaga
      ),
      (DisplayText(instance.steps), .uiText),
      (PaneText.data((context.now - instance.startedAt).brief), .uiMuted),
      (failed == 0 ? "" : PaneText.data("✗\(failed)"), .statusError),
      (PaneText.data(nextTimer(of: instance, context)), .kindTimer),
    ])
  }

  private func row(_ cells: [(DisplayText, StyleRole)]) -> StyledLine {
    let widths = [instance, status, Self.steps, age, Self.errors, next]
    var line = StyledLine()
    for (index, (cell, width)) in zip(cells, widths).enumerated() where width > 0 {
      if index > 0 { line.add("  ") }
      let isNumber = index >= 2 && index <= 4
      line.add(cell.0, cell.1, columns: width, alignment: isNumber ? .right : .left)
    }
    return line
  }

  private func nextTimer(of instance: SagaInstance, _ context: PaneContext) -> String {
    let timers = instance.timers.compactMap {
      context.shown.world.timers.timer(TimerKey(instance.key, $0))
    }
    guard let next = timers.min(by: { ($0.due, $0.sequence) < ($1.due, $1.sequence) }) else {
      return ""
    }
    let wait = next.due - context.now
    return wait.milliseconds > 0 ? "\(next.key.name) in \(wait.brief)" : "\(next.key.name) now"
  }

  private func errors(of key: SagaKey, _ context: PaneContext, _ meter: inout WorkMeter) -> Int {
    let timeline = context.shown.timeline
    guard timeline.errors(upTo: context.shown.cursor.entry) > 0 else { return 0 }
    meter.entriesRead += 1
    return timeline.steps(of: key, upTo: context.shown.cursor.entry).failed
  }
}
