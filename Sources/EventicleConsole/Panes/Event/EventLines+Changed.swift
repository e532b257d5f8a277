import EventicleCore

/// The second tab: everything that an event and its deliveries changed.
extension EventLines {
  mutating func makeDiff(_ index: JournalIndex, _ entry: JournalEntry) {
    var changes = StepDifferences()
    switch entry.kind {
    case .append(let position, _), .imported(let position, _):
      if let event = event(position), let change = aggregateChange(of: event, at: position) {
        addChanges(
          StyledPiece(
            "A " + PaneText.data(change.key.description, limit: 80), .kindAggregate),
          differences(from: change.before, to: change.after))
      }
      if case .imported = entry.kind { changes.add(self.changes(of: index).others) }
      var steps: Set<JournalIndex> = []
      for delivery in moment.timeline.deliveries(of: position)
      where isLaterRow || !isLater(delivery) {
        guard let step = self.entry(delivery)?.stepStart, steps.insert(step).inserted else {
          continue
        }
        changes.add(self.changes(of: step).others)
      }
    default: changes.add(self.changes(of: entry.stepStart).others)
    }
    add(changes)
    guard lines.isEmpty else { return }
    if entry.kind.problem != nil {
      say("Nothing changed: what went wrong left no trace.")
    } else {
      say("Nothing changed: no aggregate, saga or view knows this event.")
    }
  }

  private mutating func add(_ changes: StepDifferences) {
    for (key, change) in changes.records {
      let isView = moment.domain.view(key.type) != nil
      let name = PaneText.data(key.type, limit: 40) + " " + PaneText.data(key.id, limit: 40)
      addChanges(
        StyledPiece((isView ? "V " : "X ") + name, isView ? .kindView : .kindExternal),
        differences(from: change.old, to: change.new))
    }
    for (key, change) in changes.sagas {
      addChanges(
        StyledPiece("S " + PaneText.name(of: key, moment), .kindSaga),
        differences(from: change.old, to: change.new))
    }
    for (key, change) in changes.timers { addTimer(key, old: change.old, new: change.new) }
  }

  private mutating func addChanges(_ head: StyledPiece, _ changes: [Difference]) {
    guard !changes.isEmpty else { return }
    lines.append(StyledLine([head]))
    let shown = changes.prefix(200)
    let width = shown.map { JSONText.path(of: $0).width }.max() ?? 0
    for change in shown {
      lines.append(
        StyledLine([StyledPiece("  ")] + JSONText.pieces(change, pathWidth: min(width, 24))))
    }
    if changes.count > 200 { say("… \(changes.count - 200) more differences") }
  }

  private mutating func addTimer(_ key: TimerKey, old: Timer?, new: Timer?) {
    var line = StyledLine([StyledPiece("T ", .kindTimer)])
    line.add(PaneText.data(key.name, limit: 40), .kindTimer)
    line.add(" of " + PaneText.name(of: key.owner, moment), .uiMuted)
    lines.append(line)
    switch (old, new) {
    case (let old?, let new?):
      line = StyledLine([StyledPiece("  ~ ", .diffChange)])
      line.add("due " + time(old.due))
      line.add(" → ", .diffChange)
      line.add(time(new.due))
    case (nil, let new?):
      line = StyledLine([StyledPiece("  + ", .diffAdd)])
      line.add("armed, due " + time(new.due))
      line.add("  in " + PaneText.data((new.due - new.armedAt).brief), .uiMuted)
    default:
      line = StyledLine([StyledPiece("  - ", .diffRemove)])
      line.add("no longer armed")
    }
    lines.append(line)
  }
}
