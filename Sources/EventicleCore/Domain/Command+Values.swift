extension CommandResult {
  /// A result without a response: the events belong to the aggregates that were persisted.
  public static let done = CommandResult()

  /// Creates a result whose response is any encodable value.
  ///
  /// - Throws: As ``JSON/init(encoding:)`` does.
  @_disfavoredOverload
  public init(
    response: some Encodable, events: [NewEvent] = [], reportedError: ReportedError? = nil
  ) throws {
    self.init(
      response: try JSON(encoding: response), events: events, reportedError: reportedError)
  }
}

extension Command {
  /// Declares a command whose handler receives its arguments decoded as a value.
  ///
  ///     Command("Buy", stream: "orders", [.required("item")], taking: Purchase.self) {
  ///       purchase, transaction in …
  ///     }
  ///
  /// The fields are checked first, so that a missing argument is reported in a sentence.
  ///
  /// - Parameter taking: The type to decode the arguments as; a command whose arguments cannot be
  ///   decoded is refused with ``OperationError/Cause/badArgument``.
  public init<Values: Decodable & Sendable>(
    _ type: String, stream: StreamName, _ fields: [CommandField] = [], summary: String = "",
    options: TransactionOptions = .standard, lock: (@Sendable (_ data: JSON) -> String?)? = nil,
    validates: Check? = nil, taking: Values.Type,
    handler: @escaping @Sendable (Values, Transaction) throws -> CommandResult
  ) {
    self.init(
      type, stream: stream, fields, summary: summary, options: options, lock: lock,
      validates: validates
    ) { data, transaction in
      let arguments: Values
      do { arguments = try data.decode() } catch let error as JSONCodingError {
        throw ArgumentError("\(type) cannot be carried out: \(error)")
      }
      return try handler(arguments, transaction)
    }
  }
}

extension AggregateInstance {
  /// Raises an event whose data is any encodable value and folds it into the state.
  ///
  /// - Throws: As ``JSON/init(encoding:)`` does; nothing is raised then.
  @_disfavoredOverload
  public mutating func raise(
    _ type: EventType, _ data: some Encodable, id: EventID? = nil
  ) throws {
    raise(type, try JSON(encoding: data), id: id)
  }
}

extension Transaction {
  /// Carries out a command whose arguments are any encodable value; see ``dispatch(_:_:)``.
  @_disfavoredOverload
  @discardableResult
  public func dispatch(_ type: String, _ data: some Encodable) throws -> JSON? {
    try dispatch(type, try JSON(encoding: data))
  }

  /// Writes a record whose content is any encodable value; see ``put(_:_:_:in:)``.
  @_disfavoredOverload
  @discardableResult
  public func put(
    _ type: String, _ id: String, _ content: some Encodable, in workspace: Workspace? = nil
  ) throws -> Record {
    try put(type, id, try JSON(encoding: content), in: workspace)
  }

  /// Creates a record whose content is any encodable value; see ``create(_:_:id:in:)``.
  @_disfavoredOverload
  @discardableResult
  public func create(
    _ type: String, _ content: some Encodable, id: String? = nil, in workspace: Workspace? = nil
  ) throws -> Record {
    try create(type, try JSON(encoding: content), id: id, in: workspace)
  }
}

extension SagaStep {
  /// Carries out a command whose arguments are any encodable value; see ``dispatch(_:_:)``.
  @_disfavoredOverload
  @discardableResult
  public func dispatch(_ type: String, _ data: some Encodable) throws -> JSON? {
    try dispatch(type, try JSON(encoding: data))
  }
}
