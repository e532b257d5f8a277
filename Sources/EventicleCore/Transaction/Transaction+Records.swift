internal import HashTreeCollections

extension Transaction {
  /// Creates a record.
  ///
  /// - Parameters:
  ///   - content: The content; it must not have a value of its own under `id`.
  ///   - id: The id; the engine makes one when absent.
  /// - Throws: ``TransactionError/recordIDSet(_:)`` when the content has an id,
  ///   ``TransactionError/recordExists(_:)`` when the id is taken,
  ///   ``TransactionError/recordNotUnique(_:_:value:holder:)`` when another record has a unique
  ///   value.
  @discardableResult
  public func create(
    _ type: String, _ content: JSON, id: String? = nil, in workspace: Workspace? = nil
  ) throws -> Record {
    try checkOpen()
    if let own = content.object?["id"], own.isTruthy {
      throw TransactionError.recordIDSet(own.description)
    }
    try workspace?.check()
    var key = RecordKey(type, id ?? nextEventID().text, in: workspace ?? self.workspace)
    while id == nil, stored(key) != nil {
      key = RecordKey(type, nextEventID().text, in: key.workspace)
    }
    guard stored(key) == nil else { throw TransactionError.recordExists(key) }
    try check(content, of: key)
    return insert(key, content)
  }

  /// The record of a type with an id; `nil` when there is none.
  public func record(
    _ type: String, _ id: String, in workspace: Workspace? = nil
  ) -> Record? {
    stored(RecordKey(type, id, in: workspace ?? self.workspace))
  }

  /// The records of a type that match a query, sorted; without a sort, in order of creation.
  ///
  /// - Parameter limit: The most records to return; all when absent.
  /// - Throws: ``QueryError`` when the query is nested too deep, or the limit is below 0.
  public func records(
    of type: String, where query: Query = .all, sortedBy sort: [SortKey] = [],
    limit: Int? = nil, in workspace: Workspace? = nil
  ) throws -> [Record] {
    prepare(type, query, sort, in: workspace)
    return try world.records(
      of: type, where: query, sortedBy: sort, limit: limit, in: workspace ?? self.workspace,
      &queryWork)
  }

  /// One page of the records that match a query, with the total.
  ///
  /// - Parameters:
  ///   - page: The page, from 1; less counts as 1, and a page past the end is empty.
  ///   - size: The most records on a page, 1 or more.
  /// - Throws: ``QueryError`` when the size is less than 1.
  public func records(
    of type: String, where query: Query = .all, sortedBy sort: [SortKey] = [], page: Int,
    size: Int = Limits.pageSize, in workspace: Workspace? = nil
  ) throws -> RecordPage {
    prepare(type, query, sort, in: workspace)
    return try world.page(
      of: type, where: query, sortedBy: sort, page: page, size: size,
      in: workspace ?? self.workspace, &queryWork)
  }

  /// The next records of a walk through those that match a query, with the total.
  ///
  /// - Parameters:
  ///   - cursor: The end of the previous slice; `nil` to begin.
  ///   - size: The most records to return, 1 or more.
  /// - Throws: ``QueryError`` when the size is less than 1, or the cursor belongs to another sort.
  public func records(
    of type: String, where query: Query = .all, sortedBy sort: [SortKey] = [],
    after cursor: RecordCursor?, size: Int = Limits.pageSize, in workspace: Workspace? = nil
  ) throws -> RecordSlice {
    prepare(type, query, sort, in: workspace)
    return try world.records(
      of: type, where: query, sortedBy: sort, after: cursor, size: size,
      in: workspace ?? self.workspace, &queryWork)
  }

  /// The number of records of a type that match a query.
  public func count(
    of type: String, where query: Query = .all, in workspace: Workspace? = nil
  ) throws -> Int {
    prepare(type, query, [], in: workspace)
    return try world.count(
      of: type, where: query, in: workspace ?? self.workspace, &queryWork)
  }

  /// Writes a record that was read before.
  ///
  /// - Throws: ``TransactionError/recordMissing(_:)`` when the record is gone,
  ///   ``TransactionError/recordConflict(_:expected:actual:)`` when it has been written since,
  ///   ``TransactionError/recordNotUnique(_:_:value:holder:)`` when another record has a unique
  ///   value.
  @discardableResult
  public func save(_ record: Record) throws -> Record {
    try checkOpen()
    let key = record.key
    guard let known = stored(key) else { throw TransactionError.recordMissing(key) }
    guard known.version == record.version, known.sequence == record.sequence else {
      throw TransactionError.recordConflict(key, expected: record.version, actual: known.version)
    }
    return try update(known, record.content)
  }

