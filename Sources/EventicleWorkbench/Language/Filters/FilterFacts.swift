package import EventicleCore

/// What a filter asks about one event; cheap answers first.
package protocol FilterFacts {
  /// The event itself.
  var event: Event { get }
  /// Its place in the log.
  var position: Position { get }
  /// Its data, parsed when first asked for.
  var data: JSON { get }
  /// The time that `since:-5m` counts from.
  var now: Instant { get }
  /// Who made it happen: `user`, the name of a command or of a saga.
  var actor: String { get }
  /// Whether handling it failed.
  var isError: Bool { get }
  /// Whether its cause is not in the log.
  var isOrphan: Bool { get }

  /// The command that emitted it.
  func commandName() -> String?
  /// The sagas that handled it, as `PaymentSaga` or `PaymentSaga/order-1`.
  func sagaNames() -> [String]
  /// The aggregate it belongs to, as `Order/order-1`.
  func aggregateName() -> String?
  /// Whether the event at a place is among its causes.
  func isCausedBy(_ position: Position) -> Bool
  /// Whether the event with an id is among its causes.
  func isCausedBy(id: EventID) -> Bool
}
