internal import HashTreeCollections

/// Where a record is: its type and its id.
public struct RecordKey: Sendable, Hashable, CustomStringConvertible {
  /// The type.
  public let type: String
  /// Which one it is.
  public let id: String

  /// One of these parts.
  public init(_ type: String, _ id: String) {
    self.type = type
    self.id = id
  }

  /// Whether both are the same.
  public static func == (left: RecordKey, right: RecordKey) -> Bool {
    sameBytes(left.type, right.type) && sameBytes(left.id, right.id)
  }

  /// Feeds what counts for equality to a hasher.
  public func hash(into hasher: inout Hasher) {
    hashBytes(of: type, into: &hasher)
    hashBytes(of: id, into: &hasher)
  }

  /// `OrderBoard/order-1`.
  public var description: String { "\(type)/\(id)" }
}

/// A piece of state in the data store: a row of a view, or something a domain keeps.
public struct Record: Sendable, Hashable {
  /// Where it is.
  public let key: RecordKey
  /// What it holds.
  public var content: JSON
  /// When it was created.
  public let createdAt: Instant
  /// How often it has been written; a save with an older version is a conflict.
  public internal(set) var version: Int
  /// Its number among all records ever created, which orders what is not sorted otherwise.
  let sequence: Int

  /// The id.
  public var id: String { key.id }
}

/// The records of one type, in the order of their creation.
struct RecordTable: Sendable {
  private struct Place: Comparable, Sendable {
    let sequence: Int
    let id: String

    static func < (left: Place, right: Place) -> Bool { left.sequence < right.sequence }
    static func == (left: Place, right: Place) -> Bool { left.sequence == right.sequence }
  }

  private var rows = TreeDictionary<RecordKey, Record>()
  private var order = SortedChunks<Place>()

  var count: Int { rows.count }

  func record(_ key: RecordKey) -> Record? { rows[key] }

  mutating func set(_ key: RecordKey, from old: Record?, to new: Record?) {
    rows[key] = new
    guard old?.sequence != new?.sequence else { return }
    if let old { order.remove(Place(sequence: old.sequence, id: key.id)) }
    if let new { order.insert(Place(sequence: new.sequence, id: key.id)) }
  }

  /// The record at an offset in order of creation.
  func record(type: String, at offset: Int) -> Record? {
    guard offset >= 0, offset < order.count else { return nil }
    return rows[RecordKey(type, order[offset].id)]
  }

  /// Goes through the records in order of creation until the body returns `false`.
  func forEach(type: String, _ body: (Record) -> Bool) {
    order.forEach { place in
      guard let record = rows[RecordKey(type, place.id)] else { return true }
      return body(record)
    }
  }
}
