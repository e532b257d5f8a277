/// The journal entry that appended each event; of the older ones the pages know it.
struct EventOrigins: Sendable {
  private var resident = PersistentArray<Int32>()
  private var offset = 0
  private var pages: (any LogPages)?

  init() {}

  /// None but those of the first so many events, which pages have.
  init(over pages: any LogPages, upTo base: Int) { (self.pages, offset) = (pages, base) }

  /// The number of events.
  @inline(__always)
  var count: Int { offset + resident.count }

  /// The entry that appended the event at a position from 1, which there must be; 0 when it cannot
  /// be had.
  @inline(__always)
  func entry(of position: Int) -> Int32 {
    let index = position - 1 - offset
    return index >= 0 ? resident[index] : paged(position)
  }

  @inline(never)
  private func paged(_ position: Int) -> Int32 {
    pages?.page(LogPage.number(of: position))?.entry(of: position) ?? 0
  }

  @inline(__always)
  mutating func append(_ entry: Int32) { resident.append(entry) }

  /// Keeps the entries of the first `count` events.
  mutating func truncate(to count: Int) {
    resident.truncate(to: max(0, count - offset))
    offset = min(offset, count)
  }

  /// The same with those of the first so many events in pages; O(the others).
  func rebased(on pages: any LogPages, upTo base: Int) -> EventOrigins {
    var other = EventOrigins()
    (other.offset, other.pages) = (min(max(base, offset), count), pages)
    resident.forEach(from: other.offset - offset, to: resident.count) { other.append($0) }
    return other
  }
}
