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
  /// The kind of the newest event; -1 when it is not known.
  private var last: Int32 = -1
  private(set) var types = NameTable<EventType>()
  private(set) var streams = NameTable<StreamName>()

  /// The kind with a number; valid while the table is held and unchanged.
  @inline(__always)
  subscript(number: Int32) -> UnsafePointer<Kind> { kinds.address(of: Int(number)) }

  /// The number of the kind of an event about to be appended at a position.
  @inline(__always)
  mutating func number(
    of type: EventType, _ stream: StreamName, _ source: String, at position: Int
  ) -> Int32 {
    // Events of a kind follow each other, and their texts are mostly the same storage.
    if last >= 0, isKind(last, of: type, stream, source) { return last }
    let slot = Self.slot(of: type, stream)
    let known = recent[slot]
    if known >= 0, isKind(known, of: type, stream, source) {
      last = known
      return known
    }
    last = slowNumber(of: type, stream, source, at: position, slot)
    return last
  }

  /// Whether a kind is the given one; read in place, because copying it costs more.
  @inline(__always)
  private func isKind(
    _ number: Int32, of type: EventType, _ stream: StreamName, _ source: String
  ) -> Bool {
    let kind = self[number]
    return isSameText(kind.pointee.type.text, type.text) && kind.pointee.stream == stream
      && isSameText(kind.pointee.source, source)
  }

  @inline(__always)
  private static func slot(of type: EventType, _ stream: StreamName) -> Int {
    let hash = QuickHash.text(stream.text, after: QuickHash.text(type.text))
    return Int(truncatingIfNeeded: hash >> 32) & (recentCount - 1)
  }

  @inline(never)
  private mutating func slowNumber(
    of type: EventType, _ stream: StreamName, _ source: String, at position: Int, _ slot: Int
  ) -> Int32 {
    let typeNumber = types.number(of: type, at: position)
    let streamNumber = streams.number(of: stream, at: position)
    let key = Key(type: typeNumber, stream: streamNumber, source: TextKey(text: source))
    var number = Int32(kinds.count)
    if let known = numbers[key] {
      number = known
    } else {
      kinds.append(
        Kind(
          type: type, stream: stream, source: source, typeNumber: typeNumber,
          streamNumber: streamNumber, first: Int32(position)))
      numbers[key] = number
    }
    recent[slot] = number
    return number
  }

  /// The kinds in the order of their numbers.
  var all: [LogKind] {
    (0..<kinds.count).map { number in
      let kind = kinds[number]
      return LogKind(kind.type, kind.stream, kind.source, first: Int(kind.first))
    }
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
    last = -1
  }

  /// The approximate bytes of memory held.
  var bytesHeld: Int {
    kinds.bytesHeld + kinds.count * 48 + recent.count * 4 + types.bytesHeld + streams.bytesHeld
  }
}
