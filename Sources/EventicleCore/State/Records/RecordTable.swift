internal import HashTreeCollections

/// The workspace and type of a table of records.
struct TableName: Sendable, Hashable, Comparable {
  let workspace: Workspace
  let type: String

  init(_ workspace: Workspace, _ type: String) {
    self.workspace = workspace
    self.type = type
  }

  static func == (left: TableName, right: TableName) -> Bool {
    areSameBytes(left.type, right.type)
      && areSameBytes(left.workspace.text, right.workspace.text)
  }

  static func < (left: TableName, right: TableName) -> Bool {
    let order = orderOfBytes(left.workspace.text, right.workspace.text)
    return order == 0 ? orderOfBytes(left.type, right.type) < 0 : order < 0
  }

  func hash(into hasher: inout Hasher) {
    hashBytes(of: type, into: &hasher)
    // Nearly everything is in the system workspace, which is not hashed.
    if workspace != .system { hashBytes(of: workspace.text, into: &hasher) }
  }
}

/// The records of one type in one workspace, in the order of creation, with their indexes.
///
/// A copy is O(1). Reading or changing a record hashes its id once.
struct RecordTable: Sendable {
  /// An id whose identity is its bytes.
  private struct RowID: Hashable, Sendable {
    let text: String

    static func == (left: RowID, right: RowID) -> Bool { areSameBytes(left.text, right.text) }

    func hash(into hasher: inout Hasher) { hashBytes(of: text, into: &hasher) }
  }

  private struct Place: Comparable, Sendable {
    let sequence: Int
    let id: String

    static func < (left: Place, right: Place) -> Bool { left.sequence < right.sequence }
    static func == (left: Place, right: Place) -> Bool { left.sequence == right.sequence }
  }

  private var rows = TreeDictionary<RowID, Record>()
  private var order = SortedChunks<Place>()
  private(set) var indexes: [IndexTable] = []

  init(indexes: [RecordIndex]) { self.indexes = indexes.map { IndexTable($0) } }

  var count: Int { rows.count }

  func record(_ id: String) -> Record? { rows[RowID(text: id)] }

  mutating func set(_ id: String, from old: Record?, to new: Record?) {
    rows[RowID(text: id)] = new
    for place in indexes.indices { indexes[place].set(id, from: old, to: new) }
    guard old?.sequence != new?.sequence else { return }
    if let old { order.remove(Place(sequence: old.sequence, id: id)) }
    if let new { order.insert(Place(sequence: new.sequence, id: id)) }
  }

  /// The record at an offset in order of creation.
  func record(at offset: Int) -> Record? {
    guard offset >= 0, offset < order.count else { return nil }
    return record(order[offset].id)
  }

  /// The number of records created up to a sequence number.
  func count(upTo sequence: Int) -> Int {
    order.offset { $0.sequence <= sequence }
  }

  /// Visits the records in order of creation until the body returns `false`.
  func forEach(from offset: Int = 0, _ body: (Record) -> Bool) {
    order.forEach(from: offset) { place in
      guard let record = record(place.id) else { return true }
      return body(record)
    }
  }

  /// Replaces the declared indexes and rebuilds them.
  mutating func declare(_ declared: [RecordIndex]) {
    var tables = declared.map { IndexTable($0) }
    forEach { record in
      for place in tables.indices { tables[place].set(record.id, from: nil, to: record) }
      return true
    }
    indexes = tables
  }

  /// The unique index that some content would violate, and the record in the way.
  func conflict(of content: JSON, for id: String) -> (index: RecordIndex, holder: String)? {
    for table in indexes where table.index.isUnique {
      if let holder = table.holder(of: content, besides: id, in: self) {
        return (table.index, holder)
      }
    }
    return nil
  }
}
