import EventicleCore

/// The rows of the timers pane as text, with moments in one column.
struct NextRowText {
  private let model: Model
  private let columns: Int
  private let dueWidth: Int
  private let waitWidth: Int

  /// Texts for the rows that are on screen.
  init(model: Model, columns: Int, _ shown: [NextRows.Row]) {
    self.model = model
    self.columns = columns
    var widths = (due: 0, wait: 0)
    for case .timer(let timer) in shown {
      widths.due = max(widths.due, NextRowText.due(timer, model).width)
      widths.wait = max(widths.wait, NextRowText.wait(timer, model).width)
    }
    (dueWidth, waitWidth) = widths
  }

  /// The text of a row.
  func line(of row: NextRows.Row, _ meter: inout WorkMeter) -> SagaText {
    switch row {
    case .head(let name, let count): return head(name, count)
    case .timer(let timer): return line(of: timer)
    case .delivery(let delivery, let isNext): return line(of: delivery, isNext: isNext, &meter)
    case .parked(let parked): return line(of: parked, &meter)
    case .nothing(let sentence): return SagaText("  " + SagaText.data(sentence), .uiMuted)
    }
  }

  private func head(_ name: String, _ count: Int) -> SagaText {
    let role: StyleRole = name == "parked" ? .statusError : .uiTitle
    var line = SagaText(SagaText.data(name), role)
    let number = DisplayText(count)
    line.add(.spaces(columns - line.width - number.width))
    line.add(number, role)
    return line
  }

  private static func due(_ timer: Timer, _ model: Model) -> DisplayText {
    SagaText.data(TimeText.due(timer.due, from: model.now))
  }

  private static func wait(_ timer: Timer, _ model: Model) -> DisplayText {
    let wait = timer.due - model.now
    return SagaText.data(wait.milliseconds > 0 ? "in \(wait.brief)" : "now")
  }

  private func line(of timer: Timer) -> SagaText {
    var line = SagaText("  ")
    if columns >= 34 {
      line.add(NextRowText.due(timer, model), .uiText, columns: dueWidth)
      line.add(" ")
    }
    line.add(NextRowText.wait(timer, model), .kindTimer, columns: waitWidth)
    let instance = model.shown.world.sagas.instance(timer.key.owner)
    let id = instance?.correlation ?? timer.key.owner.instanceID
    var name = SagaText()
    name.add(letter: "T", timer.key.name, .kindTimer)
    let schedule = SagaText(SagaText.data(" \(timer.schedule)"), .uiMuted)
    let owner = SagaText.data("\(timer.key.owner.saga)/\(id)")
    if line.width + owner.width + name.width + schedule.width + 4 <= columns {
      line.add("  " + owner, .kindSaga)
      line.add("  ")
      line.add(name)
    } else {
      line.add(" ")
      line.add(name)
      line.add(" " + SagaText.data(id), .kindSaga)
    }
    line.add(schedule)
    return line
  }

  private func line(
    of delivery: Delivery, isNext: Bool, _ meter: inout WorkMeter
  ) -> SagaText {
    var line = SagaText(isNext ? " ►" : "  ", .timeCursor)
    line.add(text(of: delivery, &meter))
    return line
  }

  private func line(of parked: Parked, _ meter: inout WorkMeter) -> SagaText {
    var line = SagaText("✗ ", .statusError)
    switch parked.work {
    case .delivery(let delivery, _):
      line.add(text(of: delivery, &meter))
    case .timer(let key, _): line.add(letter: "T", key.description, .kindTimer)
    }
    line.add("  " + SagaText.data(parked.reason), .statusError)
    return line
  }

  private func text(of delivery: Delivery, _ meter: inout WorkMeter) -> SagaText {
    var line = SagaText(SagaText.data(delivery.position.description), .uiMuted)
    meter.eventsRead += 1
    if columns >= 34, let event = model.shown.log.event(at: delivery.position) {
      line.add(" " + SagaText.data(event.type.text), .kindEvent)
    }
    line.add(" → ", .uiMuted)
    line.add(
      letter: SagaText.data(delivery.consumer.kind.letter), delivery.consumer.name,
      delivery.consumer.kind.role)
    return line
  }
}
