extension Transaction {
  /// Creates a record.
  ///
  /// - Parameter id: The id; made by the engine when absent.
  /// - Throws: ``WorldError/recordExists(_:)`` when the id is taken.
  @discardableResult
  public func create(_ type: String, _ content: JSON, id: String? = nil) throws -> Record {
    try checkOpen()
    let key = RecordKey(type, id ?? nextEventID().text)
    guard world.record(key) == nil else { throw WorldError.recordExists(key) }
    return insert(key, content)
  }

  /// The record of a type with an id, or `nil`.
  public func record(_ type: String, _ id: String) -> Record? {
    world.record(RecordKey(type, id))
  }

  /// The records of a type that fit a query, sorted; without a sort in order of creation.
  ///
  /// - Throws: ``QueryError`` when an operator gets an operand it cannot use.
  public func records(
    _ type: String, where query: Query = .all, sortedBy sort: [SortKey] = []
  ) throws -> [Record] {
    try world.records(of: type, where: query, sortedBy: sort)
  }

  /// One page of the records that fit a query, with the total.
  ///
  /// - Parameters:
  ///   - page: From 1; a page past the end is empty.
  ///   - size: How many records a page has, 1 or more.
  public func records(
    _ type: String, where query: Query = .all, sortedBy sort: [SortKey] = [], page: Int,
    size: Int = 50
  ) throws -> RecordPage {
    try world.page(of: type, where: query, sortedBy: sort, page: page, size: size)
  }

  /// Writes a record that was read before.
  ///
  /// - Throws: ``WorldError/recordMissing(_:)`` when it is gone,
  ///   ``WorldError/recordConflict(_:expected:actual:)`` when somebody else wrote it meanwhile.
  @discardableResult
  public func save(_ record: Record) throws -> Record {
    try checkOpen()
    guard let known = world.record(record.key) else {
      throw WorldError.recordMissing(record.key)
    }
    guard known.version == record.version else {
      throw WorldError.recordConflict(
        record.key, expected: record.version, actual: known.version)
    }
    return update(known, record.content)
  }

  /// Writes a record whether it is there or not.
  @discardableResult
  public func put(_ type: String, _ id: String, _ content: JSON) throws -> Record {
    try checkOpen()
    let key = RecordKey(type, id)
    guard let known = world.record(key) else { return insert(key, content) }
    return update(known, content)
  }

  /// Changes a record in place; it starts as an empty object if it is not there.
  @discardableResult
  public func change(
    _ type: String, _ id: String, _ body: (inout JSON) throws -> Void
  ) throws -> Record {
    var content = record(type, id)?.content ?? .emptyObject
    try body(&content)
    return try put(type, id, content)
  }

  /// Removes a record if it is there, and says whether it was.
  @discardableResult
  public func delete(_ type: String, _ id: String) throws -> Bool {
    try checkOpen()
    let key = RecordKey(type, id)
    guard let known = world.record(key) else { return false }
    make(.record(key, old: known, new: nil))
    return true
  }

  /// Removes the records that fit a query and returns how many there were.
  @discardableResult
  public func deleteAll(_ type: String, where query: Query) throws -> Int {
    let found = try records(type, where: query)
    for record in found { try delete(type, record.id) }
    return found.count
  }

  private func insert(_ key: RecordKey, _ content: JSON) -> Record {
    let record = Record(
      key: key, content: content, createdAt: now, version: 1,
      sequence: nextNumber("record"))
    make(.record(key, old: nil, new: record))
    return record
  }

  private func update(_ known: Record, _ content: JSON) -> Record {
    guard known.content != content else { return known }
    var record = known
    record.content = content
    record.version += 1
    make(.record(known.key, old: known, new: record))
    return record
  }
}
