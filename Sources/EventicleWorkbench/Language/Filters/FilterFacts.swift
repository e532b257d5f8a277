package import EventicleCore

/// The facts about one event that filters are evaluated on, cheap ones first.
package protocol FilterFacts {
  var event: Event { get }
  /// The position in the log.
  var position: Position { get }
  /// The data, parsed when first asked for.
  var data: JSON { get }
  /// The time that `since:-5m` counts from.
  var now: Instant { get }
  /// What caused it: `user`, the name of a command or of a saga.
  var actor: String { get }
  /// Whether handling it failed.
  var isError: Bool { get }
  /// Whether its cause is not in the log.
  var isOrphan: Bool { get }

  /// The states of its aggregate before and after it; `nil` when it belongs to none.
  func states() -> (before: JSON, after: JSON)?
  /// The command that emitted it.
  func commandName() -> String?
  /// The sagas that handled it, as `PaymentSaga` or `PaymentSaga/order-1`.
  func sagaNames() -> [String]
  /// The aggregate it belongs to, as `Order/order-1`.
  func aggregateName() -> String?
  /// Whether the event at a position is among its causes.
  func isCausedBy(_ position: Position) -> Bool
  /// Whether the event with an id is among its causes.
  func isCausedBy(id: EventID) -> Bool
}
