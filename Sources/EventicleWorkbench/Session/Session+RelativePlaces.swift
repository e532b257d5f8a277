import EventicleCore

extension Session {
  /// Finds a place that is told by what is around it: `#-3`, `j+3`, `last OrderPaid`.
  ///
  /// - Throws: ``LanguageError`` where there is no such place.
  func resolveRelative(
    _ expression: Located<PositionExpression>
  ) throws(LanguageError) -> TimeCursor {
    switch expression.value {
    case .events(let count):
      let here = timeline.lastEvent(at: cursor).number
      let number = try place(count, from: here, upTo: timeline.head.log.count, expression, "event")
      return timeline.cursor(after: Position(number))
    case .entries(let count):
      let number = try place(
        count, from: cursor.entry.number, upTo: timeline.count, expression, "journal entry")
      let end = timeline.moment(of: JournalIndex(number))
      guard count < 0, end.entry.number > number else { return end }
      // Within a step nothing is shown; back means before the step.
      return TimeCursor(
        entry: JournalIndex(timeline.stepStart(of: JournalIndex(number)).number - 1))
    case .last(let type): return timeline.cursor(after: try newest(type, expression))
    default: return cursor
    }
  }

  private func place(
    _ count: Int, from here: Int, upTo end: Int, _ expression: Located<PositionExpression>,
    _ noun: String
  ) throws(LanguageError) -> Int {
    let (number, isTooFar) = here.addingReportingOverflow(count)
    guard !isTooFar, (0...end).contains(number) else {
      let left = count < 0 ? here : end - here
      throw expression.error(
        "There \(left == 1 ? "is 1 \(noun)" : "are \(left) \(Session.plural(of: noun))") "
          + "\(count < 0 ? "before" : "after") this, not \(count.magnitude).")
    }
    return number
  }

  private static func plural(of noun: String) -> String {
    noun == "event" ? "events" : "journal entries"
  }

  /// The newest event of a type; O(events after it).
  private func newest(
    _ type: TextPattern, _ expression: Located<PositionExpression>
  ) throws(LanguageError) -> Position {
    let log = timeline.head.log
    var known: [String] = []
    for number in stride(from: log.count, to: 0, by: -1) {
      guard let found = log.type(at: Position(number))?.text else { continue }
      if type.matches(found) { return Position(number) }
      if known.count < 200, !known.contains(found) { known.append(found) }
      guard goesOn(WorkProgress("searching events", done: log.count - number, of: log.count))
      else { throw expression.error("Ended by you; the time cursor has not moved.") }
    }
    throw unknown("event", type.text, among: known, at: expression.span)
  }
}
