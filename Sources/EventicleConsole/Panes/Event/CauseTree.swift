import EventicleCore

/// A tree of causes and effects, as lines.
struct CauseTree {
  private let moment: MomentView
  private let columns: Int
  private let subject: JournalIndex
  private var start = Instant(milliseconds: 0)
  private var nodes = 0
  private(set) var lines: [StyledLine] = []

  init(_ moment: MomentView, columns: Int, subject: JournalIndex) {
    self.moment = moment
    self.columns = columns
    self.subject = subject
  }

  mutating func make(_ index: JournalIndex, _ entry: JournalEntry, _ meter: inout WorkMeter) {
    var chain = chain(to: index, entry, &meter)
    let first = chain.removeFirst()
    start = moment.instant(of: first.entry)
    addAbove(first, &meter)
    if let missing = missingCause(of: first.entry, &meter) {
      lines.append(
        StyledLine("cause not in store: " + PaneText.data(missing, limit: 60), .statusWarn))
    }
    add(first.index, first.entry, prefix: .empty, branch: .empty, &meter)
    var prefix = DisplayText.empty
    for (index, entry) in chain {
      add(index, entry, prefix: prefix, branch: "└─", &meter)
      prefix += "  "
    }
    addEffects(of: index, entry, prefix: prefix, &meter)
    if nodes >= EventLines.mostNodes {
      lines.append(StyledLine("… more than \(EventLines.mostNodes) nodes", .uiMuted))
    }
  }

  // MARK: - Causes

  private typealias Link = (index: JournalIndex, entry: JournalEntry)

  private func chain(
    to index: JournalIndex, _ entry: JournalEntry, _ meter: inout WorkMeter
  ) -> [Link] {
    var links: [Link] = [(index, entry)]
    while links.count < CauseTree.mostCauses, let link = links.last,
      let next = cause(of: link, &meter)
    {
      links.append(next)
    }
    return links.reversed()
  }

  private static let mostCauses = 64
  private static let mostCounted = 10_000

  /// Says how many causes come before the first one shown, and where they begin.
  private mutating func addAbove(_ first: Link, _ meter: inout WorkMeter) {
    var (count, top) = (0, first)
    while count < CauseTree.mostCounted, let next = cause(of: top, &meter) {
      count += 1
      top = next
    }
    guard count > 0 else { return }
    let number = PaneText.data(count == CauseTree.mostCounted ? "\(count) or more" : "\(count)")
    let causes: DisplayText = count == 1 ? " cause" : " causes"
    let place = position(of: top.entry.kind).map { "\($0)" } ?? "\(top.index)"
    lines.append(
      StyledLine(
        "↑ " + number + causes + " above, from " + PaneText.data(place) + " on: goto "
          + PaneText.data(place), .uiMuted))
  }

  private func cause(of link: Link, _ meter: inout WorkMeter) -> Link? {
    var cause = link.entry.cause
    if cause == nil, let position = position(of: link.entry.kind) {
      meter.eventsRead += 1
      cause = moment.log.event(at: position).flatMap { moment.log.position(ofCauseOf: $0) }
        .flatMap { moment.timeline.appendEntry(of: $0) }
    }
    guard let cause, cause < link.index else { return nil }
    meter.entriesRead += 1
    return moment.timeline.entry(cause).map { (cause, $0) }
  }

  /// The id of a cause that the log does not contain.
  private func missingCause(of entry: JournalEntry, _ meter: inout WorkMeter) -> String? {
    guard let position = position(of: entry.kind) else { return nil }
    meter.eventsRead += 1
    guard let event = moment.log.event(at: position), let id = event.causedByID,
      moment.log.position(ofCauseOf: event) == nil
    else { return nil }
    return id.text
  }

  private func position(of kind: JournalEntry.Kind) -> Position? {
    switch kind {
    case .append(let position, _), .imported(let position, _): position
    default: nil
    }
  }

  // MARK: - Effects

  private mutating func addEffects(
    of index: JournalIndex, _ entry: JournalEntry, prefix: DisplayText, _ meter: inout WorkMeter
  ) {
    guard prefix.width < 128 else { return }
    var effects = moment.timeline.effects(of: index, limit: EventLines.mostNodes)
    if let position = position(of: entry.kind) {
      for effect in moment.timeline.effects(of: position, limit: EventLines.mostNodes) {
        guard let append = moment.timeline.appendEntry(of: effect), append > index,
          isLinkedByEventAlone(append, &meter)
        else { continue }
        effects.append(append)
      }
    }
    for (place, effect) in effects.enumerated() {
      guard nodes < EventLines.mostNodes else { return }
      meter.entriesRead += 1
      guard let child = moment.timeline.entry(effect) else { continue }
      let isLast = place == effects.count - 1
      add(effect, child, prefix: prefix, branch: isLast ? "└─" : "├─", &meter)
      addEffects(of: effect, child, prefix: prefix + (isLast ? "  " : "│ "), &meter)
    }
  }

  /// Whether the cause is named only by the event, not by its journal entry.
  private func isLinkedByEventAlone(_ index: JournalIndex, _ meter: inout WorkMeter) -> Bool {
    meter.entriesRead += 1
    let entry = moment.timeline.entry(index)
    if case .imported = entry?.kind { return true }
    return entry?.cause == nil
  }

  // MARK: - Nodes

