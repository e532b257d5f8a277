/// Hashes that are the same in every run, unlike those of `Hasher`.
package enum ValueHash {
  /// Mixes every bit of a number into all the others.
  package static func mix(_ number: UInt64) -> UInt64 {
    var mixed = number &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// The hash of a text, continued from another number.
  package static func number(of text: String, from start: UInt64) -> UInt64 {
    var number = mix(start)
    for byte in text.utf8 { number = (number ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return mix(number)
  }
}
