/// A fast hash of bytes and words, for tables that check what they find.
enum QuickHash {
  private static let first: UInt64 = 0xA076_1D64_78BD_642F
  private static let second: UInt64 = 0xE703_7ED1_A0B4_28DB

  @inline(__always)
  static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    return high ^ low
  }

  /// The hash of two words.
  @inline(__always)
  static func words(_ high: UInt64, _ low: UInt64) -> UInt64 {
    mix(mix(high ^ first, low ^ second) ^ first, (low &+ high) | 1)
  }

  /// The hash of bytes, continued from `seed`.
  @inline(__always)
  static func bytes(_ bytes: UnsafeBufferPointer<UInt8>, after seed: UInt64 = 0) -> UInt64 {
    var hash = seed ^ second
    let count = bytes.count
    guard let base = UnsafeRawPointer(bytes.baseAddress), count > 0 else { return mix(hash, first) }
    var place = 0
    while place + 8 <= count {
      let word = base.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      hash = mix(hash ^ word, first)
      place += 8
    }
    if place < count {
      var word: UInt64 = 0
      var shift: UInt64 = 0
      while place < count {
        word |= UInt64(bytes[place]) << shift
        shift += 8
        place += 1
      }
      hash = mix(hash ^ word, second)
    }
    return mix(hash ^ UInt64(count), first)
  }

  /// The hash of a text, continued from `seed`.
  @inline(__always)
  static func text(_ text: String, after seed: UInt64 = 0) -> UInt64 {
    withTextBytes(text) { bytes($0, after: seed) }
  }
}
