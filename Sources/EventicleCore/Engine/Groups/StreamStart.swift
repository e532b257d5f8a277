/// Where a new group or reader begins.
public enum StreamStart: Sendable, Hashable {
  /// The first event of the streams.
  case beginning
  /// The first event after a position in the whole log.
  case after(Position)
  /// The first event created at an instant or later.
  case at(Instant)
  /// The end of the log: only new events.
  case end

  /// The last event of a log that is skipped.
  func position(in log: EventLog) -> Position {
    switch self {
    case .beginning: Position(0)
    case .after(let position): position
    case .at(let instant):
      instant.milliseconds == Int64.min
        ? Position(0) : log.last(at: Instant(milliseconds: instant.milliseconds - 1))
    case .end: log.last
    }
  }
}
