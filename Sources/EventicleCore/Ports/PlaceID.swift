/// Ids for events that have none: made of their place, so that reading one again gives the same.
package enum PlaceID {
  /// The id of the event at a place, as a UUID of version 5 in a name space of its own.
  package static func id(of place: EventPlace, in stream: String) -> EventID {
    var bytes = space
    bytes += place.text(in: stream).utf8
    let digest = SHA1.digest(of: bytes)
    var high: UInt64 = 0
    var low: UInt64 = 0
    for byte in digest[..<8] { high = high << 8 | UInt64(byte) }
    for byte in digest[8..<16] { low = low << 8 | UInt64(byte) }
    high = high & ~0xF000 | 0x5000
    low = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return EventID(uuidHigh: high, low: low)
  }

  /// `a3d7b1c4-52f0-5e8e-9c1d-6e76656e7463`, drawn once for places.
  private static let space: [UInt8] = [
    0xA3, 0xD7, 0xB1, 0xC4, 0x52, 0xF0, 0x5E, 0x8E, 0x9C, 0x1D, 0x6E, 0x76, 0x65, 0x6E, 0x74, 0x63,
  ]
}

/// SHA-1 as RFC 3174 has it, for UUIDs of version 5 alone: it protects nothing.
enum SHA1 {
  static func digest(of message: [UInt8]) -> [UInt8] {
    var words: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
    var padded = message + [0x80]
    while padded.count % 64 != 56 { padded.append(0) }
    let bits = UInt64(message.count) * 8
    for shift in stride(from: 56, through: 0, by: -8) {
      padded.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    for block in stride(from: 0, to: padded.count, by: 64) {
      mix(padded[block..<block + 64], into: &words)
    }
    return words.flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  private static func mix(_ block: ArraySlice<UInt8>, into words: inout [UInt32]) {
    var w = [UInt32](repeating: 0, count: 80)
    for (index, byte) in block.enumerated() { w[index / 4] = w[index / 4] << 8 | UInt32(byte) }
    for index in 16..<80 {
      w[index] = rotated(w[index - 3] ^ w[index - 8] ^ w[index - 14] ^ w[index - 16], 1)
    }
    var (a, b, c, d, e) = (words[0], words[1], words[2], words[3], words[4])
    for index in 0..<80 {
      let (mixed, constant): (UInt32, UInt32) =
        switch index {
        case 0..<20: (b & c | ~b & d, 0x5A82_7999)
        case 20..<40: (b ^ c ^ d, 0x6ED9_EBA1)
        case 40..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
        default: (b ^ c ^ d, 0xCA62_C1D6)
        }
      let next = rotated(a, 5) &+ mixed &+ e &+ constant &+ w[index]
      (e, d, c, b, a) = (d, c, rotated(b, 30), a, next)
    }
    for (index, word) in [a, b, c, d, e].enumerated() { words[index] = words[index] &+ word }
  }

  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word << count | word >> (32 - count)
  }
}
