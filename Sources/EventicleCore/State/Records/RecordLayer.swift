internal import HashTreeCollections

/// What a table of records knows of a store that it rests on.
struct RecordLayer: Sendable {
  let base: WorldBase
  let table: TableName
  /// The number of records that the store has in the table.
  let count: Int
  /// The indexes that are wanted, built or not.
  var declared: [RecordIndex]
  /// The numbers of the store's records that are no longer there.
  private(set) var gone = SortedChunks<Int32>()
  /// The keys under which the store has or had a record that is no longer there.
  private var lost = TreeSet<RecordKey>()
  /// The ids of the store's records that the table holds itself, by number.
  private(set) var held = TreeDictionary<Int, String>()

  init(_ base: WorldBase, _ table: TableName, count: Int, declared: [RecordIndex]) {
    self.base = base
    self.table = table
    self.count = count
    self.declared = declared
  }

  /// The number of the store's records that are still there.
  var remaining: Int { count - gone.count }

  /// The numbers of the store's records, ascending.
  var order: [Int32] { base.pages.records(in: table, asOf: base.entry) }

  func record(_ id: String) -> Record? {
    guard remaining > 0 else { return nil }
    return base.pages.record(key(of: id), asOf: base.entry)
  }

  func record(number: Int) -> Record? { base.pages.record(number: number, asOf: base.entry) }

  /// One of the store's records is removed.
  mutating func lose(_ number: Int, _ id: String) {
    gone.insert(Int32(number))
    held[number] = nil
    lost.insert(key(of: id))
  }

  /// Whether one of the store's records with an id was removed.
  func hasLost(_ id: String) -> Bool { lost.contains(key(of: id)) }

  private func key(of id: String) -> RecordKey { RecordKey(table.type, id, in: table.workspace) }

  /// One of the store's records is written again; returns whether it is one.
  mutating func regain(_ number: Int) -> Bool {
    guard gone.contains(Int32(number)) else { return false }
    gone.remove(Int32(number))
    return true
  }

  /// The table holds one of the store's records itself.
  mutating func hold(_ number: Int, _ id: String) { held[number] = id }
}

extension World {
  /// Builds the indexes that a search could use, when the records rest on a store; what it costs is
  /// O(records of the type · log n), once.
  mutating func prepare(
    _ type: String, _ query: Query, _ sort: [SortKey], in workspace: Workspace
  ) {
    prepare(TableName(workspace, type)) { index in
      query.mentions(index.path) || sort.first?.path?.isSame(as: index.path) ?? false
    }
  }

  /// Builds the indexes by which unique values are checked, when the records rest on a store.
  mutating func prepareUnique(_ key: RecordKey) {
    prepare(TableName(key.workspace, key.type)) { $0.isUnique }
  }

  private mutating func prepare(_ name: TableName, _ isWanted: (RecordIndex) -> Bool) {
    guard tables[name]?.isMissing(isWanted) ?? false else { return }
    tables[name]?.build(isWanted)
  }
}

extension Query {
  /// Whether a part compares the value at a path.
  fileprivate func mentions(_ path: JSONPath) -> Bool {
    switch self {
    case .all, .matches: false
    case .compare(let own, _, _), .anyOf(let own, _), .between(let own, _, _), .exists(let own),
      .like(let own, _), .contains(let own, _):
      own.isSame(as: path)
    case .and(let queries), .or(let queries): queries.contains { $0.mentions(path) }
    case .not(let query): query.mentions(path)
    }
  }
}
