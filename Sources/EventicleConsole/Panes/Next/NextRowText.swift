import EventicleCore
import EventicleWorkbench

/// The text of the rows of what happens next, with all times in one column.
struct NextRowText {
  private let context: PaneContext
  private let columns: Int
  private let sends: TimerSends
  private let dueWidth: Int
  private let waitWidth: Int
  private let nameWidth: Int
  private let eventWidth: Int
  private let consumerWidth: Int

  /// Prepares texts for the visible rows.
  init(_ context: PaneContext, columns: Int, _ sends: TimerSends, _ shown: [NextRows.Row]) {
    self.context = context
    self.columns = columns
    self.sends = sends
    var (due, wait, name, event, consumer) = (0, 0, 0, 0, 0)
    for row in shown {
      switch row {
      case .timer(let timer):
        due = max(due, NextRowText.due(timer, context).width)
        wait = max(wait, NextRowText.wait(timer, context).width)
        name = max(name, NextRowText.name(timer).width)
      case .delivery(let delivery, _):
        event = max(event, NextRowText.event(delivery, context).width)
        consumer = max(consumer, PaneText.data(delivery.consumer.name, limit: 60).width)
      case .head, .nothing, .parked: break
      }
    }
    (dueWidth, waitWidth, nameWidth, eventWidth) = (due, wait, name, event)
    consumerWidth = consumer
  }

  /// The line of a row.
  func line(of row: NextRows.Row, _ meter: inout WorkMeter) -> StyledLine {
    switch row {
    case .head(let name):
      return StyledLine(" " + PaneText.data(name), name == "parked" ? .statusError : .uiMuted)
    case .timer(let timer): return line(of: timer)
    case .delivery(let delivery, let again): return line(of: delivery, again, &meter)
    case .parked(let parked): return line(of: parked)
    case .nothing(let name, let sentence):
      var line = StyledLine(" ")
      line.add(PaneText.data(name), .uiMuted, columns: max(8, waitWidth))
      line.add("  " + PaneText.data(sentence), .uiMuted)
      return line
    }
  }

  private static func due(_ timer: Timer, _ context: PaneContext) -> DisplayText {
    PaneText.data(TimeText.due(timer.due, from: context.now))
  }

  private static func wait(_ timer: Timer, _ context: PaneContext) -> DisplayText {
    let wait = timer.due - context.now
    return PaneText.data(wait.milliseconds > 0 ? "in \(wait.brief)" : "now")
  }

  private static func name(_ timer: Timer) -> DisplayText {
    PaneText.data(timer.key.name, limit: 40)
  }

  private static func event(_ delivery: Delivery, _ context: PaneContext) -> DisplayText {
    let number: DisplayText = "#\(delivery.position.number)"
    guard let type = context.shown.log.type(at: delivery.position) else { return number }
    return number + " " + PaneText.data(type.text, limit: 40)
  }

  private func line(of timer: Timer) -> StyledLine {
    var line = StyledLine(" ")
    line.add(NextRowText.wait(timer, context), .uiText, columns: waitWidth)
    line.add("  ")
    let id = PaneText.correlation(of: timer.key.owner, context.shown)
    let owner = PaneText.data(timer.key.owner.saga, limit: 40) + " " + id
    // The time of day goes first, then the saga's name.
    if 1 + waitWidth + dueWidth + nameWidth + owner.width + 8 <= columns {
      line.add(NextRowText.due(timer, context), .uiMuted, columns: dueWidth)
      line.add("  ")
    }
    line.add("T ", .kindTimer)
    line.add(NextRowText.name(timer), .kindTimer, columns: nameWidth)
    line.add(line.width + owner.width + 2 <= columns ? "  " + owner : " " + id)
    let commands = sends.commands(of: timer.key, upTo: context.shown.cursor.entry)
    if let first = commands.first {
      let sent = " → " + PaneText.data(first, limit: 40) + (commands.count > 1 ? ", …" : "")
      if line.width + sent.width <= columns { line.add(sent, .uiMuted) }
    }
    return line
  }

  private func line(
    of delivery: Delivery, _ again: Redelivery?, _ meter: inout WorkMeter
  ) -> StyledLine {
    meter.eventsRead += 1
    var line = StyledLine(" ")
    let name = PaneText.data(delivery.consumer.name, limit: 60)
    let event = NextRowText.event(delivery, context)
    let number: DisplayText = "#\(delivery.position.number)"
    let hasRoom = eventWidth + name.width + 8 <= columns
    let (whole, width) = columns < 34 ? (number, number.width) : (event, hasRoom ? eventWidth : 0)
    line.add(number, .uiMuted)
    line.add(whole.dropping(columns: number.width), .kindEvent)
    line.add(.spaces(max(0, width - whole.width)) + (hasRoom ? "  → " : " → "), .uiMuted)
    line.add(
      letter: PaneText.data(delivery.consumer.kind.letter), delivery.consumer.name,
      delivery.consumer.kind.role)
    if let again {
      let (mark, words) = DeliveryActText.waiting(again, at: context.now)
      line.add("   " + mark, .uiHintKey)
      if line.width + words.width + 2 <= columns { line.add("  " + words, .statusWarn) }
    } else if let words = prospect(of: delivery),
      line.width + consumerWidth - name.width + 14 <= columns
    {
      line.add(.spaces(max(0, consumerWidth - name.width)) + "   ")
      line.add(words.truncated(to: max(0, columns - line.width)), .uiMuted)
    }
    return line
  }

  /// What a delivery would do; nothing while it is not known.
  private func prospect(of delivery: Delivery) -> DisplayText? {
    context.prospects.first {
      $0.position == delivery.position && $0.consumer == delivery.consumer
    }.map { PaneText.data($0.text) }
  }

  private func line(of parked: Parked) -> StyledLine {
    var line = StyledLine(" ✗ ", .statusError)
    switch parked.work {
    case .delivery(let delivery, _):
      line.add(NextRowText.event(delivery, context), .uiText)
      line.add(" → ", .uiMuted)
      line.add(
        letter: PaneText.data(delivery.consumer.kind.letter), delivery.consumer.name,
        delivery.consumer.kind.role)
    case .timer(let key, _): line.add(letter: "T", key.description, .kindTimer)
    }
    line.add("  " + PaneText.data(parked.reason), .statusError)
    return line
  }
}
