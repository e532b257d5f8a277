/// What came of a delivery or of the firing of a timer.
public enum StepOutcome: Sendable, Hashable {
  /// It was handled.
  case handled
  /// It started a saga instance.
  case started
  /// It was not for this consumer, for a reason worth knowing.
  case ignored(String)
  /// It was handled before, and its consumer handles each event once.
  case duplicate
  /// A worker outside the engine was given it, and must answer before a moment.
  case offered(attempt: Int, until: Instant)
  /// Its handler failed, nothing changed, and it is parked.
  case failed(String)
  /// Its handler failed, nothing changed, and it will be tried again at a moment.
  case retrying(String, attempt: Int, until: Instant)
  /// Its handler failed, nothing changed, and its consumer leaves such events out.
  case skipped(String)
  /// Its handler failed, nothing changed, and its consumer has stopped in front of it.
  case stopped(String)

  /// The sentence of what went wrong, if anything did.
  public var problem: String? {
    switch self {
    case .handled, .started, .ignored, .duplicate, .offered: nil
    case .failed(let text), .retrying(let text, _, _), .skipped(let text), .stopped(let text):
      text
    }
  }

  /// How it counts.
  var tally: Tally.Kind {
    switch self {
    case .handled, .started: .handled
    // An offer is not counted before its outcome is known.
    case .ignored, .offered: .ignored
    case .duplicate: .duplicate
    case .failed, .stopped: .failed
    case .retrying: .retried
    case .skipped: .skipped
    }
  }
}
