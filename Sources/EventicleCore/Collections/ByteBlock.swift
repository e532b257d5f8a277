/// Bytes that are written once and then shared.
///
/// Places are handed out from the front; what has been handed out never changes and never moves
/// while somebody holds the block.
// Safe to share: a byte is written by the one who claimed it, before anybody else knows of it.
final class ByteBlock: @unchecked Sendable {
  private let claimed: ClaimCounter

  /// Where the bytes are; good while the block is held.
  let start: UnsafeMutablePointer<UInt8>

  /// How many bytes there is room for.
  let room: Int

  /// A block with room for so many bytes, the first of which are taken.
  init(room: Int, claimed: Int = 0) {
    start = .allocate(capacity: room)
    self.room = room
    self.claimed = ClaimCounter(claimed)
  }

  /// A block that holds a copy of some bytes.
  convenience init(copying bytes: UnsafeBufferPointer<UInt8>) {
    self.init(room: bytes.count, claimed: bytes.count)
    if let base = bytes.baseAddress { start.update(from: base, count: bytes.count) }
  }

  deinit { start.deallocate() }

  /// Takes the next bytes and returns the place of the first; `nil` when there is no room.
  @inline(__always)
  func claim(_ count: Int) -> Int? { claimed.claim(count, of: room) }

  /// Gives the bytes from a place on back; only for a block that nobody shares.
  func giveBack(from place: Int) { claimed.giveBack(downTo: place) }
}