  /// Writes a record, replacing the one with the same id if there is one.
  ///
  /// - Throws: ``TransactionError/recordNotUnique(_:_:value:holder:)`` when another record has a
  ///   unique value.
  @discardableResult
  public func put(
    _ type: String, _ id: String, _ content: JSON, in workspace: Workspace? = nil
  ) throws -> Record {
    try checkOpen()
    try workspace?.check()
    let key = RecordKey(type, id, in: workspace ?? self.workspace)
    if let known = stored(key) { return try update(known, content) }
    try check(content, of: key)
    return insert(key, content)
  }

  /// Changes a record in place, starting with an empty object if there is none.
  ///
  /// - Throws: ``TransactionError/recordChangedInside(_:)`` when the body also writes the record in
  ///   another way; ``TransactionError/recordNotUnique(_:_:value:holder:)``; whatever the body
  ///   throws.
  @discardableResult
  public func change(
    _ type: String, _ id: String, in workspace: Workspace? = nil,
    _ body: (inout JSON) throws -> Void
  ) throws -> Record {
    let key = RecordKey(type, id, in: workspace ?? self.workspace)
    let known = stored(key)
    var content = known?.content ?? .emptyObject
    try body(&content)
    let current = stored(key)
    guard current?.version == known?.version, current?.sequence == known?.sequence else {
      throw TransactionError.recordChangedInside(key)
    }
    return try put(type, id, content, in: key.workspace)
  }

  /// Removes a record, and returns whether it existed.
  @discardableResult
  public func delete(
    _ type: String, _ id: String, in workspace: Workspace? = nil
  ) throws -> Bool {
    try checkOpen()
    try workspace?.check()
    guard let known = record(type, id, in: workspace) else { return false }
    claim(known.key)
    make(.record(known.key, old: known, new: nil))
    return true
  }

  /// Removes the records that match a query, and returns how many there were.
  @discardableResult
  public func deleteMany(
    _ type: String, where query: Query, in workspace: Workspace? = nil
  ) throws -> Int {
    try checkOpen()
    try workspace?.check()
    let found = try records(of: type, where: query, in: workspace)
    for record in found {
      claim(record.key)
      make(.record(record.key, old: record, new: nil))
    }
    return found.count
  }

  /// Removes all records of a type, and returns how many there were.
  @discardableResult
  public func purge(_ type: String, in workspace: Workspace? = nil) throws -> Int {
    try deleteMany(type, where: .all, in: workspace)
  }

  /// Removes all records of a workspace, and returns how many there were.
  ///
  /// The engine's own records stay: tenants, leases and the outcomes of commands.
  @discardableResult
  public func purge(_ workspace: Workspace) throws -> Int {
    try checkOpen()
    try workspace.check()
    let types = world.recordTypes(in: workspace).filter { !$0.hasPrefix(World.ownRecords) }
    return try types.reduce(0) { try $0 + purge($1, in: workspace) }
  }

  /// Counts a search by equal values, from which the engine adopts indexes by itself, and builds
  /// indexes that it needs.
  private func prepare(
    _ type: String, _ query: Query, _ sort: [SortKey], in workspace: Workspace?
  ) {
    if query != .all { queryWork.indexed += world.countSearch(of: type, where: query) }
    guard world.base != nil else { return }
    world.prepare(type, query, sort, in: workspace ?? self.workspace)
  }

  /// The record with a key, read from its table alone: asking the world would copy all of it first.
  private func stored(_ key: RecordKey) -> Record? {
    expectOpen()
    return world.tables[TableName(key.workspace, key.type)]?.record(key.id)
  }

  private func insert(_ key: RecordKey, _ content: JSON) -> Record {
    claim(key)
    let record = Record(
      key: key, content: content, createdAt: now, version: 1,
      sequence: nextNumber(.records))
    make(.record(key, old: nil, new: record))
    return record
  }

  private func update(_ known: Record, _ content: JSON) throws -> Record {
    claim(known.key)
    guard !known.content.means(content) else { return known }
    try check(content, of: known.key)
    let record = known.written(content)
    make(.record(known.key, old: known, new: record))
    return record
  }

  private func check(_ content: JSON, of key: RecordKey) throws {
    if world.base != nil { world.prepareUnique(key) }
    guard !world.indexes.isEmpty, let (index, holder) = world.conflict(of: content, for: key) else {
      return
    }
    throw TransactionError.recordNotUnique(
      key, index, value: content.found(at: index.path) ?? .null, holder: holder)
  }
}

extension JSON {
  /// Whether the value is something other than `0`, `""`, `false` and `null`.
  fileprivate var isTruthy: Bool {
    switch self {
    case .null: false
    case .bool(let value): value
    case .number(let number): ExactNumber(number) != .whole(0)
    case .string(let text): !text.isEmpty
    case .array, .object: true
    }
  }
}
