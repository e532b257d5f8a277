/// Walks over text that is known to be JSON, so that nothing has to be checked again.
///
/// It finds the ends of values; every read stays within the bytes all the same.
struct TrustedScanner {
  private let start: UnsafePointer<UInt8>
  private let end: Int
  private(set) var offset: Int

  /// Begins at an offset of some bytes, `nil` when there are none.
  @inline(__always)
  init?(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) {
    guard let start = bytes.baseAddress else { return nil }
    self.start = start
    end = bytes.count
    self.offset = offset
  }

  /// The byte at the present place; 0, which no JSON has outside of a string, at the end.
  @inline(__always)
  var current: UInt8 { offset < end ? start[offset] : 0 }

  @inline(__always)
  mutating func advance() { offset += 1 }

  @inline(__always)
  mutating func skipSpace() {
    while offset < end, start[offset] <= 0x20 { offset += 1 }
  }

  /// Skips a string from its opening quote; returns the range between the quotes and whether it is
  /// free of escapes.
  @inline(__always)
  mutating func skipString() -> (content: Range<Int>, isPlain: Bool) {
    let first = offset + 1
    var place = first
    var isPlain = true
    let ones: UInt64 = 0x0101_0101_0101_0101
    while place < end {
      if place + 8 <= end {
        let word = UnsafeRawPointer(start).loadUnaligned(fromByteOffset: place, as: UInt64.self)
        let quotes = UInt64(littleEndian: word) ^ ones &* 0x22
        let slashes = UInt64(littleEndian: word) ^ ones &* 0x5C
        // The lowest high bit that is set is right; a borrow may set others above it.
        let stops = ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes)
        let ends = stops & (ones &* 0x80)
        guard ends != 0 else {
          place += 8
          continue
        }
        place += ends.trailingZeroBitCount >> 3
      }
      switch start[place] {
      case 0x22:
        offset = place + 1
        return (first..<place, isPlain)
      case 0x5C:
        isPlain = false
        place += 2
      default: place += 1
      }
    }
    offset = end
    return (min(first, end)..<end, isPlain)
  }

  /// Skips one value of any kind and returns the range of its bytes.
  @inline(__always)
  mutating func skipValue() -> Range<Int> {
    let first = offset
    switch current {
    case 0x22: _ = skipString()
    case 0x7B, 0x5B: skipNested()
    default:
      // A number or a word ends where no byte of either can be.
      while offset < end, Self.isScalar(start[offset]) { offset += 1 }
    }
    return first..<offset
  }

  private mutating func skipNested() {
    var depth = 0
    while offset < end {
      switch start[offset] {
      case 0x22:
        _ = skipString()
        continue
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D: depth -= 1
      default: break
      }
      offset += 1
      if depth == 0 { return }
    }
  }

  @inline(__always)
  private static func isScalar(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte != 0x2C && byte != 0x5D && byte != 0x7D
  }
}
