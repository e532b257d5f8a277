internal import HashTreeCollections

/// What copies of the histories share.
struct HistoryStorage: Sendable {
  struct Name: Sendable {
    let id: DomainID
    let type: Int32
  }

  struct TypeList: Sendable {
    let name: String
    /// The aggregates in the order of their first events.
    var members = PersistentArray<Int32>()
    /// How many of them were looked up in ``pages``.
    var settled = 0
    /// Those of the settled ones of which ``pages`` have no event.
    var fresh = PersistentArray<Int32>()
  }

  var names = PersistentArray<Name>()
  var rows = PersistentArray<HistoryRow>()
  var overflows = PersistentArray<PersistentArray<Int32>>()
  var index = HashIndex()
  var types: [TypeList] = []
  var typeNumbers = TreeDictionary<TextKey, Int>()
  /// The aggregate of every event in order of time; -1 for removed events.
  var owners = PersistentArray<Int32>()
  /// The resident events persisted without being published: those after the first `base.kept`.
  var kept = EventLog(isIndexed: false)
  /// The number of events in the log when each of them was persisted.
  var keptAt = PersistentArray<Int32>()
  /// The older events, which are not resident; ``pages`` has them.
  var base = LogBound.start
  var pages: (any LogPages)?

  /// The approximate bytes of memory held.
  var bytesHeld: Int {
    var sum = names.bytesHeld + rows.bytesHeld + overflows.bytesHeld + index.bytesHeld
    sum += owners.bytesHeld + keptAt.bytesHeld + kept.bytesHeld
    for list in overflows { sum += list.bytesHeld }
    for list in types { sum += list.members.bytesHeld + list.fresh.bytesHeld }
    for name in names where name.id.text.utf8.count > 15 { sum += 32 + name.id.text.utf8.count }
    return sum
  }
}

/// The limits up to which the events of histories are visible.
struct HistoryLimits: Sendable {
  /// The last visible position in the log.
  var log = Int32.max
  /// The number of visible unpublished events.
  var kept = Int32.max

  @inline(__always)
  var isOpen: Bool { log == .max && kept == .max }

  @inline(__always)
  func allow(_ entry: Int32) -> Bool { entry > 0 ? entry <= log : -entry <= kept }
}
