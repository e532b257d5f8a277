import EventicleCore

/// What the data store of every backend must do.
public enum StoreContract {
  /// All cases; each opens a store of its own.
  public static let cases: [ContractCase] =
    queries + writing + transactions + workspaces + indexes + sorting + paging

  /// The ids of what a query finds in a type, in order.
  static func ids(
    _ store: any StoreUnderTest, _ type: String = "row", where query: Query = .all,
    sortedBy sort: [SortKey] = [], in workspace: Workspace = .system
  ) throws -> [String] {
    try store.transact {
      try $0.records(of: type, where: query, sortedBy: sort, in: workspace).map(\.id)
    }
  }

  /// Puts a record for each id and JSON text.
  static func fill(_ store: any StoreUnderTest, _ rows: [(id: String, text: String)]) throws {
    try store.transact { transaction in
      for row in rows { try transaction.create("row", try json(row.text), id: row.id) }
    }
  }
}
