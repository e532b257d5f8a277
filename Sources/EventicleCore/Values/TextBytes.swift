/// Whether two texts are the same UTF-8 bytes; a few nanoseconds when they share their memory.
@inline(__always)
func isSameText(_ left: String, _ right: String) -> Bool {
  // Equal representations hold equal bytes; unequal ones may too.
  let (a, b) = (unsafeBitCast(left, to: TextWords.self), unsafeBitCast(right, to: TextWords.self))
  if a.low == b.low, a.high == b.high { return true }
  return left.utf8.count == right.utf8.count && hasSameBytes(left, right)
}

/// The two words of a string, to tell whether it is the very same one.
private struct TextWords {
  let low: UInt64
  let high: UInt64
}

@inline(never)
private func hasSameBytes(_ left: String, _ right: String) -> Bool {
  withTextBytes(left) { a in
    withTextBytes(right) { b in
      guard let left = UnsafeRawPointer(a.baseAddress), let right = UnsafeRawPointer(b.baseAddress)
      else { return true }
      var place = 0
      while place + 8 <= a.count {
        let (x, y) = (
          left.loadUnaligned(fromByteOffset: place, as: UInt64.self),
          right.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        )
        if x != y { return false }
        place += 8
      }
      while place < a.count {
        if a[place] != b[place] { return false }
        place += 1
      }
      return true
    }
  }
}

/// Lends the UTF-8 bytes of a text.
@inline(__always)
func withTextBytes<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result
{
  if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
  var copy = text
  return copy.withUTF8(body)
}

/// A fast hash of bytes and words, good for tables that check what they find.
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

  /// The hash of bytes, begun with the hash of something before them.
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

  /// The hash of a text, begun with the hash of something before it.
  @inline(__always)
  static func text(_ text: String, after seed: UInt64 = 0) -> UInt64 {
    withTextBytes(text) { bytes($0, after: seed) }
  }
}

extension JSON {
  /// A fast hash, the same for equal values, begun with the hash of something before them.
  ///
  /// Objects have the same one whatever is in them.
  func quickHash(after seed: UInt64) -> UInt64 {
    switch self {
    case .null: QuickHash.words(seed, 1)
    case .bool(let value): QuickHash.words(seed, value ? 2 : 3)
    case .number(let number): QuickHash.words(seed, (number.value + 0).bitPattern)
    case .string(let text): QuickHash.text(text, after: seed)
    case .array(let values): values.reduce(QuickHash.words(seed, 4)) { $1.quickHash(after: $0) }
    case .object: QuickHash.words(seed, 5)
    }
  }
}
