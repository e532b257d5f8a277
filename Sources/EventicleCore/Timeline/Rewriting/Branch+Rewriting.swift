extension Branch {
  /// The branch with another history: one thing is changed, and what follows is performed again with
  /// the present code.
  ///
  /// - Parameter goesOn: Asked after each step with the number of steps so far; `false` ends it.
  /// - Throws: ``HistoryEditError`` when the change makes no sense, or what follows cannot be
  ///   performed again.
  /// - Complexity: That of the recorded work after the change.
  package func rewritten(
    _ edit: HistoryEdit, goesOn: @escaping (Int) -> Bool = { _ in true }
  ) throws(HistoryEditError) -> (branch: Branch, report: RewriteReport) {
    let plan = try plan(of: edit)
    var rewriter = HistoryRewriter(self, from: plan.moment, goesOn: goesOn)
    var entry = plan.moment.entry.next
    if case .insert(let events, let stream, _) = edit {
      try rewriter.insert(.emit(events, to: stream))
    }
    if plan.after == nil, let moved = plan.moved {
      try rewriter.take(moved, moved.edit, from: numbering(before: moved))
    }
    while entry <= timeline.last, let step = RecordedStep(of: entry, in: timeline) {
      entry = step.range.upperBound.next
      if step.first == plan.moved?.first {
        // One that is moved forward is still to come.
        rewriter.leave(step)
        continue
      }
      try rewriter.take(step, self.edit(of: step, edit))
      if let moved = plan.moved, step.first == plan.after?.first {
        try rewriter.take(moved, moved.edit, from: numbering(before: moved))
      }
    }
    try rewriter.finish(self)
    var branch = rewriter.branch
    if let origin, origin.moment.entry > plan.moment.entry {
      branch.origin = Origin(parent: origin.parent, moment: plan.moment)
    }
    return (branch, rewriter.report)
  }

  /// Where a step drew its ids from; of counters only those that it drew from.
  private func numbering(before step: RecordedStep) -> Numbering {
    let start = timeline.world(at: before(step), nearby: (cursor, shown))
    let end = timeline.world(
      at: TimeCursor(entry: step.range.upperBound), nearby: (before(step), start))
    let (old, new) = (start.numbering, end.numbering)
    var drawn: [String: Int] = [:]
    for (name, last) in new.counters where last != old.counters[name] ?? 0 {
      drawn[name] = old.counters[name] ?? 0
    }
    return Numbering(draws: old.draws, counters: drawn, series: old.series)
  }

  private struct Plan {
    /// The moment up to which the history stays as it is.
    let moment: TimeCursor
    /// The step that is taken elsewhere.
    var moved: RecordedStep?
    /// The step after which it is taken; `nil` when it is taken before everything else.
    var after: RecordedStep?
  }

  private func plan(of edit: HistoryEdit) throws(HistoryEditError) -> Plan {
    switch edit {
    case .skip(let position), .change(let position, _):
      return Plan(moment: before(try step(of: position)))
    case .refuse(let entry, _):
      let step = try step(at: entry)
      guard step.runsHandler else { throw .nothingRefuses(entry) }
      return Plan(moment: before(step))
    case .insert(_, _, let position):
      guard position.number > 0 else { return Plan(moment: TimeCursor(entry: JournalIndex(0))) }
      return Plan(moment: TimeCursor(entry: try step(of: position).range.upperBound))
    case .move(let entry, let other):
      let moved = try step(at: entry)
      guard other.number > 0 else {
        try check(moved, after: JournalIndex(0))
        return Plan(moment: TimeCursor(entry: JournalIndex(0)), moved: moved)
      }
      let after = try step(at: other)
      guard moved.first != after.first else { throw .staysWhere }
      guard moved.first > after.first else {
        return Plan(moment: before(moved), moved: moved, after: after)
      }
      try check(moved, after: after.range.upperBound)
      return Plan(moment: TimeCursor(entry: after.range.upperBound), moved: moved)
    }
  }

  /// Throws when a step follows from something that comes after an entry.
  private func check(
    _ moved: RecordedStep, after end: JournalIndex
  ) throws(HistoryEditError) {
    guard case .delivery(let cause, _, _, _)? = moved.kind,
      let entry = timeline.appendEntry(of: cause), entry > end
    else { return }
    throw .comesTooEarly(cause: cause)
  }

  private func step(at entry: JournalIndex) throws(HistoryEditError) -> RecordedStep {
    guard entry.number >= 1, let step = RecordedStep(of: entry, in: timeline) else {
      throw .noStep(entry, last: timeline.last)
    }
    return step
  }

  private func step(of position: Position) throws(HistoryEditError) -> RecordedStep {
    guard position.number >= 1, let entry = timeline.appendEntry(of: position),
      let step = RecordedStep(of: entry, in: timeline)
    else { throw .noEvent(position, last: timeline.head.log.last) }
    return step
  }

  private func before(_ step: RecordedStep) -> TimeCursor {
    TimeCursor(entry: JournalIndex(step.first.number - 1))
  }

  /// What is changed of what a step gives: what was changed before, and what is changed now.
  private func edit(of step: RecordedStep, _ edit: HistoryEdit) -> StepEdit {
    var own = step.edit
    switch edit {
    case .skip(let position):
      if let number = step.number(of: position) { own.events[number] = .skip }
    case .change(let position, let data):
      if let number = step.number(of: position) { own.events[number] = .data(data) }
    case .refuse(let entry, let reason) where step.range.contains(entry): own.refusal = reason
    case .refuse, .move, .insert: break
    }
    return own
  }
}

extension RecordedStep {
  /// What was changed of what it gives, without the numbers that it draws.
  fileprivate var edit: StepEdit {
    var edit = input.action.edit
    edit.numbering = nil
    return edit
  }

  /// Whether it runs a handler, which could refuse.
  fileprivate var runsHandler: Bool {
    switch kind {
    case .delivery, .timerFired, .command: true
    default: false
    }
  }
}
