/// The bytes of events, one after the other, in blocks that copies share.
///
/// Every holder of a copy may add to the last block; each byte belongs to one of them.
///
/// Safe to share: the unretained reference is to a block that is held beside it.
struct PayloadBlocks: @unchecked Sendable {
  private static var firstRoom: Int { 4_096 }
  private static var room: Int { 65_536 }

  private var full = PersistentArray<ByteBlock>()
  /// The number of blocks that were let go, before the first of these.
  private var dropped = 0
  private var tail: ByteBlock? {
    didSet { open = tail.map { Unmanaged.passUnretained($0) } }
  }
  /// The last block again, so that claiming retains nothing.
  private var open: Unmanaged<ByteBlock>?

  /// The block with a number from 0.
  @inline(__always)
  subscript(number: UInt32) -> ByteBlock? {
    let number = Int(number) - dropped
    return number < full.count ? full[number] : tail
  }

  /// Claims bytes; the caller writes them before anyone else learns their place.
  @inline(__always)
  mutating func claim(_ count: Int) -> (
    block: UInt32, offset: UInt32, start: UnsafeMutableRawPointer
  ) {
    if let open, let place = open._withUnsafeGuaranteedRef({ $0.claim(count) }) {
      let start = open._withUnsafeGuaranteedRef { $0.start }
      return (UInt32(dropped + full.count), UInt32(place), UnsafeMutableRawPointer(start + place))
    }
    return claimInNewBlock(count)
  }

  @inline(never)
  private mutating func claimInNewBlock(
    _ count: Int
  ) -> (block: UInt32, offset: UInt32, start: UnsafeMutableRawPointer) {
    if let tail { full.append(tail) }
    let room = dropped + full.count == 0 ? Self.firstRoom : Self.room
    let block = ByteBlock(room: Swift.max(room, count), claimed: count)
    tail = block
    return (UInt32(dropped + full.count), 0, UnsafeMutableRawPointer(block.start))
  }

  /// Drops what follows a place, and reuses the memory when nobody else holds it.
  mutating func truncate(toBlock number: UInt32, offset: UInt32) {
    let number = Int(number) - dropped
    if number < full.count {
      tail = full[number]
      full.truncate(to: number)
    }
    if isKnownUniquelyReferenced(&tail) { tail?.giveBack(from: Int(offset)) }
  }

  /// Lets go of the blocks before one; the others keep their numbers.
  mutating func drop(beforeBlock number: UInt32) {
    let count = Swift.min(Int(number) - dropped, full.count)
    guard count > 0 else { return }
    var rest = PersistentArray<ByteBlock>()
    full.forEach(from: count, to: full.count) { rest.append($0) }
    full = rest
    dropped += count
  }

  /// The bytes of memory held.
  var bytesHeld: Int {
    var sum = full.bytesHeld + (tail?.room ?? 0)
    for block in full { sum += block.room + 48 }
    return sum
  }
}
