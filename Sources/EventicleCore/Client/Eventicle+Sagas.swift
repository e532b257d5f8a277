extension Eventicle {
  /// Ends a saga instance from outside: it handles nothing more, its timers are cancelled, and its
  /// compensations are discarded.
  ///
  /// The journal records it as a person's intervention.
  ///
  /// - Parameters:
  ///   - keepingData: Whether the data of the ended instance stays readable.
  ///   - reason: The reason, for readers of the journal.
  /// - Throws: ``OperationError`` when there is no such instance, it has ended already, or the
  ///   reason is empty.
  public func endSaga(_ key: SagaKey, keepingData: Bool = true, because reason: String) throws {
    try perform(.endSaga(key, keepingData: keepingData, reason: reason))
  }

  /// Replaces the data of a saga instance; from now on events find it by the new data.
  ///
  /// The journal records it as a person's intervention.
  ///
  /// - Parameters:
  ///   - data: The complete data, an object in the shape of the instance's version.
  ///   - reason: The reason, for readers of the journal.
  /// - Throws: ``OperationError`` when there is no such instance, it has ended, the reason is
  ///   empty, the data is not an object, or another live instance has the value by which this one
  ///   is found.
  public func correctSaga(_ key: SagaKey, _ data: JSON, because reason: String) throws {
    try perform(.correctSaga(key, data, reason: reason))
  }
}
