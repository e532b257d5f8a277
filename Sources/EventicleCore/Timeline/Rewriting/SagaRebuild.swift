/// What sagas would have made of a history of facts.
package struct SagaRebuildReport: Sendable {
  /// A command that a saga would have sent.
  package struct Sent: Sendable {
    /// The entry of the saga's step.
    package let entry: JournalIndex
    package let key: SagaKey
    /// What its instance follows, such as the id of an order; `nil` when it follows nothing.
    package let correlation: String?
    package let command: String
    package let data: JSONBytes
    /// What it would have appended: the types and what they are about.
    package let expected: [Fact]
    /// Why the domain would have refused it; `nil` when it would not.
    package let refusal: String?
  }

  /// An event by its type and what it is about.
  package struct Fact: Sendable, Hashable {
    package let type: EventType
    package let id: DomainID?
  }

  /// The number of events that were taken as facts.
  package internal(set) var facts = 0
  /// The number of commands that sagas would have sent.
  package internal(set) var sent = 0
  /// The commands of which the facts do not show what they would have appended, and what is missing.
  package internal(set) var missing: [(sent: Sent, facts: [Fact])] = []
  /// The events of types that sagas bring about, which no command of a saga explains; each with an
  /// earlier event about the same and the command that explains that one, if there is one.
  package internal(set) var unexplained: [(event: Position, earlier: Position?, sent: Sent?)] = []
}

extension Branch {
  /// The branch with a history made from its events as facts: sagas take their steps, timers fire on
  /// the events' own clock, and what sagas send appends nothing, because the facts say what happened.
  ///
  /// - Parameter goesOn: Asked after each fact with the number of facts so far; `false` ends it with
  ///   `nil`.
  /// - Complexity: That of delivering all events, and a trial of each step of a saga.
  package func rebuildingSagas(
    goesOn: (Int) -> Bool = { _ in true }
  ) -> (branch: Branch, report: SagaRebuildReport)? {
    var rebuild = SagaRebuild(self)
    let log = engine.world.log
    for number in 0..<log.count {
      guard let event = log.event(at: Position(number + 1)), goesOn(number) else { return nil }
      rebuild.take(event)
    }
    rebuild.pass(until: engine.world.clock)
    return rebuild.finished(origin)
  }
}

/// Takes the facts of a history one after the other.
private struct SagaRebuild {
  private var branch: Branch
  private var report = SagaRebuildReport()
  /// What sagas have brought about and no fact has shown yet.
  private var open: [(sent: SagaRebuildReport.Sent, facts: [SagaRebuildReport.Fact])] = []
  /// The types of event that sagas have brought about.
  private var types: Set<EventType> = []
  /// The facts that no command explained when they came.
  private var alone: [Position] = []
  /// The facts that a command explains, by their types.
  private var explained: [EventType: [(event: Position, sent: SagaRebuildReport.Sent)]] = [:]

  init(_ branch: Branch) {
    self.branch = branch
    self.branch.cut(to: TimeCursor(entry: JournalIndex(0)))
    self.branch.engine.pass(until: self.branch.engine.world.clock)
  }

  mutating func take(_ event: Event) {
    pass(until: event.createdAt)
    report.facts += 1
    let (step, _) = branch.perform(.take(event, reaction: .everybody))
    guard !step.isEmpty else { return }
    explain(branch.engine.world.log.last, event)
    deliver()
  }

  /// Lets timers fire up to an instant.
  mutating func pass(until instant: Instant) {
    while let timer = branch.engine.nextTimer, timer.due <= instant {
      perform(Input(.fire(timer.key)))
      deliver()
    }
  }

  private mutating func deliver() {
    var left = Limits.cascadeDeliveries
    while branch.engine.hasWork, left > 0 {
      perform(.deliver)
      left -= 1
    }
  }

  /// Performs a step whose events are left out; a trial says which ones they would have been.
  private mutating func perform(_ input: Input) {
    if case .deliver = input.action, case .delivery(let next, _)? = branch.engine.nextWork,
      next.consumer.kind != .saga
    {
      _ = branch.perform(input)
      return
    }
    let entry = branch.timeline.last.next
    var trial = branch.engine.forReading()
    let step = trial.perform(input)
    note(step.entries, in: trial.world, entry)
    _ = branch.perform(
      Input(input.action.edited(.silent), by: input.origin, at: input.instant))
  }

