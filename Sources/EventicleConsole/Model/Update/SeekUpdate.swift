import EventicleCore

/// The row that is selected in the tail is the moment that is shown.
enum SeekUpdate {
  /// Goes to the moment of the selected row; the newest row stands for the newest moment.
  static func seek(_ model: inout Model) -> [Effect] {
    guard let entry = model.selectedEntry else { return [] }
    model.seeking = entry
    guard !model.tail.isFollowing else { return [.seek(entry, line: "goto end")] }
    let place = model.selectedPosition.map { "\($0)" } ?? "\(entry)"
    return [.seek(entry, line: "goto \(place)")]
  }

  /// The moment of a row is shown; the other panes show what the row is about.
  static func arrive(at entry: JournalIndex, _ model: inout Model) {
    guard model.seeking == entry else { return }
    model.seeking = nil
    SubjectUpdate.follow(&model)
  }
}
