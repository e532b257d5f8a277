extension Eventicle {
  /// Carries out a command whose arguments are a value of the program's own, and everything that
  /// follows from it; see ``dispatch(_:_:trace:)``.
  @_disfavoredOverload
  @discardableResult
  public func dispatch(
    _ type: String, _ data: some Encodable, trace: String? = nil
  ) throws -> JSON? {
    try dispatch(type, try JSON(encoding: data), trace: trace)
  }

  /// Waits until the aggregate whose id is a text at hand is in a state; see
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
