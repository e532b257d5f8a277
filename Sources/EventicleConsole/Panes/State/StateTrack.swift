import EventicleCore

/// Where a machine was, one configuration after another, and boxed where it is.
struct StateTrack {
  private let words: [DisplayText]

  /// The most configurations that are kept for one line.
  private static let most = 40

  init(_ track: [String]) {
    words = track.suffix(StateTrack.most).map { PaneText.data($0, limit: 60) }
  }

  /// ` … → locked → ▐unlocked▌`, shortened from the left; nothing when it never went anywhere.
  func lines(columns: Int) -> [StyledLine] {
    guard words.count > 1 else { return [] }
    var dropped = 0
    var line = line(without: dropped)
    while line.width > columns, dropped < words.count - 1 {
      dropped += 1
      line = self.line(without: dropped)
    }
    return [line.truncated(to: columns)]
  }

  private func line(without dropped: Int) -> StyledLine {
    var line = StyledLine(" ")
    if dropped > 0 { line.add("… → ", .chartEdge) }
    for word in words.dropLast().dropFirst(dropped) {
      line.add(word, .chartStateVisited)
      line.add(" → ", .chartEdge)
    }
    if let here = words.last { line.add("▐" + here + "▌", .chartStateCurrent) }
    return line
  }
}
