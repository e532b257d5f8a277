extension StreamName {
  /// Whether this stands for several streams, because it has a `*` in it.
  public var isPattern: Bool { logicalBytes.contains(0x2A) }

  /// Whether a stream's name fits this one, in which `*` stands for any characters.
  ///
  /// Names are compared as they are declared: whose a stream is plays no part in it.
  public func covers(_ stream: StreamName) -> Bool {
    let pattern = Array(logicalBytes)
    let name = Array(stream.logicalBytes)
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
