/// What copies of a log share: rows, payloads and the ways to find events.
struct LogStorage: Sendable {
  var rows = PersistentArray<EventRow>()
  var kinds = EventKinds()
  /// The positions of each stream's events.
  var places = PersistentArray<PersistentArray<Int32>>()
  /// Positions by the hash of the id; may include ids of other times.
  var ids = HashIndex()
  /// How many events the index covers; later ones are searched linearly.
  var indexed = 0
  var payload = PayloadBlocks()
  /// Whether events can be found by id.
  var isIndexed: Bool
  var lastCause: EventID?
  var lastCausePosition: Int32 = 0
  /// The stream of an event that named that cause.
  var lastEffect: StreamName = ""

  /// How many events may wait to be indexed.
  static var batch: Int { 32 }

  init(isIndexed: Bool) { self.isIndexed = isIndexed }

  /// The approximate bytes of memory held.
  var bytesHeld: Int {
    var sum = rows.bytesHeld + payload.bytesHeld + ids.bytesHeld + kinds.bytesHeld
    sum += places.bytesHeld
    for stream in places { sum += stream.bytesHeld }
    return sum
  }
}
