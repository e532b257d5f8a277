// Ids in arguments, records and states are texts; these overloads accept them directly.
extension Transaction {
  /// Creates an aggregate whose id is given as a text.
  public func new(
    _ root: AggregateRoot, id: String, in workspace: Workspace? = nil
  ) -> AggregateInstance {
    new(root, id: DomainID(id), in: workspace)
  }

  /// Loads the aggregate whose id is given as a text; see ``load(_:_:at:in:)``.
  public func load(
    _ root: AggregateRoot, _ id: String, at version: Version? = nil, in workspace: Workspace? = nil
  ) -> AggregateInstance? {
    load(root, DomainID(id), at: version, in: workspace)
  }

  /// Loads the aggregate whose id is a JSON value; `nil` also when the value is no text.
  public func load(
    _ root: AggregateRoot, _ id: JSON, at version: Version? = nil, in workspace: Workspace? = nil
  ) -> AggregateInstance? {
    id.string.flatMap { load(root, DomainID($0), at: version, in: workspace) }
  }

  /// The events of the aggregate whose id is given as a text, oldest first.
  public func history(
    _ root: AggregateRoot, _ id: String, in workspace: Workspace? = nil
  ) -> [Event] {
    history(root, DomainID(id), in: workspace)
  }

  /// Loads the aggregate that a command is about, its id given as a text; see ``existing(_:_:)``.
  ///
  /// - Throws: ``Rejection`` when the aggregate has no events.
  public func existing(_ root: AggregateRoot, _ id: String) throws -> AggregateInstance {
    try existing(root, .string(id))
  }

  /// Appends one event about the id given as a text.
  ///
  /// - Throws: As ``emit(_:to:)`` does.
  @discardableResult
  public func emit(
    _ type: EventType, _ domainID: String, to stream: StreamName, data: JSON = .emptyObject
  ) throws -> [Event] {
    try emit([NewEvent(type, domainID, data: data)], to: stream)
  }
}