  private mutating func note(_ entries: [JournalEntry], in world: World, _ entry: JournalIndex) {
    guard let key = saga(of: entries) else { return }
    var index = entry
    for command in entries {
      defer { index = index.next }
      guard case .command(let type, let data, _, let outcome) = command.kind else { continue }
      var facts: [SagaRebuildReport.Fact] = []
      for effect in entries where effect.cause == index {
        guard case .append(let position, let type) = effect.kind else { continue }
        facts.append(.init(type: type, id: world.log.event(at: position)?.domainID))
      }
      report.sent += 1
      types.formUnion(facts.map(\.type))
      let sent = SagaRebuildReport.Sent(
        entry: entry, key: key, correlation: world.sagas.instance(key)?.correlation, command: type,
        data: data, expected: facts,
        refusal: outcome.problem)
      if !facts.isEmpty { open.append((sent, facts)) }
    }
  }

  private func saga(of entries: [JournalEntry]) -> SagaKey? {
    for entry in entries {
      switch entry.kind {
      case .delivery(_, let consumer, let instance?, _) where consumer.kind == .saga:
        return SagaKey(consumer.name, instance)
      case .timerFired(let key, _, _): return key.owner
      default: continue
      }
    }
    return nil
  }

  /// Finds the command of a saga that explains a fact: the oldest one that would have appended it.
  private mutating func explain(_ position: Position, _ event: Event) {
    if let sent = settle(event) {
      explained[event.type, default: []].append((position, sent))
    } else {
      alone.append(position)
    }
  }

  /// Settles what an event shows: the same event of the domain's own making, else one of its type
  /// about what the saga follows, because ids of another system are its own.
  private mutating func settle(_ event: Event) -> SagaRebuildReport.Sent? {
    let fact = SagaRebuildReport.Fact(type: event.type, id: event.domainID)
    let about = Self.names(in: event)
    let same = open.indices.first { open[$0].facts.contains(fact) }
    let index =
      same
      ?? open.indices.first { index in
        open[index].facts.contains { $0.type == event.type }
          && open[index].sent.correlation.map { about.contains($0) } ?? false
      }
    guard let index,
      let place = open[index].facts.firstIndex(of: fact)
        ?? open[index].facts.firstIndex(where: { $0.type == event.type })
    else { return nil }
    open[index].facts.remove(at: place)
    return open[index].sent
  }

  /// What an event is about, by all ids that it may name.
  private static func names(in event: Event) -> Set<String> {
    let members = event.data.value.object?.members.compactMap(\.value.string) ?? []
    return Set(members + [event.domainID?.text ?? ""]).subtracting([""])
  }

  /// An earlier fact of the same type about what the same saga follows, and the command behind it.
  private func earlier(
    _ event: Event, before position: Position
  ) -> (event: Position, sent: SagaRebuildReport.Sent)? {
    let about = Self.names(in: event)
    return explained[event.type]?.last { other, sent in
      other < position && sent.correlation.map { about.contains($0) } ?? false
    }
  }

  mutating func finished(
    _ origin: Branch.Origin?
  ) -> (branch: Branch, report: SagaRebuildReport) {
    // A fact may come before the step that explains it, where clocks differ.
    for position in alone {
      guard let event = branch.engine.world.log.event(at: position), types.contains(event.type),
        settle(event) == nil
      else { continue }
      let earlier = earlier(event, before: position)
      report.unexplained.append((position, earlier?.event, earlier?.sent))
    }
    report.missing = open.filter { !$0.facts.isEmpty }
    branch.isHeld = branch.engine.hasWork
    branch.takesFacts = true
    branch.arrive()
    if let origin {
      branch.origin = Branch.Origin(
        parent: origin.parent, moment: TimeCursor(entry: JournalIndex(0)))
    }
    return (branch, report)
  }
}
