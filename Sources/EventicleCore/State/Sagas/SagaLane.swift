/// Which of a saga's two lanes an event goes by.
///
/// Hot events have places of their own, so that they need not wait for a crowd of cold ones.
public enum SagaLane: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// The saga's predicate says that the event cannot wait.
  case hot
  /// Every other event.
  case cold

  /// The word as it is written.
  public var description: String { rawValue }
}
