/// Canonical lower-case UUID text, and the two words that it stands for.
enum UUIDText {
  /// The length of the text in bytes.
  static let length = 36

  /// The words of a text; `nil` unless it is 36 bytes of the canonical lower-case form.
  @inline(__always)
  static func words(of bytes: UnsafeBufferPointer<UInt8>) -> (high: UInt64, low: UInt64)? {
    guard bytes.count == length, let base = UnsafeRawPointer(bytes.baseAddress),
      bytes[8] == 0x2D, bytes[13] == 0x2D, bytes[18] == 0x2D, bytes[23] == 0x2D
    else { return nil }
    func four(_ place: Int) -> UInt64 {
      UInt64(UInt32(littleEndian: base.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
    }
    func eight(_ place: Int) -> UInt64 {
      UInt64(littleEndian: base.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
    guard let a = value(of: eight(0)), let b = value(of: four(9) | four(14) << 32),
      let c = value(of: four(19) | four(24) << 32), let d = value(of: eight(28))
    else { return nil }
    return (a << 32 | b, c << 32 | d)
  }

  /// Writes the 36 bytes of the text.
  @inline(__always)
  static func spell(_ high: UInt64, _ low: UInt64, to bytes: UnsafeMutableRawPointer) {
    func put(_ digits: UInt64, _ place: Int) {
      bytes.storeBytes(of: digits.littleEndian, toByteOffset: place, as: UInt64.self)
    }
    func put(half digits: UInt64, _ place: Int) {
      bytes.storeBytes(
        of: UInt32(truncatingIfNeeded: digits).littleEndian, toByteOffset: place, as: UInt32.self)
    }
    let (b, c) = (digits(of: high & 0xFFFF_FFFF), digits(of: low >> 32))
    put(digits(of: high >> 32), 0)
    put(half: b, 9)
    put(half: b >> 32, 14)
    put(half: c, 19)
    put(half: c >> 32, 24)
    put(digits(of: low & 0xFFFF_FFFF), 28)
    for place in [8, 13, 18, 23] {
      bytes.storeBytes(of: 0x2D, toByteOffset: place, as: UInt8.self)
    }
  }

  /// The text of two words.
  static func text(_ high: UInt64, _ low: UInt64) -> String {
    String(unsafeUninitializedCapacity: length) { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      spell(high, low, to: UnsafeMutableRawPointer(base))
      return length
    }
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// Eight hexadecimal digits, the first in the lowest byte, as one number.
  @inline(__always)
  private static func value(of digits: UInt64) -> UInt64? {
    let nibbles = (digits & (ones &* 0x0F)) &+ ((digits >> 6) & ones) &* 9
    // A text that does not read back the same has a wrong or an upper-case digit.
    guard nibbles & (ones &* 0xF0) == 0, text(of: nibbles) == digits else { return nil }
    var packed = nibbles.byteSwapped
    packed = (packed | packed >> 4) & 0x00FF_00FF_00FF_00FF
    packed = (packed | packed >> 8) & 0x0000_FFFF_0000_FFFF
    return (packed | packed >> 16) & 0xFFFF_FFFF
  }

  /// The eight hexadecimal digits of a number, the first in the lowest byte.
  @inline(__always)
  private static func digits(of value: UInt64) -> UInt64 {
    var spread = (value | value << 16) & 0x0000_FFFF_0000_FFFF
    spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FF
    spread = (spread | spread << 4) & (ones &* 0x0F)
    return text(of: spread.byteSwapped)
  }

  @inline(__always)
  private static func text(of nibbles: UInt64) -> UInt64 {
    nibbles &+ ones &* 0x30 &+ ((nibbles &+ ones &* 6) >> 4 & ones) &* 39
  }
}
