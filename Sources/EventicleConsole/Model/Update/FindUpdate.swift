import EventicleCore
import EventicleWorkbench

/// Finding in lists and trees: the prompt, the walk from hit to hit, and the folds.
enum FindUpdate {
  /// Opens the prompt for the pane with the focus; what was found before stays until one types.
  static func open(_ model: inout Model) -> [Effect] {
    let pane = model.focus
    var row = 0
    if pane != .tail {
      let rows = PaneTable[pane]?.findable(model)
      if let reason = rows?.nothing {
        model.message = StatusMessage(reason, .warning)
        return []
      }
      row = rows?.selected ?? 0
    }
    model.finding = Finding(
      pane: pane, place: JumpUpdate.place(model), entry: model.selectedEntry, row: row)
    BarUpdate.open(.search, text: "", &model)
    return []
  }

  /// Folds or unfolds the rest while one types.
  static func turnFold(_ model: inout Model) {
    guard let finding = model.finding else { return }
    if finding.pane == .tail {
      model.tail.fold(model.tail.find?.isFolded == false)
    } else {
      model.finds[finding.pane]?.isFolded.toggle()
    }
  }

  /// Searches for what is typed now.
  static func change(to text: String, _ model: inout Model) -> [Effect] {
    guard let finding = model.finding else { return [] }
    model.finding?.problem = nil
    let typed = text.trimmingSpaces
    guard finding.pane == .tail else {
      let wasFolded = model.finds[finding.pane]?.isFolded ?? false
      model.finds[finding.pane] = typed.isEmpty ? nil : ListFind(typed, isFolded: wasFolded)
      refresh(&model)
      let row = model.finds[finding.pane]?.nearest(to: finding.row) ?? finding.row
      return PaneUpdate.send(.select(row), to: finding.pane, &model) ?? []
    }
    let isFolded = model.tail.find?.isFolded ?? false
    var filter: FilterExpression?
    do throws(LanguageError) {
      filter = typed.isEmpty ? nil : try FilterExpression(parsing: typed)
    } catch {
      model.finding?.problem = error.message
    }
    return PaneUpdate.changeTail(&model) { tail, context in
      var requests = TailPane.find(
        filter, text: typed, isFolded: isFolded, walk: finding.entry.map { .nearest($0) }, &tail,
        context)
      if filter == nil, let entry = finding.entry, tail.selectedEntry != entry {
        TailPane.select(entry, &tail, context)
        requests.append(.seek)
      }
      return requests
    }
  }

  /// Keeps what was found.
  ///
  /// - Returns: Why it cannot be, in the words of the language; `nil` when it is kept.
  static func keep(_ line: String, _ model: inout Model) -> LanguageError? {
    if model.finding?.pane == .tail {
      do throws(LanguageError) {
        _ = try FilterExpression(parsing: line.trimmingSpaces)
      } catch {
        return error
      }
    }
    close(&model)
    return nil
  }

  /// Brings everything back; the selection stays where it is.
  static func cancel(_ model: inout Model) -> [Effect] {
    let pane = model.finding?.pane
    close(&model)
    return pane.map { clear($0, &model) } ?? []
  }

  /// Closes the prompt; the way back leads to where one stood.
  private static func close(_ model: inout Model) {
    model.bar = nil
    guard let finding = model.finding else { return }
    model.finding = nil
    let row = PaneTable[finding.pane]?.findable(model).selected
    let isMoved =
      finding.pane == .tail ? model.selectedEntry != finding.entry : row != finding.row
    guard isMoved else { return }
    JumpUpdate.remember(finding.place, &model)
  }

  // MARK: - What was found and kept

  /// Whether something is searched for in a pane.
  static func isActive(_ pane: PaneID, _ model: Model) -> Bool {
    pane == .tail ? model.tail.find != nil : model.finds[pane] != nil
  }

  /// Ends the search in a pane.
  static func clear(_ pane: PaneID, _ model: inout Model) -> [Effect] {
    guard pane == .tail else {
      model.finds[pane] = nil
      return []
    }
    return PaneUpdate.changeTail(&model) { tail, context in
      TailPane.find(nil, text: "", &tail, context)
    }
  }

  /// Walks to the next or previous hit of the pane with the focus; without one, of the tail.
  static func walk(forward: Bool, _ model: inout Model) -> [Effect] {
    let pane = model.focus
    guard pane != .tail, let find = model.finds[pane] else {
      return PaneUpdate.send(
        .action(forward ? .nextMatch : .previousMatch), to: .tail, &model) ?? []
    }
    let row = PaneTable[pane]?.findable(model).selected ?? 0
    guard let next = find.next(after: row, forward: forward) else {
      model.message = StatusMessage("no row has \"\(find.text)\"", .warning)
      return []
    }
    let effects = PaneUpdate.send(.select(next.row), to: pane, &model) ?? []
    let once = next.isWrapped ? ", once round" : ""
    model.message = StatusMessage(
      "\"\(find.text)\": hit \(find.hits(upTo: next.row)) of \(find.hits.count)\(once)")
    return effects
  }

  /// Looks through the lists on the screen again where they are others than before.
  static func refresh(_ model: inout Model) {
    guard !model.finds.isEmpty else { return }
    let layout = model.layout
    for (pane, find) in model.finds where layout.panes[pane] != nil {
      guard let rows = PaneTable[pane]?.findable(model) else { continue }
      guard rows.nothing == nil else {
        model.finds[pane] = nil
        continue
      }
      var find = find
      guard find.look(through: rows) else { continue }
      model.finds[pane] = find
      _ = PaneUpdate.send(.reveal, to: pane, &model)
    }
  }
}
