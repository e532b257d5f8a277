extension StreamName {
  /// Whether this stands for several streams, because it has a `*` in it.
  public var isPattern: Bool { text.utf8.contains(0x2A) }

  /// Whether a stream's name fits this one, in which `*` stands for any characters.
  public func covers(_ stream: StreamName) -> Bool {
    let pattern = Array(text.utf8)
    let name = Array(stream.text.utf8)
    var (place, at) = (0, 0)
    var star: (place: Int, at: Int)?
    while at < name.count {
      if place < pattern.count, pattern[place] == 0x2A {
        star = (place, at)
        place += 1
      } else if place < pattern.count, pattern[place] == name[at] {
        place += 1
        at += 1
      } else if let last = star {
        star = (last.place, last.at + 1)
        place = last.place + 1
        at = last.at + 1
      } else {
        return false
      }
    }
    while place < pattern.count, pattern[place] == 0x2A { place += 1 }
    return place == pattern.count
  }
}

extension [StreamName] {
  /// Whether a stream is one of these names, or fits one in which a `*` stands for any characters.
  public func names(_ stream: StreamName) -> Bool {
    contains { $0 == stream || ($0.isPattern && $0.covers(stream)) }
  }
}
