internal import HashTreeCollections

/// Reads the storage of histories in place: access through a pointer copies nothing.
extension UnsafePointer<HistoryStorage> {
  /// The number of an aggregate that has or had events.
  @inline(__always)
  func number(of key: AggregateKey, _ hash: UInt32) -> Int? {
    let type = key.storedType
    let found = pointee.index.last(under: hash) { number in
      let name = pointee.names.address(of: Int(number) - 1)
      return isSameText(name.pointee.id.text, key.id.text)
        && isSameText(pointee.types[Int(name.pointee.type)].name, type)
    }
    return found.map { Int($0) - 1 }
  }

  /// The number of an aggregate that has or had events.
  @inline(__always)
  func number(of key: AggregateKey) -> Int? { number(of: key, Self.hash(of: key)) }

  /// The newest event of an aggregate.
  func lastEntry(of key: AggregateKey) -> Int32? {
    guard let number = number(of: key), pointee.rows[number].count > 0 else { return nil }
    return lastEntry(of: number)
  }

  /// The hash by which an aggregate is found.
  @inline(__always)
  static func hash(of key: AggregateKey) -> UInt32 {
    let hash = QuickHash.text(key.id.text, after: QuickHash.text(key.storedType))
    return UInt32(truncatingIfNeeded: hash >> 32)
  }

  @inline(__always)
  func row(_ number: Int) -> HistoryRow { pointee.rows[number] }

  @inline(__always)
  func others(of row: HistoryRow) -> PersistentArray<Int32> {
    row.overflow > 0 ? pointee.overflows[row.overflow - 1] : PersistentArray()
  }

  /// How many of some aggregates, in the order of their first events, have a visible one.
  @inline(__always)
  func visible(of members: PersistentArray<Int32>, _ limits: HistoryLimits) -> Int {
    limits.isOpen ? members.count : members.partitionPoint { !limits.allow(row(Int($0))[0]) }
  }

  /// The aggregates of a type of whose events none is in pages.
  func fresh(of type: String) -> PersistentArray<Int32> {
    pointee.typeNumbers[TextKey(text: type)].map { pointee.types[$0].fresh } ?? PersistentArray()
  }

  func members(of type: String) -> PersistentArray<Int32> {
    pointee.typeNumbers[TextKey(text: type)].map { pointee.types[$0].members } ?? PersistentArray()
  }

  func id(_ number: Int32) -> DomainID { pointee.names[Int(number)].id }

  /// Whether the newest event of all is after the limits.
  func isNewestBeyond(_ limits: HistoryLimits) -> Bool {
    guard let owner = pointee.owners.last else { return false }
    return owner < 0 || !limits.allow(lastEntry(of: Int(owner)))
  }

  func lastEntry(of number: Int) -> Int32 {
    let row = pointee.rows[number]
    return row.count <= HistoryRow.room
      ? row[row.count - 1] : others(of: row)[row.count - HistoryRow.room - 1]
  }
}
