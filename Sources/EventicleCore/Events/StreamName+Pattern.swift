extension StreamName {
  private static let star: UInt8 = 0x2A

  /// Whether this stands for several streams, because it has a `*` in it.
  public var isPattern: Bool { text.utf8.contains(StreamName.star) }

  /// Whether a stream's name fits this one, in which `*` stands for any characters.
  public func covers(_ stream: StreamName) -> Bool {
    withTextBytes(text) { pattern in
      withTextBytes(stream.text) { name in
        fitsWildcards(
          patternCount: pattern.count, textCount: name.count,
          isStar: { pattern[$0] == StreamName.star },
          length: { pattern[$0] == name[$1] ? 1 : nil })
      }
    }
  }
}

extension [StreamName] {
  /// Whether a stream is one of these names, or fits one in which a `*` stands for any characters.
  public func names(_ stream: StreamName) -> Bool {
    contains { $0 == stream || ($0.isPattern && $0.covers(stream)) }
  }
}
