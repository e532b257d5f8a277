/// One of a saga's two lanes, by which its events are separated.
///
/// Hot events have slots of their own, so that they need not wait for many cold ones.
public enum SagaLane: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// The saga's predicate says that the event cannot wait.
  case hot
  /// The event can wait, as any that is not hot.
  case cold

  /// The lane's name, `hot` or `cold`.
  public var description: String { rawValue }
}
