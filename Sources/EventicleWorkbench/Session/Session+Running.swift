package import EventicleCore

extension Session {
  /// `run [to SELECTOR] [if FILTER]`: runs on from the cursor until an entry matches, else to the
  /// head.
  mutating func run(
    to selector: Located<Selector>?, if condition: Located<FilterExpression>?
  ) throws(LanguageError) -> Reply {
    guard selector != nil || condition != nil else { return runToStop() }
    var reply = Reply()
    let start = cursor.entry.number
    var folds = StateFolds(momentAtHead)
    func stops(_ session: Session, _ index: Int) -> Bool {
      session.fits(JournalIndex(index), selector?.value, condition?.value, folds)
    }
    var index = start + 1
    while index <= timeline.count {
      if stops(self, index) { return arrived(JournalIndex(index), from: start) }
      index += 1
      guard goesOn(WorkProgress("searching", done: index - start, of: timeline.count - start))
      else {
        return Reply(
          problem: Reply.Problem("Ended by you after j\(index - 1); the time cursor has not moved.")
        )
      }
    }
    look(from: timeline.headCursor)
    // Beyond the head, waiting deliveries are run; a held engine stays held afterwards.
    let acts = refusal == nil
    var driver = Driver(firingUpTo: engine.world.clock)
    while acts, let input = driver.next(used.branch.engine) {
      driver.took(perform(input))
      timeline.arrive(at: engine.world)
      showMoment()
      // What was looked at lacks the events of this step.
      if condition != nil { folds = StateFolds(momentAtHead) }
      while index <= timeline.count {
        if stops(self, index) {
          driver.stop(at: JournalIndex(index))
          break
        }
        index += 1
      }
      if !goesOn(WorkProgress("running", done: driver.steps)) { driver.interrupt() }
    }
    arrive()
    if case .stopped(let entry) = driver.outcome { return arrived(entry, from: start) }
    if let problem = problem(of: driver) {
      isHeld = isHeld || engine.hasWork
      return Reply(problem: Reply.Problem(problem))
    }
    reply.message = "nothing fits up to the head, \(cursor.entry)"
    return reply
  }

  private mutating func arrived(_ index: JournalIndex, from start: Int) -> Reply {
    look(from: timeline.moment(of: index))
    var reply = Reply()
    let distance = index.number - start
    reply.message =
      "stopped at \(index), \(distance) \(distance == 1 ? "entry" : "entries") further"
    return reply
  }

  /// Whether a journal entry matches a selector and a condition.
  func fits(
    _ index: JournalIndex, _ selector: Selector?, _ condition: FilterExpression?,
    _ folds: StateFolds? = nil
  ) -> Bool {
    guard let entry = timeline.entry(index) else { return false }
    return fits(index, entry, selector, condition, folds ?? StateFolds(momentAtHead))
  }

  /// The same of an entry that is read.
  func fits(
    _ index: JournalIndex, _ entry: JournalEntry, _ selector: Selector?,
    _ condition: FilterExpression?, _ folds: StateFolds
  ) -> Bool {
    guard selector.map({ fits(entry, $0) }) ?? true else { return false }
    guard let condition else { return true }
    let facts = StepFacts(entry, about: subjects(of: entry), folds)
    return facts.map { condition.matches($0) } ?? false
  }

  private func fits(_ entry: JournalEntry, _ selector: Selector) -> Bool {
    switch (selector.kind, entry.kind) {
    case (.refusal, .command(_, _, _, .rejected)): return true
    case (.failure, let kind):
      if case .command(_, _, _, .rejected) = kind { return false }
      return kind.problem != nil
    case (.stream, .append(let position, _)), (.stream, .imported(let position, _)):
      return timeline.head.log.stream(at: position).map { selector.isNamed($0.text) } ?? false
    case (.error, let kind): return kind.problem != nil
    case (.event, .append(let position, let type)), (.event, .imported(let position, let type)):
      guard selector.isNamed(type.text) else { return false }
      guard let test = selector.test, let path = selector.path else { return true }
      let data = timeline.head.log.event(at: position)?.data.value
      return test.matches(data?.value(at: path))
    case (.command, .command(let type, _, _, _)): return selector.isNamed(type)
    case (.saga, .delivery(_, let consumer, let instance?, _)):
      return consumer.kind == .saga && selector.isNamed(consumer.name)
        && sagaFits(SagaKey(consumer.name, instance), selector, entry)
    case (.saga, .timerFired(let key, _, _)):
      return selector.isNamed(key.owner.saga) && sagaFits(key.owner, selector, entry)
    case (.timer, .timerFired(let key, _, _)):
      return selector.isNamed(key.owner.saga) && isNamed(key.owner, selector)
        && (selector.timer.map { isSameText($0, key.name) } ?? true)
    case (.view, .delivery(_, let consumer, _, _)):
      return consumer.kind == .view && selector.isNamed(consumer.name)
    case (.aggregate, .append(let position, _)), (.aggregate, .imported(let position, _)),
      (.change, .append(let position, _)), (.change, .imported(let position, _)):
      return aggregateFits(position, selector)
    default: return false
    }
  }

  /// Whether an instance is the one that a selector names; `*` names all.
  private func isNamed(_ key: SagaKey, _ selector: Selector) -> Bool {
    guard let id = selector.id, id != "*" else { return true }
    return isSameText(id, key.instanceID) || timeline.head.sagas.find(key.saga, id)?.key == key
  }

  private func sagaFits(_ key: SagaKey, _ selector: Selector, _ entry: JournalEntry) -> Bool {
    guard isNamed(key, selector) else { return false }
    guard let test = selector.test, let path = selector.path else { return true }
    for change in timeline.changes(of: entry.stepStart).others.reversed() {
      if case .saga(let old, let new) = change, (new ?? old)?.key == key {
        return test.matches(new?.data.value(at: path))
      }
    }
    return false
  }

  /// The moment after the last step that the timeline has the world of.
  var momentAtHead: MomentView {
    MomentView(
      cursor: timeline.headCursor, world: timeline.head, timeline: timeline, domain: domain)
  }

  private func aggregateFits(_ position: Position, _ selector: Selector) -> Bool {
    let look = momentAtHead
    guard let event = look.log.event(at: position), let key = look.aggregateKey(of: event),
      selector.isNamed(key.type), selector.id.map({ isSameText($0, key.id.text) }) ?? true
    else { return false }
    guard let path = selector.path else { return true }
    let version = timeline.head.version(of: key, at: position)
    let state = look.aggregate(key, upTo: version)?.state
    if selector.kind == .change {
      let before = look.aggregate(key, upTo: Version(max(version.number - 1, 0)))?.state
      return state?.value(at: path) != before?.value(at: path)
    }
    return selector.test?.matches(state?.value(at: path)) ?? true
  }
}

extension JournalEntry.Kind {
  /// The event that an entry appended or delivered.
  package var position: Position? {
    switch self {
    case .append(let position, _), .imported(let position, _), .delivery(let position, _, _, _),
      .acted(let position, _, _):
      position
    default: nil
    }
  }
}
