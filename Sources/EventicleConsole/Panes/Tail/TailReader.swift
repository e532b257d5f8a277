import EventicleCore
import EventicleWorkbench

/// The contents of a tail row, before layout.
struct TailRowFacts {
  /// The kind of row.
  enum Content {
    case event(position: Position, Event)
    /// A timer, rejection or failure: a letter, what stands for the stream, its name and its id.
    case note(letter: DisplayText, StyleRole, word: DisplayText, name: DisplayText, id: DisplayText)
    /// Something about the connection to an attached system.
    case remark(DisplayText)
    /// Why the row above failed or was refused.
    case sentence(Severity, DisplayText)
    case idle(Interval)
    /// Rows that are no hits, and the moment while it lies among them.
    case folded(TailHits.Gap, moment: DisplayText?)
    case nothing
  }

  /// The place of a row in the step that made it.
  enum Bracket {
    case first
    case inner
    case last
  }

  var content = Content.nothing
  var instant = Instant(milliseconds: 0)
  /// How long after something else it was, where the time says that; `nil` when there is nothing.
  var since: Interval?
  /// Where it stands among the rows of its step; `nil` when it is the only one.
  var bracket: Bracket?
  /// The worst news of the row.
  var severity: Severity?
  /// Why it happened, in full and in short.
  var because = TailBecause()
  /// Who did something about it.
  var reacted = TailReactions()
  /// Whether the row is after the moment.
  var isLater = false
  /// Whether the engine stops at it, or did.
  var isStop = false
  /// Whether it was found; `nil` when nothing is searched for, or it was not looked at yet.
  var isHit: Bool?
}

/// Reads tail rows from the record and counts the reads.
struct TailReader {
  private let moment: MomentView
  private let stops: [StopList.Item]

  /// Creates a reader of a moment.
  init(_ moment: MomentView, _ stops: StopList = StopList()) {
    self.moment = moment
    self.stops = stops.all.filter(\.isOn)
  }

  /// Reads the row at an index.
  func read(_ tail: TailModel, at index: Int, _ meter: inout WorkMeter) -> TailRowFacts {
    switch tail.row(index) {
    case .entry(let entry):
      var facts = read(entry, &meter)
      facts.bracket = bracket(of: entry, tail, at: index)
      facts.since = since(facts, entry, tail, at: index, &meter)
      facts.isHit = tail.find?.hits.contains(entry)
      return facts
    case .idle(let entry):
      var facts = idle(before: entry, tail, at: index, &meter)
      facts.isHit = tail.find.map { _ in false }
      return facts
    case .sentence(let entry):
      var facts = sentence(of: entry, &meter)
      facts.isHit = tail.find?.hits.contains(entry)
      return facts
    case .folded(let entry): return fold(before: entry, tail, at: index, &meter)
    case nil: return TailRowFacts()
    }
  }

  /// How long after the row above, or after its cause, a row was.
  private func since(
    _ facts: TailRowFacts, _ index: JournalIndex, _ tail: TailModel, at place: Int,
    _ meter: inout WorkMeter
  ) -> Interval? {
    switch tail.form.time {
    case .ofDay: return nil
    case .sinceRow:
      var place = place - 1
      while let row = tail.row(place) {
        guard case .entry(let above) = row else {
          place -= 1
          continue
        }
        return entry(above, &meter).map { facts.instant - moment.instant(of: $0) }
      }
      return nil
    case .sinceCause:
      if case .event(_, let event) = facts.content,
        let cause = moment.log.position(ofCauseOf: event)
      {
        return moment.log.createdAt(at: cause).map { facts.instant - $0 }
      }
      let cause = entry(index, &meter)?.cause.flatMap { entry($0, &meter) }
      return cause.map { facts.instant - $0.instant }
    }
  }

  private func fold(
    before entry: JournalIndex?, _ tail: TailModel, at index: Int, _ meter: inout WorkMeter
  ) -> TailRowFacts {
    var facts = TailRowFacts()
    var name: DisplayText?
    if index == tail.list.selected, let hidden = tail.selectedEntry,
      let kind = self.entry(hidden, &meter)?.kind
    {
      let word =
        kind.position.map { "\($0)" } ?? "\(moment.timeline.name(of: TimeCursor(entry: hidden)))"
      name = PaneText.data(word)
    }
    facts.content = .folded(tail.content(ofFoldBefore: entry), moment: name)
    if let entry, let kind = self.entry(entry, &meter)?.kind {
      facts.isLater = moment.isLater(kind, entry)
    }
    return facts
  }

