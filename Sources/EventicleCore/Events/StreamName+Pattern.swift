extension StreamName {
  private static let star: UInt8 = 0x2A

  /// Whether this stands for several streams, because it has a `*` in it.
  public var isPattern: Bool { logicalBytes.contains(StreamName.star) }

  /// Whether a stream's name fits this one, in which `*` stands for any characters.
  ///
  /// Names are compared as they are declared: whose a stream is plays no part in it.
  public func covers(_ stream: StreamName) -> Bool {
    let pattern = Array(logicalBytes)
    let name = Array(stream.logicalBytes)
    return fitsWildcards(
      patternCount: pattern.count, textCount: name.count,
      isStar: { pattern[$0] == StreamName.star },
      length: { pattern[$0] == name[$1] ? 1 : nil })
  }
}
