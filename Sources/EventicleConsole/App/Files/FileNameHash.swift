extension String {
  /// Digits that tell this text from others in the name of a file; the same in every run.
  var fileNameHash: String {
    let hash = utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return String(hash, radix: 16)
  }
}
