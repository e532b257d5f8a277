internal import HashTreeCollections

/// The combinations of type, stream and source that occur, numbered from 0.
///
/// A stream is known by its name and its workspace, so that the number also says whose an event is.
/// An event stores one number for all three. Known combinations are found by comparing words,
/// without hashing texts.
struct EventKinds: Sendable {
  /// One combination.
  struct Kind: Sendable {
    let type: EventType
    let stream: StreamName
    let source: String
    let typeNumber: Int32
    let streamNumber: Int32
    /// The position of the first event of the kind.
    let first: Int32

    @inline(__always)
    func isKind(of event: Event) -> Bool {
      isSameText(type.text, event.type.text) && stream == event.stream
        && isSameText(source, event.source)
    }
  }

  private struct Key: Hashable, Sendable {
    let type: Int32
    let stream: Int32
    let source: TextKey
  }

  private static var recentCount: Int { 128 }

  private var kinds = PersistentArray<Kind>()
  private var numbers = TreeDictionary<Key, Int32>()
  /// Candidates by the hash of their texts, still to be compared; -1 for none.
  private var recent = Array(repeating: Int32(-1), count: EventKinds.recentCount)
  private(set) var types = NameTable<EventType>()
  private(set) var streams = NameTable<StreamName>()

  /// The kind with a number; valid while the table is held and unchanged.
  @inline(__always)
  subscript(number: Int32) -> UnsafePointer<Kind> { kinds.address(of: Int(number)) }

  /// The number of the kind of an event about to be appended at a position.
  @inline(__always)
  mutating func number(of event: Event, at position: Int) -> Int32 {
    let slot = Self.slot(of: event)
    let known = recent[slot]
    if known >= 0, self[known].pointee.isKind(of: event) { return known }
    return slowNumber(of: event, at: position, slot)
  }

  @inline(__always)
  private static func slot(of event: Event) -> Int {
    let hash = QuickHash.text(
      event.stream.text, after: QuickHash.text(event.type.text))
    return Int(truncatingIfNeeded: hash >> 32) & (recentCount - 1)
  }

  @inline(never)
  private mutating func slowNumber(of event: Event, at position: Int, _ slot: Int) -> Int32 {
    let type = types.number(of: event.type, at: position)
    let stream = streams.number(of: event.stream, at: position)
    let key = Key(type: type, stream: stream, source: TextKey(text: event.source))
    var number = Int32(kinds.count)
    if let known = numbers[key] {
      number = known
    } else {
      kinds.append(
        Kind(
          type: event.type, stream: event.stream, source: event.source, typeNumber: type,
          streamNumber: stream, first: Int32(position)))
      numbers[key] = number
    }
    recent[slot] = number
    return number
  }

  /// Drops the kinds that events after a position introduced.
  mutating func truncate(to position: Int) {
    guard let newest = kinds.last, Int(newest.first) > position else { return }
    while let last = kinds.last, Int(last.first) > position {
      numbers[
        Key(type: last.typeNumber, stream: last.streamNumber, source: TextKey(text: last.source))] =
        nil
      kinds.popLast()
    }
    types.truncate(to: position)
    streams.truncate(to: position)
    recent = Array(repeating: -1, count: Self.recentCount)
  }

  /// The approximate bytes of memory held.
  var bytesHeld: Int {
    kinds.bytesHeld + kinds.count * 48 + recent.count * 4 + types.bytesHeld + streams.bytesHeld
  }
}
