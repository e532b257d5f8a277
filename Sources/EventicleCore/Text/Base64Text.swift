/// Bytes as text of 64 letters, padded, as RFC 4648 has it.
package enum Base64Text {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The value of each letter, 0xFF for bytes that are none.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xFF, count: 256)
    for (value, letter) in letters.enumerated() { values[Int(letter)] = UInt8(value) }
    return values
  }()

  /// The text of some bytes.
  package static func text(of bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    output.reserveCapacity((bytes.count + 2) / 3 * 4)
    var place = 0
    while place < bytes.count {
      let count = min(3, bytes.count - place)
      var word = UInt32(bytes[place]) << 16
      if count > 1 { word |= UInt32(bytes[place + 1]) << 8 }
      if count > 2 { word |= UInt32(bytes[place + 2]) }
      for letter in 0..<4 {
        let value = Int(word >> UInt32(18 - 6 * letter)) & 63
        output.append(letter <= count ? letters[value] : 0x3D)
      }
      place += 3
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The bytes of a text; `nil` unless it is written just as ``text(of:)`` writes them.
  static func bytes(of text: String) -> [UInt8]? {
    let input = Array(text.utf8)
    guard input.count.isMultiple(of: 4) else { return nil }
    var end = input.count
    while end > 0, input.count - end < 2, input[end - 1] == 0x3D { end -= 1 }
    var output: [UInt8] = []
    output.reserveCapacity(input.count / 4 * 3)
    var (word, bits) = (UInt32(0), UInt32(0))
    for byte in input[..<end] {
      let value = values[Int(byte)]
      guard value != 0xFF else { return nil }
      word = word << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        output.append(UInt8(truncatingIfNeeded: word >> bits))
        word &= 1 << bits - 1
      }
    }
    // What is left over is padding of zeros, or another text would mean the same bytes.
    return word == 0 ? output : nil
  }
}