  private mutating func add(
    _ index: JournalIndex, _ entry: JournalEntry, prefix: DisplayText, branch: DisplayText,
    _ meter: inout WorkMeter
  ) {
    nodes += 1
    var line = StyledLine([StyledPiece(prefix + branch, .uiMuted)])
    line.pieces += words(entry, &meter)
    if index == subject { line.add(" ◄", .timeCursor) }
    if entry.kind.problem != nil { line.add(" ✗", .statusError) }
    let since = moment.instant(of: entry) - start
    line.right = [
      StyledPiece(
        (nodes == 1 ? "" : since.milliseconds < 0 ? "" : "+") + PaneText.data(since.brief), .uiMuted
      )
    ]
    if index > moment.cursor.entry {
      line.pieces = line.pieces.map { StyledPiece($0.text, $0.style.role, overlay: .timeFuture) }
    }
    lines.append(line)
  }

  private func words(_ entry: JournalEntry, _ meter: inout WorkMeter) -> [StyledPiece] {
    switch entry.kind {
    case .command(let type, _, _, let outcome):
      var pieces = [StyledPiece("C " + PaneText.data(type, limit: 60), .kindCommand)]
      if entry.isByUser { pieces.append(StyledPiece(" by user", .uiMuted)) }
      if case .waiting = outcome { pieces.append(StyledPiece(" waits for a lock", .statusPending)) }
      if outcome.problem != nil { pieces.append(StyledPiece(" refused", .statusError)) }
      return pieces
    case .append(let position, let type), .imported(let position, let type):
      meter.eventsRead += 1
      let id = moment.log.event(at: position)?.domainID?.text ?? ""
      let tail: DisplayText =
        entry.origin == .imported ? " imported" : entry.isByUser ? " by user" : ""
      return [
        StyledPiece("E ", .kindEvent), StyledPiece("#\(position.number) ", .uiMuted),
        StyledPiece(PaneText.data(type.text, limit: 60), .kindEvent),
        StyledPiece(" " + PaneText.data(id, limit: 60)), StyledPiece(tail, .uiMuted),
      ]
    case .delivery(_, let consumer, let instance, let outcome):
      let name =
        instance.map { PaneText.name(of: SagaKey(consumer.name, $0), moment) }
        ?? PaneText.data(consumer.name, limit: 60)
      let letter = PaneText.data(consumer.kind.letter)
      return [
        StyledPiece(letter + " " + name, consumer.kind.role),
        word(outcome),
      ]
    case .acted(_, let consumer, let act):
      return [
        StyledPiece("* " + DeliveryActText.done(act), .uiHintKey),
        StyledPiece(" " + PaneText.data(consumer.name, limit: 60), consumer.kind.role),
      ]
    case .timerArmed(let key, let due, _, let again):
      let civil = DisplayText(sanitising: CivilTime(due).clockText)
      let what: DisplayText = again ? " armed again, due " : " armed, due "
      return [
        StyledPiece("T " + PaneText.data(key.name, limit: 40), .kindTimer),
        StyledPiece(what + civil, .uiMuted),
      ]
    case .timerCancelled(let key):
      return [
        StyledPiece("T " + PaneText.data(key.name, limit: 40), .kindTimer),
        StyledPiece(" called off", .uiMuted),
      ]
    case .timerFired(let key, _, _):
      return [
        StyledPiece("T " + PaneText.data(key.name, limit: 40) + " fired ", .kindTimer),
        StyledPiece(PaneText.name(of: key.owner, moment), .kindSaga),
        StyledPiece(entry.isByUser ? " by user" : "", .uiMuted),
      ]
    case .sagaEnded(let key, let kept):
      return [
        StyledPiece("S " + PaneText.name(of: key, moment), .kindSaga),
        StyledPiece(kept ? " ended" : " ended and removed", .uiMuted),
      ]
    case .sagaIntervention(let key, let intervention, let reason):
      let what: DisplayText = intervention == .corrected ? " corrected" : " ended by hand"
      return [
        StyledPiece("S " + PaneText.name(of: key, moment), .kindSaga),
        StyledPiece(what + ": " + PaneText.data(reason, limit: 200), .uiMuted),
      ]
    case .clock(_, let to):
      return [StyledPiece("clock to " + DisplayText(sanitising: CivilTime(to).timeText), .uiMuted)]
    case .group, .parkedEdited, .parkedDropped, .trimmed, .trouble:
      return [StyledPiece(JournalEntryText.text(entry.kind) ?? "", .uiMuted)]
    }
  }

  private func word(_ outcome: StepOutcome) -> StyledPiece {
    switch outcome {
    case .handled: StyledPiece("", .uiMuted)
    case .started: StyledPiece(" started", .uiMuted)
    case .ignored(let reason): StyledPiece(" · " + PaneText.data(reason), .uiMuted)
    case .duplicate: StyledPiece(" · handled before", .uiMuted)
    case .offered(let attempt, _): StyledPiece(" · at work, attempt \(attempt)", .statusPending)
    case .failed(let reason): StyledPiece(" failed: " + PaneText.data(reason), .statusError)
    case .retrying(let reason, let attempt, _):
      StyledPiece(" attempt \(attempt) failed: " + PaneText.data(reason), .statusPending)
    case .skipped(let reason):
      StyledPiece(" left out: " + PaneText.data(reason), .statusError)
    case .stopped(let reason): StyledPiece(" stopped: " + PaneText.data(reason), .statusError)
    }
  }
}
