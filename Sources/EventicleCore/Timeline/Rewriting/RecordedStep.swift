/// One step of a history that is performed again, with what it did then.
struct RecordedStep {
  let range: ClosedRange<JournalIndex>
  let input: RecordedInput
  /// The events that it appended, in order.
  let events: [(position: Position, type: EventType)]
  /// What its own part did first: a delivery, a timer, a command.
  let kind: JournalEntry.Kind?
  /// The time on the clock after it.
  let instant: Instant

  var first: JournalIndex { range.lowerBound }

  /// The step that an entry belongs to; `nil` when there is none.
  init?(of entry: JournalIndex, in timeline: Timeline) {
    let start = timeline.stepStart(of: entry)
    let end = timeline.stepEnd(of: start)
    guard let input = timeline.input(of: start), start <= end else { return nil }
    var events: [(Position, EventType)] = []
    for number in start.number...end.number {
      switch timeline.entry(JournalIndex(number))?.kind {
      case .append(let position, let type), .imported(let position, let type):
        events.append((position, type))
      default: break
      }
    }
    range = start...end
    self.input = input
    self.events = events
    let last = timeline.entry(end)
    // Parts that were kept on their own come before the step's own.
    kind = last.flatMap { timeline.entry($0.stepStart)?.kind }
    instant = last?.instant ?? timeline.start.clock
  }

  /// The delivery that it makes; `nil` for any other step.
  var delivery: DeliveryAddress? {
    guard case .delivery(let position, let consumer, _, _)? = kind else { return nil }
    return DeliveryAddress(position, consumer)
  }

  /// The number of one of its events among those that it would append, those left out included.
  func number(of position: Position) -> Int? {
    guard var left = events.firstIndex(where: { $0.position == position }) else { return nil }
    let edits = input.action.edit.events
    var number = 1
    while left > 0 || edits[number] == .skip {
      if edits[number] != .skip { left -= 1 }
      number += 1
    }
    return number
  }
}
