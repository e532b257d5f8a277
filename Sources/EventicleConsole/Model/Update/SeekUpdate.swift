import EventicleCore
import EventicleWorkbench

/// The row that is selected in the tail is the moment that is shown.
enum SeekUpdate {
  /// Goes to the moment of the selected row; the newest row stands for the newest moment.
  static func seek(_ model: inout Model) -> [Effect] {
    var awaited: JournalIndex?
    if case .entry(let entry) = model.tail.awaited { awaited = entry }
    guard let entry = awaited ?? model.selectedEntry else { return [] }
    model.seeking = entry
    model.seekKeepsSubjects = false
    guard !model.tail.isFollowing else { return [.seek(entry, line: "goto end")] }
    let position =
      awaited == nil
      ? model.selectedPosition : model.shown.timeline.entry(entry)?.kind.position
    let place = position.map { "\($0)" } ?? "\(entry)"
    return [.seek(entry, line: "goto \(place)")]
  }

  /// Goes to the moment of an entry that a pane other than the tail shows as a row.
  ///
  /// The tail selects the last row of that moment, and nothing is remembered: it is one step of
  /// many, as with the rows of the tail.
  static func stand(on entry: JournalIndex, _ model: inout Model) -> [Effect] {
    let timeline = model.shown.timeline
    guard let kind = timeline.entry(entry)?.kind else { return [] }
    let place: String
    switch kind {
    case .append(let position, _), .imported(let position, _):
      model.tail.select(entry)
      // A filter may hide its row; the nearest one is selected then, and is not the moment.
      if model.selectedEntry != entry { model.tail.isFollowing = false }
      place = "\(position)"
    default:
      // Of the moments behind one row only the last one is the newest.
      let end = timeline.stepEnd(of: entry)
      model.tail.select(end)
      model.tail.isFollowing = end == timeline.last
      place = "\(entry)"
    }
    model.seeking = entry
    model.seekKeepsSubjects = true
    return [.seek(entry, line: "goto \(model.tail.isFollowing ? "end" : place)")]
  }

  /// The moment of a row is shown; the other panes show what the row is about.
  static func arrive(at entry: JournalIndex, _ model: inout Model) {
    guard model.seeking == entry else { return }
    model.seeking = nil
    if model.seekKeepsSubjects {
      PaneUpdate.sendToAll(.row, &model)
      PaneUpdate.sendToAll(.moment, &model)
    } else {
      SubjectUpdate.follow(&model)
    }
  }
}
