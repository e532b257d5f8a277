internal import HashTreeCollections

extension World {
  /// The record with a key; O(1).
  package func record(_ key: RecordKey) -> Record? {
    table(TableName(key.workspace, key.type))?.record(key.id)
  }

  /// The number of records of a type; O(1).
  public func recordCount(of type: String, in workspace: Workspace = .system) -> Int {
    table(TableName(workspace, type))?.count ?? 0
  }

  /// The record at an offset, from 0, in order of creation.
  package func record(
    of type: String, at offset: Int, in workspace: Workspace = .system
  ) -> Record? {
    table(TableName(workspace, type))?.record(at: offset)
  }

  /// Visits the records of a type in order of creation until the body returns `false`.
  public func forEachRecord(
    of type: String, in workspace: Workspace = .system, _ body: (Record) -> Bool
  ) {
    table(TableName(workspace, type))?.forEach(body)
  }

  /// The types that have records in the system workspace, sorted by name.
  public var recordTypes: [String] { recordTypes(in: .system) }

  /// The types that have records in a workspace, sorted by name.
  public func recordTypes(in workspace: Workspace) -> [String] {
    tables.filter { $0.key.workspace == workspace && $0.value.count > 0 }.map(\.key).sorted()
      .map(\.type)
  }

  /// The workspaces that have records, sorted by name.
  public var workspaces: [Workspace] {
    Set(tables.filter { $0.value.count > 0 }.map(\.key.workspace)).sorted()
  }

  /// The indexes of a type, in order of declaration.
  public func indexes(of type: String) -> [RecordIndex] { indexes[type] ?? [] }

  func table(_ name: TableName) -> RecordTable? { tables[name] }

  /// The unique index that a record's content would violate, and the id of the record in conflict.
  func conflict(of content: JSON, for key: RecordKey) -> (index: RecordIndex, holder: String)? {
    guard indexes(of: key.type).contains(where: \.isUnique) else { return nil }
    return table(TableName(key.workspace, key.type))?.conflict(of: content, for: key.id)
  }
}
