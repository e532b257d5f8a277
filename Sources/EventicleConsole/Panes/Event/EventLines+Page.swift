import EventicleCore
import EventicleWorkbench

/// The first page of an event: its data, what it changed, why it happened and who reacted.
extension EventLines {
  mutating func makePage(of event: Event, at position: Position, _ entry: JournalEntry) {
    addHead(of: position, event)
    addData(of: event)
    addSegments("changed", changed(by: event, at: position))
    addSegments("because", because(entry))
    addSegments("reacted", reactions(to: event, at: position))
    addSegments("later", effects(of: position))
  }

  /// Appends a labelled paragraph whose segments are not broken; nothing without segments.
  private mutating func addSegments(_ label: DisplayText, _ segments: [StyledLine]) {
    guard !segments.isEmpty else { return }
    let indent = 10
    var line = StyledLine([StyledPiece(" ")])
    line.add(label, .uiMuted, columns: indent - 1)
    var isEmpty = true
    for segment in segments {
      if !isEmpty, line.width + 1 + segment.width > columns {
        lines.append(line)
        line = StyledLine(.spaces(indent))
        isEmpty = true
      }
      if !isEmpty { line.add(" ") }
      line.add(segment)
      isEmpty = false
    }
    lines.append(line)
  }

  // MARK: - Changed

  private func changed(by event: Event, at position: Position) -> [StyledLine] {
    guard let change = aggregateChange(of: event, at: position) else { return [] }
    var head = StyledLine([StyledPiece("A ", .kindAggregate)])
    head.add(PaneText.data(change.key.type, limit: 60) + " ")
    head.add(PaneText.data(change.key.id.text, limit: 60))
    let found = differences(from: change.before, to: change.after)
    guard change.version.number > 1 else {
      head.add(" is new")
      let status = found.first { $0.path.description == "status" }
      return [head] + (status.map { [StyledLine(JSONText.pieces($0))] } ?? [])
    }
    head.add("  v\(change.version.number)", .uiMuted)
    let shown = found.prefix(Self.mostChanges).map { StyledLine(JSONText.pieces($0)) }
    let more = found.count - shown.count
    return [head] + shown + (more > 0 ? [StyledLine("and \(more) more", .uiMuted)] : [])
  }

  private static let mostChanges = 12

  // MARK: - Because

  /// The way back from an event to the person, the timer or the file at its beginning.
  private mutating func because(_ entry: JournalEntry) -> [StyledLine] {
    if case .imported = entry.kind { return [StyledLine("imported from a file", .uiMuted)] }
    var segments: [StyledLine] = []
    var next = entry
    for _ in 0..<12 {
      guard let cause = next.cause, let origin = self.entry(cause) else { break }
      var line = StyledLine(segments.isEmpty ? "" : "← ", .uiMuted)
      next = origin
      switch origin.kind {
      case .command(let type, _, _, _):
        line.add(letter: "C", type, .kindCommand)
      case .timerFired(let key, _, _):
        line.add(letter: "T", key.name, .kindTimer)
        line.add(" of " + PaneText.name(of: key.owner, moment))
      case .delivery(let position, let consumer, let instance, _):
        line.add(PaneText.data(consumer.kind.letter) + " ", consumer.kind.role)
        line.add(PaneText.data(consumer.name, limit: 60))
        if let instance, consumer.kind == .saga {
          line.add(" " + PaneText.correlation(of: SagaKey(consumer.name, instance), moment))
        }
        segments.append(line)
        guard let event = event(position), let index = moment.timeline.appendEntry(of: position),
          let append = self.entry(index)
        else { return segments }
        line = StyledLine("← ", .uiMuted)
        line.add("#\(position.number) " + PaneText.data(event.type.text, limit: 60))
        next = append
      default: continue
      }
      segments.append(line)
    }
    var end = StyledLine(segments.isEmpty ? "" : "← ", .uiMuted)
    if case .timerFired = next.kind, !next.isByUser { return segments }
    if case .imported = next.kind { end.add("imported", .uiMuted) } else { end.add("you") }
    return segments + [end]
  }

  // MARK: - Reacted

  private mutating func reactions(to event: Event, at position: Position) -> [StyledLine] {
    var (segments, waiting): ([StyledLine], Int) = ([], 0)
    for row in PaneText.deliveries(of: position, event, moment) {
      meter.entriesRead += 1
      var line = StyledLine()
      line.add(PaneText.data(row.consumer.kind.letter) + " ", row.consumer.kind.role)
      line.add(PaneText.data(row.consumer.name, limit: 60))
      switch row.state {
      case .queued, .made(.offered): waiting += 1
      case .dropped:
        line.add(" dropped by you", .statusWarn)
        segments.append(StyledLine([StyledPiece("* ", .uiHintKey)] + line.pieces))
      case .ahead, .made(.duplicate): break
      case .made(.ignored(let reason)):
        guard StepReader.isUnheard(row.consumer, reason) else { break }
        line.add(" has ended", .statusRejected)
        segments.append(StyledLine([StyledPiece("! ", .statusRejected)] + line.pieces))
      case .made(let outcome):
        addOutcome(outcome, of: row, to: &line)
        segments.append(line)
      }
    }
    for index in segments.indices.dropLast() { segments[index].add(" ·", .uiMuted) }
    if waiting > 0 {
      segments.append(StyledLine("\(waiting) waiting in the queue", .statusPending))
    }
    guard segments.isEmpty else { return segments }
    let type = PaneText.data(event.type.text, limit: 60)
    let hears = moment.domain.listeners(to: event.stream).contains {
      moment.domain.handles($0, event.type)
    }
    return [
      StyledLine(hears ? "nobody yet" : "nobody:", .uiMuted),
      StyledLine(hears ? "" : "no view, saga or adapter handles " + type, .uiMuted),
    ]
  }

  private mutating func addOutcome(
    _ outcome: StepOutcome, of row: DeliveryRow, to line: inout StyledLine
  ) {
    if let problem = outcome.problem {
      line.pieces.insert(StyledPiece("✗ ", .statusError), at: 0)
      line.add(": " + PaneText.data(problem, limit: 200), .statusError)
      return
    }
    guard row.consumer.kind == .saga, let instance = row.instance else { return }
    let key = SagaKey(row.consumer.name, instance)
    line.add(" " + PaneText.correlation(of: key, moment))
    if outcome == .started { line.add(" started", .statusOk) }
    if let index = row.entry, let entry = entry(index),
      let change = sagaChange(key, at: entry.stepStart),
      let status = change.new?["status"].string
    {
      if let old = change.old?["status"].string, old != status {
        line.add("  " + PaneText.data(old, limit: 40) + " →", .uiMuted)
      }
      line.add(" " + PaneText.data(status, limit: 40))
    }
  }

  // MARK: - Later

  /// What follows from an event, up to the moment and after it.
  private mutating func effects(of position: Position) -> [StyledLine] {
    let effects = moment.timeline.effects(of: position, limit: Self.mostEffects + 1)
    guard !effects.isEmpty else { return [StyledLine("nothing follows from it", .uiMuted)] }
    var segments: [StyledLine] = []
    for effect in effects.prefix(Self.mostEffects) {
      guard let event = event(effect) else { continue }
      var line = StyledLine("→ ", .uiMuted)
      let text = "#\(effect.number) " + PaneText.data(event.type.text, limit: 60)
      line.add(text, moment.hasHappened(effect) ? .uiText : .timeFuture)
      segments.append(line)
    }
    if effects.count > Self.mostEffects { segments.append(StyledLine("…", .uiMuted)) }
    return segments
  }

  private static let mostEffects = 6
}
