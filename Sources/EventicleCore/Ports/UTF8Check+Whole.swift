extension UTF8Check {
  /// Whether bytes are well-formed as a whole.
  static func isValid(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      var place = 0
      while place < buffer.count {
        if buffer[place] < 0x80 {
          place += 1
          continue
        }
        let length = sequenceLength(buffer, at: place)
        guard length > 0 else { return false }
        place += length
      }
      return true
    }
  }
}
