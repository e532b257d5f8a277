extension Eventicle {
  /// Ends a saga instance from outside: it never handles anything again, its timers are called off,
  /// and the commands that would undo what it did are forgotten.
  ///
  /// The journal keeps it as something that a person did.
  ///
  /// - Parameters:
  ///   - keepingData: Whether the instance can still be looked at.
  ///   - reason: Why, for whoever reads the journal.
  /// - Throws: ``OperationError`` when there is no such instance, it has ended already, or no reason
  ///   is said.
  public func endSaga(_ key: SagaKey, keepingData: Bool = true, because reason: String) throws {
    try perform(.endSaga(key, keepingData: keepingData, reason: reason))
  }

  /// Puts other data in the place of what a saga instance holds; events find it by that from now on.
  ///
  /// The journal keeps it as something that a person did.
  ///
  /// - Parameters:
  ///   - data: All of the data, an object, in the shape of the instance's version.
  ///   - reason: Why, for whoever reads the journal.
  /// - Throws: ``OperationError`` when there is no such instance, it has ended, no reason is said,
  ///   the data is no object, or another live instance has the value by which this one is found.
  public func correctSaga(_ key: SagaKey, _ data: JSON, because reason: String) throws {
    try perform(.correctSaga(key, data, reason: reason))
  }
}
