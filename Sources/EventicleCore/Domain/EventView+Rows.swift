extension EventView {
  /// Changes the row that an event is about; a new row is an empty object.
  public typealias RowReducer = @Sendable (_ row: inout JSON, _ event: Event) throws -> Void
  /// The id of the row that an event is about; `nil` for none.
  public typealias RowID = @Sendable (Event) -> String?

  /// Declares a view by a reducer of rows for each type of event.
  ///
  ///     EventView("Board", streams: ["orders"], indexed: ["status"], rows: [
  ///       "OrderPlaced": { row, event in row["status"] = "placed" }
  ///     ])
  ///
  /// - Parameters:
  ///   - indexed: The values by which rows are found without a search.
  ///   - rowID: The id of the row that an event is about; the event's key when absent.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil,
    options: ConsumerOptions = .standard, indexed: [JSONPath] = [], of rowID: RowID? = nil,
    rows: [EventType: RowReducer]
  ) {
    self.init(
      name, streams: streams, group: group, options: options, indexed: indexed,
      on: rows.mapValues { EventView.handler(name, rowID, $0) })
  }

  /// Declares a view by one reducer of rows for every event; see
  /// ``init(_:streams:group:options:indexed:of:rows:)``.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil,
    options: ConsumerOptions = .standard, indexed: [JSONPath] = [], of rowID: RowID? = nil,
    row: @escaping RowReducer
  ) {
    self.init(
      name, streams: streams, group: group, options: options, indexed: indexed,
      onAny: EventView.handler(name, rowID, row))
  }

  private static func handler(
    _ view: String, _ rowID: RowID?, _ reduce: @escaping RowReducer
  ) -> EventHandler {
    { event, transaction in
      let id: String
      if let rowID {
        guard let named = rowID(event) else { return }
        id = named
      } else {
        id = event.key
      }
      try transaction.change(view, id) { try reduce(&$0, event) }
    }
  }
}

extension World {
  /// The row of a view with an id; `nil` when there is none; O(1).
  public func record(
    _ view: EventView, _ id: String, in workspace: Workspace = .system
  ) -> Record? {
    record(view.name, id, in: workspace)
  }

  /// The rows of a view that match a query, sorted; see ``records(of:where:sortedBy:limit:in:)``.
  public func records(
    of view: EventView, where query: Query = .all, sortedBy sort: [SortKey] = [],
    limit: Int? = nil, in workspace: Workspace = .system
  ) throws(QueryError) -> [Record] {
    try records(of: view.name, where: query, sortedBy: sort, limit: limit, in: workspace)
  }

  /// The number of rows of a view that match a query.
  ///
  /// - Throws: ``QueryError`` when the query is nested too deep.
  public func count(
    of view: EventView, where query: Query = .all, in workspace: Workspace = .system
  ) throws(QueryError) -> Int {
    try count(of: view.name, where: query, in: workspace)
  }
}

extension Transaction {
  /// The row of a view with an id; `nil` when there is none.
  public func record(
    _ view: EventView, _ id: String, in workspace: Workspace? = nil
  ) -> Record? {
    record(view.name, id, in: workspace)
  }

  /// The rows of a view that match a query, sorted; see ``records(of:where:sortedBy:limit:in:)``.
  public func records(
    of view: EventView, where query: Query = .all, sortedBy sort: [SortKey] = [],
    limit: Int? = nil, in workspace: Workspace? = nil
  ) throws -> [Record] {
    try records(of: view.name, where: query, sortedBy: sort, limit: limit, in: workspace)
  }

  /// The number of rows of a view that match a query.
  public func count(
    of view: EventView, where query: Query = .all, in workspace: Workspace? = nil
  ) throws -> Int {
    try count(of: view.name, where: query, in: workspace)
  }

  /// Changes a row of a view in place; see ``change(_:_:in:_:)``.
  @discardableResult
  public func change(
    _ view: EventView, _ id: String, in workspace: Workspace? = nil,
    _ body: (inout JSON) throws -> Void
  ) throws -> Record {
    try change(view.name, id, in: workspace, body)
  }
}
