extension World {
  /// An instance as people name it: `PaymentSaga/order-1`, by the value that events find it with, or
  /// by its id when there is no such value; O(log n).
  package func title(of key: SagaKey) -> String {
    "\(key.saga)/\(sagas.instance(key)?.correlation ?? key.instanceID)"
  }

  /// A timer as people name it: `PaymentSaga/order-1/timeout`; O(log n).
  package func title(of key: TimerKey) -> String { "\(title(of: key.owner))/\(key.name)" }

  /// The key of an instance without the name of the saga, for what is a key of its own: a mailbox may have the id
  /// of an instance, or the value with which events will find it.
  func keyShown(_ key: String, of saga: String) -> String {
    sagas.instance(SagaKey(saga, key))?.correlation ?? Workspace.shown(ownName: key)
  }
}
