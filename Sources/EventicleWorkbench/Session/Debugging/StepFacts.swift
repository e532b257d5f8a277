import EventicleCore

/// The facts about what a journal entry did that the condition of a stop asks for: those of its
/// event, with the values of what it is about in place of the event's data.
///
/// What has no event, a command that was refused or a timer, is asked as one of its name and data, of
/// which no more is known.
struct StepFacts: FilterFacts {
  let event: Event
  let position: Position
  let now: Instant
  let data: JSON
  private let known: EventFacts?
  private let command: String?

  /// The facts about an entry; `nil` when it is about no event, command or timer.
  ///
  /// - Parameter subjects: What it is about besides its event, the nearest first.
  init?(_ entry: JournalEntry, about subjects: [JSON], _ folds: StateFolds) {
    var data = JSON.emptyObject
    if let place = entry.kind.position, let facts = EventFacts(place, folds) {
      (known, command) = (facts, nil)
      (event, position, now) = (facts.event, place, facts.now)
      data = facts.data
    } else {
      let name: String
      switch entry.kind {
      case .command(let type, _, _, _): (name, command) = (type, type)
      case .timerFired(let key, _, _): (name, command) = (key.name, nil)
      default: return nil
      }
      known = nil
      event = Event(
        id: EventID(""), type: EventType(name), source: folds.moment.domain.source, stream: "",
        createdAt: entry.instant, data: JSONBytes(subjects.first ?? data))
      (position, now) = (Position(folds.moment.log.count), folds.moment.world.clock)
    }
    for subject in subjects.reversed() {
      for member in subject.object?.members ?? [] { data[member.key] = member.value }
    }
    self.data = data
  }

  var actor: String { known?.actor ?? "user" }
  var isError: Bool { known?.isError ?? false }
  var isOrphan: Bool { known?.isOrphan ?? false }
  func states() -> (before: JSON, after: JSON)? { known?.states() }
  func commandName() -> String? { known?.commandName() ?? command }
  func sagaNames() -> [String] { known?.sagaNames() ?? [] }
  func aggregateName() -> String? { known?.aggregateName() }
  func isCausedBy(_ position: Position) -> Bool { known?.isCausedBy(position) ?? false }
  func isCausedBy(id: EventID) -> Bool { known?.isCausedBy(id: id) ?? false }
}

extension Session {
  /// What a place is about besides its event: the saga after its step, or the command.
  func subjects(of entry: JournalEntry) -> [JSON] {
    let key: SagaKey
    switch entry.kind {
    case .delivery(_, let consumer, let instance?, _): key = SagaKey(consumer.name, instance)
    case .timerFired(let timer, _, _): key = timer.owner
    case .command(_, let data, _, _): return [data.value]
    default: return []
    }
    for change in timeline.changes(of: entry.stepStart).others.reversed() {
      guard case .saga(let old, let new) = change, let saga = new ?? old, saga.key == key else {
        continue
      }
      return [saga.data]
    }
    return []
  }

  /// What a text about a place may name, the nearest first: the saga after its step or the command,
  /// the event, and what went wrong.
  func values(of entry: JournalEntry) -> [JSON] {
    var found = subjects(of: entry)
    if let position = entry.kind.position, let event = timeline.head.log.event(at: position) {
      found.append(event.data.value)
      found.append([
        "type": .string(event.type.text), "id": event.domainID.map { .string($0.text) } ?? .null,
        "stream": .string(event.stream.text), "event": .int(position.number),
      ])
    }
    found.append(["problem": entry.kind.problem.map { .string($0) } ?? .null])
    return found
  }
}
