// Ids are texts in arguments, records and states; these take them as they are.
extension Transaction {
  /// A new aggregate whose id is a text at hand.
  public func new(
    _ root: AggregateRoot, id: String, in workspace: Workspace? = nil
  ) -> AggregateInstance {
    new(root, id: DomainID(id), in: workspace)
  }

  /// The aggregate whose id is a text at hand; see ``load(_:_:at:in:)``.
  public func load(
    _ root: AggregateRoot, _ id: String, at version: Version? = nil, in workspace: Workspace? = nil
  ) -> AggregateInstance? {
    load(root, DomainID(id), at: version, in: workspace)
  }

  /// The aggregate whose id is a value of data or of a state; `nil` for what is no text, too.
  public func load(
    _ root: AggregateRoot, _ id: JSON, at version: Version? = nil, in workspace: Workspace? = nil
  ) -> AggregateInstance? {
    id.string.flatMap { load(root, DomainID($0), at: version, in: workspace) }
  }

  /// The events of the aggregate whose id is a text at hand, oldest first.
  public func history(
    _ root: AggregateRoot, _ id: String, in workspace: Workspace? = nil
  ) -> [Event] {
    history(root, DomainID(id), in: workspace)
  }

  /// The aggregate that a command is about, by a text at hand; see ``existing(_:_:)``.
  ///
  /// - Throws: ``Rejection`` when the aggregate has no events.
  public func existing(_ root: AggregateRoot, _ id: String) throws -> AggregateInstance {
    try existing(root, .string(id))
  }

  /// Appends one event about what an id at hand names.
  ///
  /// - Throws: As ``emit(_:to:)`` does.
  @discardableResult
  public func emit(
    _ type: EventType, _ domainID: String, to stream: StreamName, data: JSON = .emptyObject
  ) throws -> [Event] {
    try emit([NewEvent(type, domainID, data: data)], to: stream)
  }
}
