/// The bytes of events, one after the other in blocks that copies share.
///
/// Whoever holds a copy may add to the last block; each byte belongs to one of them.
// Safe to share: the reference that is not counted is to the block that is held beside it.
struct PayloadBlocks: @unchecked Sendable {
  private static var firstRoom: Int { 4_096 }
  private static var room: Int { 65_536 }

  private var full = PersistentArray<ByteBlock>()
  private var tail: ByteBlock? {
    didSet { open = tail.map { Unmanaged.passUnretained($0) } }
  }
  /// The last block again, so that claiming counts no references.
  private var open: Unmanaged<ByteBlock>?

  /// The block with a number from 0.
  @inline(__always)
  subscript(number: UInt32) -> ByteBlock? {
    let number = Int(number)
    return number < full.count ? full[number] : tail
  }

  /// Takes so many bytes; the caller writes them before anybody else learns of them.
  @inline(__always)
  mutating func claim(_ count: Int) -> (
    block: UInt32, offset: UInt32, start: UnsafeMutableRawPointer
  ) {
    if let open, let place = open._withUnsafeGuaranteedRef({ $0.claim(count) }) {
      let start = open._withUnsafeGuaranteedRef { $0.start }
      return (UInt32(full.count), UInt32(place), UnsafeMutableRawPointer(start + place))
    }
    return claimInNewBlock(count)
  }

  @inline(never)
  private mutating func claimInNewBlock(
    _ count: Int
  ) -> (block: UInt32, offset: UInt32, start: UnsafeMutableRawPointer) {
    if let tail { full.append(tail) }
    let room = full.isEmpty ? Self.firstRoom : Self.room
    let block = ByteBlock(room: Swift.max(room, count), claimed: count)
    tail = block
    return (UInt32(full.count), 0, UnsafeMutableRawPointer(block.start))
  }

  /// Forgets what lies behind a place, and uses it again if nobody else holds it.
  mutating func truncate(toBlock number: UInt32, offset: UInt32) {
    let number = Int(number)
    if number < full.count {
      tail = full[number]
      full.truncate(to: number)
    }
    if isKnownUniquelyReferenced(&tail) { tail?.giveBack(from: Int(offset)) }
  }

  /// How many bytes the blocks take.
  var bytesHeld: Int {
    var sum = full.bytesHeld + (tail?.room ?? 0)
    for block in full { sum += block.room + 48 }
    return sum
  }
}