  private func bracket(
    of entry: JournalIndex, _ tail: TailModel, at index: Int
  ) -> TailRowFacts.Bracket? {
    let start = moment.timeline.stepStart(of: entry)
    func isSame(_ place: Int) -> Bool {
      guard place >= 0, case .entry(let other) = tail.row(place) else { return false }
      return moment.timeline.stepStart(of: other) == start
    }
    switch (isSame(index - 1), isSame(index + 1)) {
    case (false, false): return nil
    case (false, true): return .first
    case (true, true): return .inner
    case (true, false): return .last
    }
  }

  private func idle(
    before entry: JournalIndex, _ tail: TailModel, at index: Int, _ meter: inout WorkMeter
  ) -> TailRowFacts {
    var facts = TailRowFacts()
    var place = index - 1
    if case .sentence = tail.row(place) { place -= 1 }
    guard case .entry(let previous) = tail.row(place), let end = self.entry(entry, &meter),
      let start = self.entry(previous, &meter)
    else { return facts }
    facts.content = .idle(end.instant - start.instant)
    facts.isLater = moment.isLater(end.kind, entry)
    return facts
  }

  private func sentence(of index: JournalIndex, _ meter: inout WorkMeter) -> TailRowFacts {
    var facts = TailRowFacts()
    guard let entry = entry(index, &meter), let problem = entry.kind.problem else { return facts }
    facts.content = .sentence(
      Severity(entry.kind, in: moment.domain) ?? .failed, PaneText.data(problem))
    facts.isLater = moment.isLater(entry.kind, index)
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
    facts.isLater = moment.isLater(entry.kind, index)
    facts.severity = Severity(entry.kind, in: moment.domain)
    facts.isStop = isHit(index, entry)
    switch entry.kind {
    case .append(let position, _), .imported(let position, _):
      readEvent(position, entry, &facts, &meter)
    case .timerFired(let key, _, let outcome):
      let what: DisplayText = outcome.problem == nil ? " fired" : " failed"
      facts.content = .note(
        letter: "T", .kindTimer, word: "timer", name: PaneText.data(key.name, limit: 40) + what,
        id: PaneText.correlation(of: key.owner, moment))
      facts.because = TailBecause(
        arming: key.owner, byUser: entry.isByUser, moment)
      facts.reacted = TailReactions(timer: key.owner, outcome)
    case .command(let type, _, _, let outcome):
      facts.content = .note(
        letter: "C", .kindCommand, word: .empty, name: PaneText.data(type, limit: 60), id: .empty)
      facts.because = TailBecause(of: entry, moment, &meter)
      facts.reacted = TailReactions(command: outcome)
    case .delivery(let position, let consumer, _, let outcome):
      facts.content = .note(
        letter: PaneText.data(consumer.kind.letter), consumer.kind.role, word: .empty,
        name: PaneText.data(consumer.name, limit: 60), id: .empty)
      facts.because = TailBecause(cause: position)
      facts.reacted = TailReactions(failed: outcome)
    case .trouble(let text) where entry.origin == .backend:
      (facts.content, facts.severity) = (.remark(PaneText.data(text)), nil)
    case .acted(let position, let consumer, let act):
      facts.content = .note(
        letter: "*", .uiHintKey, word: .empty, name: DeliveryActText.done(act),
        id: "#\(position.number)")
      facts.because = TailBecause(actBy: entry.isByUser)
      facts.reacted = TailReactions(actOn: consumer, act)
    default: break
    }
    return facts
  }

  /// Whether an entry, or a delivery of its event, is a hit of a stop.
  private func isHit(_ index: JournalIndex, _ entry: JournalEntry) -> Bool {
    guard !stops.isEmpty else { return false }
    var entries = [index]
    if case .append(let position, _) = entry.kind {
      entries += moment.timeline.deliveries(of: position)
    }
    return stops.contains { item in
      entries.contains { entry in
        let place = item.hits.partitioningIndex { Int($0) >= entry.number }
        return place < item.hits.count && Int(item.hits[place]) == entry.number
      }
    }
  }

  // MARK: - Events

  private func readEvent(
    _ position: Position, _ entry: JournalEntry, _ facts: inout TailRowFacts,
    _ meter: inout WorkMeter
  ) {
    meter.eventsRead += 1
    guard let event = moment.log.event(at: position) else { return }
    facts.content = .event(position: position, event)
    facts.instant = event.createdAt
    facts.because = TailBecause(of: entry, moment, &meter)
    facts.reacted = TailReactions(to: position, event, moment)
    facts.severity = [facts.severity, facts.reacted.severity].compactMap { $0 }.max()
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
