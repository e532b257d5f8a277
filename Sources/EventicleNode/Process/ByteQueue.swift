/// Bytes that arrive in any pieces and leave as frames.
struct ByteQueue: Sendable {
  private var bytes: [UInt8] = []
  private var start = 0

  /// The number of bytes that wait.
  var count: Int { bytes.count - start }

  /// Adds bytes at the end; O(bytes), amortised.
  mutating func append(_ more: ArraySlice<UInt8>) {
    if start > 0, start * 2 >= bytes.count {
      bytes.removeFirst(start)
      start = 0
    }
    if let length, bytes.capacity < start + 4 + length, length <= NodePipes.frameBytes {
      // Once from the length, not again with every piece.
      bytes.reserveCapacity(start + 4 + length)
    }
    bytes += more
  }

  /// The length of the frame at the front; `nil` before it has arrived.
  var length: Int? {
    guard count >= 4 else { return nil }
    var length = 0
    for place in 0..<4 { length |= Int(bytes[start + place]) << (8 * place) }
    return length
  }

  /// Takes the frame at the front; `nil` before it has arrived whole.
  mutating func frame() -> [UInt8]? {
    guard let length, count >= 4 + length else { return nil }
    let first = start + 4
    let frame = Array(bytes[first..<first + length])
    start = first + length
    if start == bytes.count {
      bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 20)
      start = 0
    }
    return frame
  }
}
