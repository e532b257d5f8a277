import EventicleCore
import EventicleWorkbench

/// Reads for the tail in portions beside the terminal's thread, so that no key waits for it.
enum TailReadingUpdate {
  /// Asks for the rows that the tail lacks, and for the next hits of a search.
  static func ask(_ model: inout Model) -> [Effect] {
    var effects: [Effect] = []
    let shown = model.shown
    if let request = model.tail.askForRows(of: shown) { effects.append(.readRows(request)) }
    if let request = model.tail.find?.ask(of: shown) { effects.append(.find(request)) }
    return effects
  }

  /// Takes rows that were asked for.
  static func take(_ answer: TailRowsAnswer, _ model: inout Model) -> [Effect] {
    guard model.tail.take(answer) else { return [] }
    let selected = model.selectedEntry
    let effects = PaneUpdate.changeTail(&model) { tail, context in
      TailPane.advance(&tail, context)
    }
    // New entries arrived in many portions; the other panes follow once.
    let isDone = !model.tail.lacksNewRows(of: model.shown)
    if isDone, let look = model.restoring, model.tail.hasRow(of: model.moment.cursor.entry) {
      model.restoring = nil
      model.show(look)
    } else if isDone, model.selectedEntry != selected {
      SubjectUpdate.follow(&model)
    }
    return model.tail.arriveAtStart() ? effects + SeekUpdate.seek(&model) : effects
  }

  /// Takes what a search found in a portion.
  static func take(_ answer: TailHitsAnswer, _ model: inout Model) -> [Effect] {
    guard model.tail.take(answer) else { return [] }
    return PaneUpdate.changeTail(&model) { tail, context in TailPane.advance(&tail, context) }
  }

  /// Ends the search under way; the rows are then all rows.
  static func end(_ model: inout Model) -> [Effect] {
    let effects = FindUpdate.clear(.tail, &model)
    model.message = StatusMessage("the search was ended; all rows are shown", .warning)
    return effects
  }
}

extension TailModel {
  /// A line for the message row while a person waits for a search; `nil` otherwise.
  var readingText: String? {
    guard let find, find.isLong, let took = find.took else { return nil }
    let progress = WorkProgress("searching entries", done: find.looked, of: find.goal)
    return (WorkModel.parts(progress, took) + ["^C ends it"]).joined(separator: " · ")
  }
}
