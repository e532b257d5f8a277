import EventicleCore

/// The contents of a tail row, before layout.
struct TailRowFacts {
  /// The kind of row.
  enum Content {
    case event(position: Position, Event, depth: Int)
    /// A timer, rejection or failure: a letter, a word for the stream column, and the rest.
    case note(letter: DisplayText, StyleRole, word: DisplayText, text: DisplayText, DisplayText)
    case idle(Interval)
    case nothing
  }

  var content = Content.nothing
  var instant = Instant(milliseconds: 0)
  /// The maker of the event.
  var by: StyledPiece?
  /// The outcomes of its deliveries.
  var deliveries: [DeliveryRow] = []
  var hasFailed = false
  /// Whether the row is after the time cursor.
  var isAhead = false
}

/// Reads tail rows from the record and counts the reads.
struct TailReader {
  private let moment: MomentView
  private let isWide: Bool

  /// Creates a reader of a moment.
  init(_ moment: MomentView, isWide: Bool) {
    self.moment = moment
    self.isWide = isWide
  }

  /// Reads the row at an index.
  func read(_ tail: TailModel, at index: Int, _ meter: inout WorkMeter) -> TailRowFacts {
    switch tail.row(index) {
    case .entry(let entry): return read(entry, &meter)
    case .idle(let entry): return idle(before: entry, tail, at: index, &meter)
    case nil: return TailRowFacts()
    }
  }

  private func idle(
    before entry: JournalIndex, _ tail: TailModel, at index: Int, _ meter: inout WorkMeter
  ) -> TailRowFacts {
    var facts = TailRowFacts()
    guard case .entry(let previous) = tail.row(index - 1), let end = self.entry(entry, &meter),
      let start = self.entry(previous, &meter)
    else { return facts }
    facts.content = .idle(end.instant - start.instant)
    facts.isAhead = moment.isLater(end.kind, entry)
    return facts
  }

  private func entry(_ index: JournalIndex, _ meter: inout WorkMeter) -> JournalEntry? {
    meter.entriesRead += 1
    return moment.timeline.entry(index)
  }

  private func read(_ index: JournalIndex, _ meter: inout WorkMeter) -> TailRowFacts {
    var facts = TailRowFacts()
    guard let entry = entry(index, &meter) else { return facts }
    facts.instant = entry.instant
    facts.isAhead = moment.isLater(entry.kind, index)
    facts.hasFailed = entry.kind.problem != nil
    switch entry.kind {
    case .append(let position, _), .imported(let position, _):
      readEvent(position, entry, &facts, &meter)
    case .timerFired(let key, _, let outcome):
      let name = PaneText.data(key.name, limit: 40)
      let what: DisplayText = outcome.problem == nil ? "fired" : "failed"
      let star: DisplayText = entry.isByUser ? "*" : ""
      var rest = PaneText.name(of: key.owner, moment)
      if let problem = outcome.problem { rest += ": " + PaneText.data(problem) }
      facts.content = .note(
        letter: "T", .kindTimer, word: "timer", text: "\(name) \(what)\(star)", rest)
    case .command(let type, _, _, let outcome):
      let what: DisplayText =
        switch outcome {
        case .rejected: "refused: "
        case .failed: "failed: "
        case .reported: "done, but: "
        case .done: "done"
        case .waiting: "waits for a lock"
        }
      facts.content = .note(
        letter: "C", .kindCommand, word: "command",
        text: PaneText.data(type, limit: 60) + " " + what,
        PaneText.data(outcome.problem ?? ""))
    case .delivery(let position, let consumer, _, let outcome):
      facts.content = .note(
        letter: PaneText.data(consumer.kind.letter), consumer.kind.role,
        word: "failed", text: PaneText.data(consumer.name, limit: 40) + " on #\(position.number): ",
        PaneText.data(outcome.problem ?? ""))
    default: break
    }
    return facts
  }

  // MARK: - Events

  private func readEvent(
    _ position: Position, _ entry: JournalEntry, _ facts: inout TailRowFacts,
    _ meter: inout WorkMeter
  ) {
    meter.eventsRead += 1
    guard let event = moment.log.event(at: position) else { return }
    facts.content = .event(position: position, event, depth: depth(of: event, &meter))
    facts.instant = event.createdAt
    facts.by = by(entry, &meter)
    let entries = moment.timeline.deliveries(of: position)
    facts.hasFailed = entries.contains {
      $0 <= moment.cursor.entry && self.entry($0, &meter)?.kind.problem != nil
    }
    if isWide { facts.deliveries = PaneText.deliveries(of: position, event, moment) }
  }

  /// The number of the event's ancestors in the log, at most four.
  private func depth(of event: Event, _ meter: inout WorkMeter) -> Int {
    var next: Event? = event
    for depth in 0..<4 {
      guard let place = next.flatMap({ moment.log.position(ofCauseOf: $0) }) else { return depth }
      meter.eventsRead += 1
      next = moment.log.event(at: place)
    }
    return 4
  }

  /// The maker of an event: the saga or timer behind the command, else the command, else a person.
  private func by(_ append: JournalEntry, _ meter: inout WorkMeter) -> StyledPiece {
    if case .imported = append.kind { return StyledPiece("import", .uiMuted) }
    guard let cause = append.cause, let origin = entry(cause, &meter) else {
      return StyledPiece("user", .uiMuted)
    }
    guard case .command(let type, _, _, _) = origin.kind else { return step(origin) }
    if let parent = origin.cause, let step = entry(parent, &meter) { return self.step(step) }
    return StyledPiece("C " + PaneText.data(type, limit: 60), .kindCommand)
  }

  private func step(_ entry: JournalEntry) -> StyledPiece {
    switch entry.kind {
    case .delivery(_, let consumer, _, _):
      let letter = PaneText.data(consumer.kind.letter)
      return StyledPiece(
        letter + " " + PaneText.data(consumer.name, limit: 60), consumer.kind.role)
    case .timerFired(let key, _, _):
      return StyledPiece("T " + PaneText.data(key.name, limit: 60), .kindTimer)
    case .command(let type, _, _, _):
      return StyledPiece("C " + PaneText.data(type, limit: 60), .kindCommand)
    default: return StyledPiece("user", .uiMuted)
    }
  }
}

extension MomentView {
  /// Whether an entry comes after the moment.
  func isLater(_ kind: JournalEntry.Kind, _ index: JournalIndex) -> Bool {
    switch kind {
    case .append(let position, _), .imported(let position, _): !hasHappened(position)
    default: index > cursor.entry
    }
  }
}
