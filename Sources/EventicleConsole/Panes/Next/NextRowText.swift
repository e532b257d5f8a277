import EventicleCore

/// The text of the rows of what happens next, with all times in one column.
struct NextRowText {
  private let context: PaneContext
  private let columns: Int
  private let dueWidth: Int
  private let waitWidth: Int

  /// Prepares texts for the visible rows.
  init(_ context: PaneContext, columns: Int, _ shown: [NextRows.Row]) {
    self.context = context
    self.columns = columns
    var widths = (due: 0, wait: 0)
    for case .timer(let timer) in shown {
      widths.due = max(widths.due, NextRowText.due(timer, context).width)
      widths.wait = max(widths.wait, NextRowText.wait(timer, context).width)
    }
    (dueWidth, waitWidth) = widths
  }

  /// The line of a row.
  func line(of row: NextRows.Row, _ meter: inout WorkMeter) -> StyledLine {
    switch row {
    case .head(let name):
      return StyledLine(PaneText.data(name), name == "parked" ? .statusError : .uiMuted)
    case .timer(let timer): return line(of: timer)
    case .delivery(let delivery, let isNext): return line(of: delivery, isNext: isNext, &meter)
    case .parked(let parked): return line(of: parked, &meter)
    case .nothing(let sentence): return StyledLine("  " + PaneText.data(sentence), .uiMuted)
    }
  }

  private static func due(_ timer: Timer, _ context: PaneContext) -> DisplayText {
    PaneText.data(TimeText.due(timer.due, from: context.now))
  }

  private static func wait(_ timer: Timer, _ context: PaneContext) -> DisplayText {
    let wait = timer.due - context.now
    return PaneText.data(wait.milliseconds > 0 ? "in \(wait.brief)" : "now")
  }

  private func line(of timer: Timer) -> StyledLine {
    var line = StyledLine("  ")
    line.add(NextRowText.wait(timer, context), .uiText, columns: waitWidth)
    if columns >= 50 {
      line.add("  ")
      line.add(NextRowText.due(timer, context), .uiMuted, columns: dueWidth)
    }
    let instance = context.shown.world.sagas.instance(timer.key.owner)
    let id = instance?.correlation ?? timer.key.owner.instanceID
    var name = StyledLine()
    name.add(letter: "T", timer.key.name, .kindTimer)
    let schedule = StyledLine(PaneText.data(" \(timer.schedule)"), .uiMuted)
    let owner = PaneText.data("\(timer.key.owner.saga) \(id)")
    line.add("  ")
    line.add(name)
    if line.width + owner.width + 2 <= columns {
      line.add("  " + owner)
    } else {
      line.add(" " + PaneText.data(id))
    }
    if line.width + schedule.width <= columns { line.add(schedule) }
    return line
  }

  private func line(
    of delivery: Delivery, isNext: Bool, _ meter: inout WorkMeter
  ) -> StyledLine {
    var line = StyledLine(isNext ? " ►" : "  ", .timeCursor)
    line.add(text(of: delivery, &meter))
    return line
  }

  private func line(of parked: Parked, _ meter: inout WorkMeter) -> StyledLine {
    var line = StyledLine("✗ ", .statusError)
    switch parked.work {
    case .delivery(let delivery, _):
      line.add(text(of: delivery, &meter))
    case .timer(let key, _): line.add(letter: "T", key.description, .kindTimer)
    }
    line.add("  " + PaneText.data(parked.reason), .statusError)
    return line
  }

  private func text(of delivery: Delivery, _ meter: inout WorkMeter) -> StyledLine {
    var line = StyledLine(PaneText.data(delivery.position.description), .uiMuted)
    meter.eventsRead += 1
    if columns >= 34, let event = context.shown.log.event(at: delivery.position) {
      line.add(" " + PaneText.data(event.type.text), .kindEvent)
    }
    line.add(" → ", .uiMuted)
    line.add(
      letter: PaneText.data(delivery.consumer.kind.letter), delivery.consumer.name,
      delivery.consumer.kind.role)
    return line
  }
}
