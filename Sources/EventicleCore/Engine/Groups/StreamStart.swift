/// Where a reader begins.
public enum StreamStart: Sendable, Hashable {
  /// With the first event.
  case beginning
  /// After an event of the whole log.
  case after(Position)
  /// With the first event that was created at a moment or later.
  case at(Instant)
  /// With what comes.
  case end

  /// The last event of a log that is not read.
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
