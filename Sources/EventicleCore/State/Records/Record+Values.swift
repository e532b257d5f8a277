extension Record {
  /// A member of the content; `null` when it has none.
  ///
  /// Setting a member changes nothing in the store until the record is saved.
  public subscript(member: String) -> JSON {
    get { content[member] }
    set { content[member] = newValue }
  }

  /// The content as a Swift value; see ``JSON/decode(_:)``.
  public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
    try content.decode(type)
  }
}

extension Sequence<Record> {
  /// The contents as Swift values, in the same order.
  ///
  /// - Throws: As ``Record/decode(_:)`` does, for the first record that cannot be decoded.
  public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> [Value] {
    try map { try $0.decode(type) }
  }
}

extension World {
  /// The record of a type with an id, or `nil`; O(1).
  public func record(
    _ type: String, _ id: String, in workspace: Workspace = .system
  ) -> Record? {
    record(RecordKey(type, id, in: workspace))
  }

  /// One page of the records that fit a query, with the total.
  ///
  /// - Parameters:
  ///   - page: From 1; less counts as 1, and a page past the end is empty.
  ///   - size: How many records a page has, 1 or more.
  /// - Throws: ``QueryError`` when the size is less than 1 or the query nested too deep.
  public func records(
    of type: String, where query: Query = .all, sortedBy sort: [SortKey] = [], page: Int,
    size: Int = Limits.pageSize, in workspace: Workspace = .system
  ) throws(QueryError) -> RecordPage {
    var work = QueryWork()
    return try self.page(
      of: type, where: query, sortedBy: sort, page: page, size: size, in: workspace, &work)
  }
}
