import EventicleCore

/// The requirements on the data store of every backend.
public enum StoreContract {
  /// All cases; each opens its own store.
  public static let cases: [ContractCase] =
    queries + writing + transactions + workspaces + indexes + sorting + paging

  /// The ids of the records of a type that a query finds, in order.
  static func ids(
    _ store: any StoreUnderTest, _ type: String = "row", where query: Query = .all,
    sortedBy sort: [SortKey] = [], in workspace: Workspace = .system
  ) throws -> [String] {
    try store.transact {
      try $0.records(of: type, where: query, sortedBy: sort, in: workspace).map(\.id)
    }
  }

  /// Puts a record for each pair of id and JSON text.
  static func fill(_ store: any StoreUnderTest, _ rows: [(id: String, text: String)]) throws {
    try store.transact { transaction in
      for row in rows { try transaction.create("row", try json(row.text), id: row.id) }
    }
  }
}
