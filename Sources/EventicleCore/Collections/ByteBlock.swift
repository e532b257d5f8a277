/// Bytes that are written once and then shared.
///
/// Places are handed out from the front; bytes that have been handed out never change or move while
/// the block is held.
///
/// Safe to share: a byte is written by the caller that claimed it, before anyone else learns its
/// place.
final class ByteBlock: @unchecked Sendable {
  private let claimed: ClaimCounter

  /// The address of the first byte; valid while the block is held.
  let start: UnsafeMutablePointer<UInt8>

  /// The capacity in bytes.
  let room: Int

  /// A block of `room` bytes, the first `claimed` of which are taken.
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

  /// Claims the next `count` bytes and returns the place of the first; `nil` when there is no room.
  @inline(__always)
  func claim(_ count: Int) -> Int? { claimed.claim(count, of: room) }

  /// Returns the bytes from `place` on; only for a block held once.
  func giveBack(from place: Int) { claimed.giveBack(downTo: place) }
}
