import EventicleCore
import EventicleWorkbench

/// Filtering and searching in the tail.
enum TailUpdate {
  /// Filters by what was typed; an empty text clears the filter.
  @discardableResult
  static func set(text: String, _ model: inout Model) -> Reply.Problem? {
    let trimmed = text.trimmingSpaces
    guard !trimmed.isEmpty else {
      set(nil, text: "", &model)
      return nil
    }
    do throws(LanguageError) {
      set(try FilterExpression(parsing: trimmed), text: trimmed, &model)
      return nil
    } catch {
      return Reply.Problem(error.message, column: error.column, length: error.length)
    }
  }

  /// Filters by an expression; `nil` clears the filter.
  static func set(_ filter: FilterExpression?, text: String, _ model: inout Model) {
    model.tail.filter = filter
    model.tail.filterText = filter == nil ? "" : text
    model.tail.showsContext = false
    rebuild(&model)
    model.message = StatusMessage(
      filter == nil
        ? "no filter"
        : "\(model.tail.passed) of \(model.tail.total) events pass; C shows neighbours"
    )
  }

  /// Puts the filter aside, or back, with the cursor on the same row.
  static func toggleContext(_ model: inout Model) {
    model.tail.showsContext.toggle()
    rebuild(&model)
  }

  private static func rebuild(_ model: inout Model) {
    let entry = model.tail.selectedEntry
    let wasFollowing = model.tail.isFollowing
    model.tail.rebuild(from: model.shown)
    if wasFollowing {
      model.tail.selectLast()
    } else if let entry {
      model.tail.select(entry)
      let rows = Layout(model).listRows(of: .tail)
      model.tail.list.settle(visible: rows, count: model.tail.count)
    }
    SubjectUpdate.follow(&model)
  }

  // MARK: - Searching

  /// Searches for a text, from the selected row on.
  static func find(_ pattern: TextPattern, _ model: inout Model) {
    model.tail.search = pattern
    findNext(forward: true, &model)
  }

  /// Selects the next, or previous, row with the text; the search goes round.
  static func findNext(forward: Bool, _ model: inout Model) {
    guard let pattern = model.tail.search, model.tail.count > 0 else {
      model.message = StatusMessage("nothing to search for; / asks", .warning)
      return
    }
    let count = model.tail.count
    for step in 1...count {
      let offset = forward ? step : -step
      let row = ((model.tail.list.selected + offset) % count + count) % count
      guard case .entry(let entry) = model.tail.row(row),
        matches(entry, pattern, model.shown)
      else { continue }
      let wrapped = forward ? row <= model.tail.list.selected : row >= model.tail.list.selected
      JumpUpdate.jump(to: entry, &model)
      model.message = StatusMessage(
        "\"\(pattern.text)\" at row \(row + 1) of \(count)\(wrapped ? ", once round" : "")")
      return
    }
    model.message = StatusMessage("no row has \"\(pattern.text)\"", .warning)
  }

  private static func matches(
    _ entry: JournalIndex, _ pattern: TextPattern, _ moment: MomentView
  ) -> Bool {
    guard let kind = moment.timeline.entry(entry)?.kind else { return false }
    guard let position = kind.position, let event = moment.log.event(at: position) else {
      switch kind {
      case .timerFired(let key, _, _): return pattern.matches(key.description)
      case .command(let type, _, _, _): return pattern.matches(type)
      default: return false
      }
    }
    return pattern.matches(event.type.text) || pattern.matches(event.id.text)
      || pattern.matches(event.stream.text)
      || event.domainID.map { pattern.matches($0.text) } ?? false
      || pattern.matches(utf8: event.data.utf8)
  }
}
