internal import HashTreeCollections

/// What copies of a log share: rows, payloads and the ways to find events.
struct LogStorage: Sendable {
  /// The events of one stream that are resident.
  struct Places: Sendable {
    /// The number of older ones, which are not.
    var before: Int32 = 0
    var positions = PersistentArray<Int32>()

    @inline(__always)
    var count: Int { Int(before) + positions.count }
  }

  /// What effects say of a cause that is not resident.
  struct EarlierCause: Sendable {
    let id: EventID
    let kind: Int32
  }

  /// The resident events: those after the first `offset`.
  var rows = PersistentArray<EventRow>()
  var kinds = EventKinds()
  /// The positions of each stream's events.
  var places = PersistentArray<Places>()
  /// Positions by the hash of the id; may include ids of other times.
  var ids = HashIndex()
  /// How many events the index covers; later ones are searched linearly.
  var indexed = 0
  /// A bit, by its hash, for each id that the index does not cover; others may be set too.
  var unindexedIDs: UInt64 = 0
  var payload = PayloadBlocks()
  /// Whether events can be found by id.
  var isIndexed: Bool
  var lastCause: EventID?
  var lastCausePosition: Int32 = 0
  /// The stream of an event that named that cause.
  var lastEffect: StreamName = ""
  /// The number of older events that are not resident; ``pages`` has them.
  var offset = 0
  var pages: (any LogPages)?
  /// The causes of resident events that are not resident themselves, by position, so that reading
  /// an event asks for no page.
  var earlierCauses = TreeDictionary<Int32, EarlierCause>()

  /// How many events may wait to be indexed.
  static var batch: Int { 32 }

  /// The bit of ``unindexedIDs`` for the hash of an id.
  @inline(__always)
  static func bit(of hash: UInt32) -> UInt64 { 1 << UInt64(hash & 63) }

  init(isIndexed: Bool) { self.isIndexed = isIndexed }

  /// The number of events, resident or not.
  @inline(__always)
  var count: Int { offset + rows.count }

  /// The approximate bytes of memory held.
  var bytesHeld: Int {
    var sum = rows.bytesHeld + payload.bytesHeld + ids.bytesHeld + kinds.bytesHeld
    sum += places.bytesHeld + earlierCauses.count * 64
    for stream in places { sum += stream.positions.bytesHeld }
    return sum
  }
}
