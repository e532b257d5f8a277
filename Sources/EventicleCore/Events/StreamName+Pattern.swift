extension StreamName {
  private static let star: UInt8 = 0x2A

  /// Whether the name has a `*` in it and so stands for several streams.
  public var isPattern: Bool { logicalBytes.contains(StreamName.star) }

  /// Whether a stream's name matches this one, in which `*` stands for any characters.
  ///
  /// Declared names are compared; the workspace of either stream is ignored.
  public func covers(_ stream: StreamName) -> Bool {
    let pattern = Array(logicalBytes)
    let name = Array(stream.logicalBytes)
    return fitsWildcards(
      patternCount: pattern.count, textCount: name.count,
      isStar: { pattern[$0] == StreamName.star },
      length: { pattern[$0] == name[$1] ? 1 : nil })
  }
}
