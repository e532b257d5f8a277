import EventicleCore

extension Session {
  /// `skip`, `edit`, `move`, `insert`, `refuse`: changes one thing of the history of the fork in use
  /// and does what follows again.
  mutating func revise(
    _ change: HistoryChange, at span: Span, line: String
  ) throws(LanguageError) -> Reply {
    guard !used.branch.isMain else {
      throw span.error(BranchError.keepsItsHistory(used.branch.name).description)
    }
    let edit = try edit(change)
    let (before, watch) = (used, watch)
    let result: (branch: Branch, report: RewriteReport)
    do throws(HistoryEditError) {
      result = try used.branch.rewritten(edit) { steps in
        watch.goesOn(WorkProgress("doing it again", done: steps))
      }
    } catch { throw span.error(error.description) }
    try replaceHistory(
      with: result.branch, from: result.report.moment, before, line, span)
    return reply(line, result.report, before)
  }

  /// Goes on with another history of the fork in use, which undo takes back.
  ///
  /// - Throws: ``LanguageError`` when another fork left after the moment up to which it is the same.
  mutating func replaceHistory(
    with branch: Branch, from moment: TimeCursor, _ before: SessionBranch, _ line: String,
    _ span: Span
  ) throws(LanguageError) {
    let children = others.filter { other in
      [other.branch.origin, other.unedited].contains {
        $0?.parent == before.branch.name && ($0?.moment.entry ?? moment.entry) > moment.entry
      }
    }
    guard children.isEmpty else {
      let error = BranchError.wasLeft(before.branch.name, by: children.map(\.branch.name))
      throw span.error(error.description)
    }
    rewritten += 1
    used.take(branch, from: moment)
    used.beforeEdits.append((line: before.tape.lines.count, branch: before))
    used.unedited = before.unedited ?? before.branch.origin
    used.tape.append(edit: line, after: moment.entry, upTo: timeline.last)
    countHits()
  }

  private func edit(_ change: HistoryChange) throws(LanguageError) -> HistoryEdit {
    switch change {
    case .skip(let position): return .skip(position.value)
    case .change(let position, let items):
      guard let event = head.log.event(at: position.value) else {
        throw position.error(
          HistoryEditError.noEvent(position.value, last: head.log.last).description)
      }
      guard !items.isEmpty else {
        throw position.error(
          "Say what is different in \(position.value), as in edit \(position.value) amount:=70.")
      }
      let base = event.data.value
      let data = try items.data(over: base.object == nil ? .emptyObject : base)
      return .change(position.value, JSONBytes(data))
    case .move(let step, let after):
      return .move(try entry(of: step), after: try entry(of: after))
    case .insert(let emission, let after):
      var filler = filler()
      let event = try newEvent(try emission.filled(&filler))
      return .insert(
        [event], to: moment.stream(named: emission.stream.value), after: after.value)
    case .refuse(let step, let reason):
      return .refuse(try entry(of: step), reason: reason.value)
    }
  }

  private func entry(of step: Located<StepReference>) throws(LanguageError) -> JournalIndex {
    switch step.value {
    case .entry(let index): return index
    case .event(let position):
      guard let append = timeline.appendEntry(of: position) else {
        throw step.error(HistoryEditError.noEvent(position, last: head.log.last).description)
      }
      return append
    case .delivery(let position, let consumer):
      let all = timeline.deliveries(of: position)
      let found = all.first { index in
        guard case .delivery(_, let name, _, _)? = timeline.entry(index)?.kind else { return false }
        return isSameText(name.name, consumer)
      }
      guard let found else {
        throw step.error(
          "\(position) was not delivered to \(LanguageError.shortened(consumer)); events that were "
            + "delivered say so on their page.")
      }
      return found
    }
  }

  private func reply(_ line: String, _ report: RewriteReport, _ before: SessionBranch) -> Reply {
    let old = before.branch.timeline.head.log
    let marks = before.marks.all.map(\.name).filter { used.marks.cursor(named: $0) == nil }
    let lost = report.orphans.filter { $0.event != nil }
    func name(_ position: Position, _ log: EventLog) -> String {
      let id = log.event(at: position)?.domainID.map { " \($0.text)" } ?? ""
      return "\(position) \(log.type(at: position)?.text ?? "")\(id)"
    }
    func list(_ names: [String]) -> String {
      names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", \(names.count - 3) more" : "")
    }
    let from = timeline.name(of: report.moment)
    let steps = "\(report.steps) \(report.steps == 1 ? "step" : "steps") done again from \(from)"
    var parts = ["\(line): \(steps)"]
    let orphaned = lost.filter { $0.reason != RewriteReport.leftOut }
    if !orphaned.isEmpty {
      parts.append("gone with it: \(list(orphaned.compactMap { $0.event.map { name($0, old) } }))")
    }
    if !report.fresh.isEmpty {
      parts.append("new: \(list(report.fresh.map { name($0, head.log) }))")
    }
    if lost.isEmpty, report.fresh.isEmpty { parts.append("the same events") }
    if !marks.isEmpty {
      parts.append(
        "\(marks.count == 1 ? "the mark" : "the marks") \(list(marks)) "
          + "\(marks.count == 1 ? "is" : "are") gone")
    }
    var reply = Reply()
    reply.message = parts.joined(separator: " · ")
    reply.shorter = [parts.prefix(2).joined(separator: " · "), parts[0]]
    reply.output = [
      "edit": .string(line), "from": .string("\(from)"), "steps": .int(report.steps),
      "orphans": .array(
        report.orphans.map { orphan in
          [
            "event": orphan.event.map { .int($0.number) } ?? .null,
            "type": orphan.event.flatMap { old.type(at: $0) }.map { .string($0.text) } ?? .null,
            "journal": .int(orphan.entry.number), "because": .string(orphan.reason),
          ]
        }),
      "new": .array(report.fresh.map { .int($0.number) }),
      "moved": .array(
        report.places.filter { $0.key != $0.value }.sorted { $0.key < $1.key }.map {
          ["was": .int($0.key.number), "now": .int($0.value.number)]
        }),
    ]
    return reply
  }
}

extension SessionBranch {
  /// Goes on with another history that is the same up to a moment.
  fileprivate mutating func take(_ branch: Branch, from moment: TimeCursor) {
    self.branch = branch
    marks = marks.upTo(moment)
    stops = stops.upTo(moment.entry)
    passedStop = nil
    (passed, lastImport) = (nil, nil)
    metrics = EngineMetrics(
      of: branch.timeline, upTo: branch.timeline.headCursor, in: branch.engine.world)
    taped = branch.engine.world.clock
    undone = []
  }
}
