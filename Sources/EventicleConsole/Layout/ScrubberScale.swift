import EventicleCore

/// Maps journal entries to columns of the line below the panes.
struct ScrubberScale: Hashable, Sendable {
  /// The first column of the track.
  let start: Int
  /// The number of columns in the track.
  let columns: Int
  /// The number of journal entries.
  let total: Int
  /// The text right of the track.
  let text: String

  /// Creates the scale of a moment for a width.
  ///
  /// - Parameter namesSteps: Whether moments are named to the step, as `#5.1`, or by their last event.
  init(_ moment: MomentView, columns: Int, namesSteps: Bool = true) {
    total = moment.timeline.count
    func words(of name: MomentName) -> String { namesSteps ? "\(name)" : "\(name.position)" }
    var text = words(of: moment.name)
    if !moment.isAtHead {
      text += " of \(words(of: moment.timeline.name(of: moment.timeline.headCursor)))"
    }
    self.text = text
    start = 2
    self.columns = max(0, columns - start - 1 - text.utf8.count - 2)
  }

  /// The column of an entry, counted from the start of the track.
  func column(of entry: JournalIndex) -> Int {
    guard columns > 1, total > 0 else { return 0 }
    return min(max(0, entry.number), total) * (columns - 1) / total
  }

  /// The entries that a column of the track stands for.
  func entries(atColumn place: Int) -> Range<Int> {
    guard columns > 1, total > 0 else { return 1..<1 }
    func first(_ place: Int) -> Int { (place * total + columns - 2) / (columns - 1) }
    let start = max(1, first(place))
    return start..<max(start, min(total + 1, first(place + 1)))
  }

  /// The entry at a column of the screen; `nil` outside the track.
  func entry(atColumn column: Int) -> JournalIndex? {
    let place = column - start
    guard place >= 0, place < columns, total > 0 else { return nil }
    guard columns > 1 else { return JournalIndex(total) }
    return JournalIndex((place * total + columns - 2) / (columns - 1))
  }
}
