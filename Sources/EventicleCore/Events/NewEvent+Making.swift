extension NewEvent {
  /// Creates an event about something whose id is given as a text.
  public init(
    _ type: EventType, _ domainID: String, data: JSON = .emptyObject, id: EventID? = nil
  ) {
    self.init(type, DomainID(domainID), data: data, id: id)
  }

  /// Creates an event whose data is any encodable value.
  ///
  /// - Throws: As ``JSON/init(encoding:)`` does.
  @_disfavoredOverload
  public init(
    _ type: EventType, _ domainID: DomainID? = nil, data: some Encodable, id: EventID? = nil
  ) throws {
    self.init(type, domainID, data: try JSON(encoding: data), id: id)
  }
}

extension CommandIntent {
  /// Creates a request whose arguments are any encodable value.
  ///
  /// - Throws: As ``JSON/init(encoding:)`` does.
  @_disfavoredOverload
  public init(
    _ type: String, _ data: some Encodable, trace: String? = nil, workspace: Workspace? = nil,
    idempotencyKey: String? = nil, lock: String? = nil
  ) throws {
    self.init(
      type, try JSON(encoding: data), trace: trace, workspace: workspace,
      idempotencyKey: idempotencyKey, lock: lock)
  }
}
