/// The outcome of a delivery or of the firing of a timer.
public enum StepOutcome: Sendable, Hashable {
  /// The handler succeeded.
  case handled
  /// The event started a saga instance.
  case started
  /// The event did not concern this consumer; the text says why.
  case ignored(String)
  /// The event was handled before, and the consumer handles each event once.
  case duplicate
  /// A worker outside the engine was offered the event and must answer before an instant.
  case offered(attempt: Int, until: Instant)
  /// The handler failed, nothing changed, and the work is parked.
  case failed(String)
  /// The handler failed, nothing changed, and the work is retried at an instant.
  case retrying(String, attempt: Int, until: Instant)
  /// The handler failed, nothing changed, and the consumer skips the event.
  case skipped(String)
  /// The handler failed, nothing changed, and the consumer has stopped before the event.
  case stopped(String)

  /// The sentence of the failure, if there was one.
  public var problem: String? {
    switch self {
    case .handled, .started, .ignored, .duplicate, .offered: nil
    case .failed(let text), .retrying(let text, _, _), .skipped(let text), .stopped(let text):
      text
    }
  }

  /// The kind under which the outcome is counted.
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
