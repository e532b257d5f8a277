/// Whether two texts are the same UTF-8 bytes; a few nanoseconds when they share their storage.
@inline(__always)
package func isSameText(_ left: String, _ right: String) -> Bool {
  // Equal representations hold equal bytes; unequal ones may too.
  let (a, b) = (unsafeBitCast(left, to: TextWords.self), unsafeBitCast(right, to: TextWords.self))
  if a.low == b.low, a.high == b.high { return true }
  return left.utf8.count == right.utf8.count && hasSameBytes(left, right)
}

/// The two words that represent a `String`, to recognise an identical one.
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
