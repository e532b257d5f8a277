extension Eventicle {
  /// Dispatches a command with arguments encoded from a `Codable` value, and delivers everything
  /// that follows from it; see ``dispatch(_:_:trace:)``.
  @_disfavoredOverload
  @discardableResult
  public func dispatch(
    _ type: String, _ data: some Encodable, trace: String? = nil
  ) throws -> JSON? {
    try dispatch(type, try JSON(encoding: data), trace: trace)
  }

  /// Waits until the aggregate with this id is in a state, for ids that are a `String` value; see
  /// ``watch(_:_:timeout:until:do:)``.
  @discardableResult
  public func watch(
    _ root: AggregateRoot, _ id: String, timeout: Interval,
    until condition: @escaping (JSON?) throws -> Bool,
    do body: @escaping (Result<JSON, OperationError>) -> Void
  ) -> WatchHandle {
    watch(root, DomainID(id), timeout: timeout, until: condition, do: body)
  }
}
