/// A bound in the order of an index.
enum IndexBound: Sendable, Hashable {
  case before(SortValue)
  case after(SortValue)
  case beforeKind(SortValue.Kind)
  case afterKind(SortValue.Kind)

  /// Whether a value lies below the bound.
  func isAbove(_ value: SortValue) -> Bool {
    switch self {
    case .before(let bound): value < bound
    case .after(let bound): !(bound < value)
    case .beforeKind(let kind): value.kind < kind
    case .afterKind(let kind): value.kind <= kind
    }
  }
}

/// The records of one table ordered by one value, those without it first.
///
/// Every record is in it once, so that the complement of a condition can be found too. A copy is
/// O(1), a change O(log n).
struct IndexTable: Sendable {
  /// One record's entry in the order.
  struct Entry: Comparable, Sendable {
    let value: SortValue
    let sequence: Int
    let id: String

    static func < (left: Entry, right: Entry) -> Bool {
      let order = left.value.order(to: right.value)
      return order == 0 ? left.sequence < right.sequence : order < 0
    }

    static func == (left: Entry, right: Entry) -> Bool {
      left.sequence == right.sequence && left.value == right.value
    }
  }

  let index: RecordIndex
  private(set) var entries = SortedChunks<Entry>()

  init(_ index: RecordIndex) { self.index = index }

  func value(of content: JSON) -> SortValue { SortValue(content.found(at: index.path)) }

  mutating func set(_ id: String, from old: Record?, to new: Record?) {
    let before = old.map { Entry(value: value(of: $0.content), sequence: $0.sequence, id: id) }
    let after = new.map { Entry(value: value(of: $0.content), sequence: $0.sequence, id: id) }
    guard before != after else { return }
    if let before { entries.remove(before) }
    if let after { entries.insert(after) }
  }

  /// The number of records before a bound; O(log n).
  func offset(of bound: IndexBound) -> Int { entries.offset { bound.isAbove($0.value) } }

  /// The records between two bounds, as offsets.
  func range(_ low: IndexBound, _ high: IndexBound) -> Range<Int> {
    let start = offset(of: low)
    return start..<max(start, offset(of: high))
  }

  /// Another record with the same value as some content; `nil` when there is none.
  func holder(of content: JSON, besides id: String, in table: RecordTable) -> String? {
    guard let wanted = content.found(at: index.path) else { return nil }
    let value = SortValue(wanted)
    var holder: String?
    entries.forEach(from: offset(of: .before(value))) { entry in
      guard entry.value == value else { return false }
      guard !isSameText(entry.id, id) else { return true }
      let isSame =
        value.isScalar
        || table.record(entry.id)?.content.found(at: index.path)?.means(wanted) == true
      if isSame { holder = entry.id }
      return !isSame
    }
    return holder
  }
}
