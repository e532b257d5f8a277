import EventicleCore
import EventicleWorkbench

/// Reads for the tail in portions beside the terminal's thread, so that no key waits for it.
enum TailReadingUpdate {
  /// Asks for the rows that the tail lacks, and for the next rows of a search.
  static func ask(_ model: inout Model) -> [Effect] {
    var effects: [Effect] = []
    if let request = model.tail.askForRows(of: model.shown) { effects.append(.readRows(request)) }
    if var search = model.tail.searching, !search.isAsked {
      search.isAsked = true
      model.tail.searching = search
      effects.append(.search(search))
    }
    return effects
  }

  /// Takes rows that were asked for.
  static func take(_ answer: TailRowsAnswer, _ model: inout Model) -> [Effect] {
    guard model.tail.take(answer) else { return [] }
    let selected = model.selectedEntry
    let isFollowed = model.tail.afterReading.follows
    let effects = PaneUpdate.changeTail(&model) { tail, context in
      TailPane.advance(&tail, context)
    }
    // New entries arrived in many portions; the other panes follow once.
    let isDone = !model.tail.lacksRows(of: model.shown)
    if isDone, let look = model.restoring {
      model.restoring = nil
      model.show(look)
    } else if isDone, !isFollowed, model.selectedEntry != selected {
      SubjectUpdate.follow(&model)
    }
    return effects
  }

  /// Takes the outcome of a portion of a search.
  static func take(_ search: TailSearch, _ model: inout Model) -> [Effect] {
    guard let asked = model.tail.searching, asked.generation == search.generation,
      asked.pattern == search.pattern, asked.start == search.start, asked.done <= search.done
    else { return [] }
    var search = search
    search.isAsked = false
    return PaneUpdate.changeTail(&model) { tail, _ in TailPane.advance(search, &tail) }
  }

  /// Ends the search under way, else the filter; the rows are then those without a filter.
  static func end(_ model: inout Model) -> [Effect] {
    if model.tail.searching != nil {
      model.tail.searching = nil
      model.message = StatusMessage("the search was ended", .warning)
      return []
    }
    let effects = PaneUpdate.changeTail(&model) { tail, context in
      TailPane.filter(by: nil, text: "", &tail, context)
    }
    model.message = StatusMessage("the filter was ended; all events are shown", .warning)
    return effects
  }
}

extension TailModel {
  /// A line for the message row while a person waits for rows; `nil` otherwise.
  var readingText: String? {
    guard let reading = readingProgress else { return nil }
    let progress = WorkProgress(reading.activity, done: reading.done, of: reading.total)
    return (WorkModel.parts(progress, reading.took) + ["^C ends it"]).joined(separator: " · ")
  }
}
