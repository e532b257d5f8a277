import EventicleCore

/// The first page of rows that are no events, and the data of events.
extension EventLines {
  mutating func makeState(_ index: JournalIndex, _ entry: JournalEntry) {
    switch entry.kind {
    case .append(let position, _), .imported(let position, _):
      guard let event = event(position) else { return }
      makePage(of: event, at: position, entry)
    case .timerFired(let key, let due, let outcome):
      makeTimer(index, key, due: due, outcome, entry)
    case .command(let type, let data, let response, let outcome):
      var line = StyledLine([StyledPiece("C ", .kindCommand)])
      line.add(PaneText.data(type, limit: 80), .kindCommand)
      line.right = [StyledPiece(time(moment.instant(of: entry)), .uiMuted)]
      lines.append(line)
      lines += JSONTree(data.value, root: "data", folded: state.folded).lines
      addProblem(outcome.problem)
      if let response {
        lines.append(StyledLine("response", .uiMuted))
        lines += JSONTree(response, root: "response", folded: state.folded).lines
      }
    case .delivery(let position, let consumer, _, let outcome):
      var line = StyledLine()
      line.add(PaneText.data(consumer.description, limit: 80), consumer.kind.role)
      line.add("  on #\(position.number)", .uiMuted)
      line.right = [StyledPiece(time(moment.instant(of: entry)), .uiMuted)]
      lines.append(line)
      addProblem(outcome.problem)
      if let event = event(position) {
        addHead(of: position, event)
        addData(of: event)
      }
    case .acted(let position, let consumer, let act):
      var line = StyledLine("* ", .uiHintKey)
      line.add(DeliveryActText.done(act), .uiHintKey)
      line.add(entry.isByUser ? " by you" : "")
      line.right = [StyledPiece(time(moment.instant(of: entry)), .uiMuted)]
      lines.append(line)
      var who = StyledLine("  ")
      who.add(
        letter: PaneText.data(consumer.kind.letter), consumer.name, consumer.kind.role)
      who.add(" " + DeliveryActText.when(act), .uiMuted)
      lines.append(who)
      if let event = event(position) {
        addHead(of: position, event)
        addData(of: event)
      }
    default: say("This entry has no data.")
    }
  }

  private mutating func addProblem(_ problem: String?) {
    guard let problem else { return }
    let text = PaneText.data(problem, limit: 2_000)
    for (row, text) in text.wrapped(to: max(2, columns - 4), most: 1_000).enumerated() {
      var line = StyledLine([StyledPiece(row == 0 ? "  ✗ " : "    ", .statusError)])
      line.add(text, .statusError)
      lines.append(line)
    }
  }

  mutating func addData(of event: Event) {
    guard event.data.utf8.count <= 256_000 else {
      say("\(PaneText.size(event.data.utf8.count)) of data; Raw shows how it begins")
      return
    }
    let data = event.data.value
    if case .object(let object) = data, object.isEmpty {
      lines.append(StyledLine("  no data", .uiMuted))
    } else {
      lines += JSONTree(data, root: "data", folded: state.folded).lines
    }
    addAdditionalMembers(of: event)
  }

  /// Appends what came with the event and is not the event's own.
  private mutating func addAdditionalMembers(of event: Event) {
    guard let members = event.additionalMembers else { return }
    guard members.utf8.count <= 256_000 else {
      say("\(PaneText.size(members.utf8.count)) beside the event; Raw shows how it begins")
      return
    }
    lines.append(StyledLine("beside the event", .uiMuted))
    lines += JSONTree(members.value, root: "additional", folded: state.folded).lines
  }

  // MARK: - Outcomes

  /// The aggregate's state before and after an event; `nil` until it is folded.
  func aggregateChange(
    of event: Event, at position: Position
  ) -> (key: AggregateKey, version: Version, before: JSON, after: JSON)? {
    guard case .aggregate(let key, let version) = EventPane.fold(of: event, at: position, moment),
      let fold = context.folds.aggregate(key, version)
    else { return nil }
    return (key, version, fold.before, fold.state)
  }

  /// Whether an entry comes after the time cursor.
  func isLater(_ index: JournalIndex) -> Bool { index > moment.cursor.entry }

  /// The changes of a step to the data of a saga instance.
  mutating func sagaChange(
    _ key: SagaKey, at start: JournalIndex
  ) -> (old: JSON?, new: JSON?)? {
    var change: (old: JSON?, new: JSON?)?
    for case .saga(let old, let new) in changes(of: start).others
    where (new ?? old)?.key == key {
      change = (change.map(\.old) ?? old?.data, new?.data)
    }
    return change
  }

  private mutating func makeTimer(
    _ index: JournalIndex, _ key: TimerKey, due: Instant, _ outcome: StepOutcome,
    _ entry: JournalEntry
  ) {
    var line = StyledLine([StyledPiece("T ", .kindTimer)])
    line.add(PaneText.data(key.name, limit: 40) + " fired", .kindTimer)
    line.add("  " + PaneText.name(of: key.owner, moment), .kindSaga)
    line.right = [StyledPiece(time(moment.instant(of: entry)), .uiMuted)]
    lines.append(line)
    lines.append(StyledLine("  due  " + time(due), .uiMuted))
    if entry.isByUser { lines.append(StyledLine("  by   user", .uiMuted)) }
    addProblem(outcome.problem)
    guard let change = sagaChange(key.owner, at: entry.stepStart), let new = change.new else {
      return
    }
    var head = StyledLine([StyledPiece("S ", .kindSaga)])
    head.add(PaneText.name(of: key.owner, moment), .kindSaga)
    lines.append(head)
    lines +=
      JSONTree(
        new, root: "saga", folded: state.folded,
        changes: differences(from: change.old, to: new)
      ).lines
  }

  /// The outcome of a step, as a sign and a word.
  static func outcome(_ outcome: StepOutcome) -> StyledPiece {
    switch outcome {
    case .handled: StyledPiece("✓ handled", .statusOk)
    case .started: StyledPiece("✓ started", .statusOk)
    case .ignored(let reason): StyledPiece("· " + PaneText.data(reason), .uiMuted)
    case .duplicate: StyledPiece("· handled before", .uiMuted)
    case .offered(let attempt, _): StyledPiece("· at work, attempt \(attempt)", .statusPending)
    case .failed(let reason): StyledPiece("✗ " + PaneText.data(reason), .statusError)
    case .retrying(let reason, let attempt, _):
      StyledPiece("↻ attempt \(attempt) failed: " + PaneText.data(reason), .statusPending)
    case .skipped(let reason):
      StyledPiece("✗ left out: " + PaneText.data(reason), .statusError)
    case .stopped(let reason): StyledPiece("✗ stopped: " + PaneText.data(reason), .statusError)
    }
  }

  /// A text in lines of at most `columns` columns.
  func wrapped(_ text: DisplayText, in columns: Int) -> [DisplayText] {
    var rest = text
    var lines: [DisplayText] = []
    repeat {
      let line = rest.prefix(columns: max(2, columns))
      lines.append(line)
      rest = rest.dropping(columns: line.width)
      if line.isEmpty { break }
    } while !rest.isEmpty
    return lines
  }
}
