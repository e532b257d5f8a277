import EventicleCore

extension Session {
  /// Whether an entry is a step of some unit; with the newest world.
  typealias EntryTest = (JournalEntry, World) -> Bool

  /// Steps on by what is recorded; at the head of a held engine, until a step of the unit happens.
  mutating func stepForward(_ unit: Located<StepUnit>) throws(LanguageError) -> Bool {
    let next: TimeCursor?
    switch unit.value {
    case .event: next = timeline.next(after: cursor)
    case .delivery, .cascade, .entry: next = timeline.nextStep(after: cursor)
    case .timer, .saga, .aggregate:
      next = entry(try matcher(of: unit), .forward).map { timeline.moment(of: $0) }
    }
    if let next {
      look(from: next)
      return true
    }
    guard isHeld, engine.hasWork else { return false }
    return try deliverHeld(unit)
  }

  /// Makes held deliveries until the unit has happened: an append, a step of the saga, any one.
  ///
  /// - Returns: Whether it has happened, or else anything was delivered.
  private mutating func deliverHeld(_ unit: Located<StepUnit>) throws(LanguageError) -> Bool {
    look(from: timeline.headCursor)
    let fits = try matcher(of: unit)
    var driver = Driver()
    while let input = driver.next(used.branch.engine) {
      // One delivery is what a person watches; it is never stopped before.
      if unit.value != .delivery, unit.value != .entry, stopsBefore(input) {
        driver.stop(at: timeline.last)
        break
      }
      let step = perform(input)
      driver.took(step)
      timeline.arrive(at: engine.world)
      if let entry = step.entries.first,
        step.entries.contains(where: { fits($0, engine.world) })
      {
        driver.stop(at: entry.stepStart)
      } else if stopsAfterStep() {
        driver.stop(at: timeline.last)
      } else if !goesOn(WorkProgress("delivering", done: driver.steps)) {
        driver.interrupt()
      }
    }
    arrive()
    return true
  }

  mutating func stepBackward(_ unit: Located<StepUnit>) throws(LanguageError) -> Bool {
    let previous: TimeCursor?
    switch unit.value {
    case .event: previous = timeline.previous(before: cursor)
    case .delivery, .cascade, .entry: previous = timeline.previousStep(before: cursor)
    case .timer, .saga, .aggregate:
      let fits = try matcher(of: unit)
      // Before the first one there is the moment in which it had not happened.
      previous =
        entry(fits, .backward).map { timeline.moment(of: $0) } ?? momentBefore(fits)
    }
    guard let previous else { return false }
    look(from: previous)
    return true
  }

  /// The moment before the step at the cursor, if a fitting entry is in it or in one before.
  private func momentBefore(_ fits: EntryTest) -> TimeCursor? {
    var index = cursor.entry
    while let entry = timeline.entry(index) {
      if fits(entry, timeline.head) {
        return TimeCursor(entry: JournalIndex(timeline.stepStart(of: index).number - 1))
      }
      index = JournalIndex(index.number - 1)
    }
    return nil
  }

  /// The nearest fitting entry whose step is after the step at the cursor, or before it.
  private func entry(
    _ fits: EntryTest, _ direction: Direction
  ) -> JournalIndex? {
    var index =
      direction == .forward
      ? cursor.entry.number + 1 : timeline.stepStart(of: cursor.entry).number - 1
    while index >= 1, index <= timeline.count {
      if let entry = timeline.entry(JournalIndex(index)), fits(entry, timeline.head) {
        return JournalIndex(index)
      }
      index += direction == .forward ? 1 : -1
    }
    return nil
  }

  private func matcher(
    of unit: Located<StepUnit>
  ) throws(LanguageError) -> EntryTest {
    switch unit.value {
    case .timer:
      return { entry, _ in if case .timerFired = entry.kind { true } else { false } }
    case .saga(let reference):
      let isKey = try sagaTest(of: reference, at: unit.span)
      return { entry, world in
        switch entry.kind {
        case .delivery(_, let consumer, let instance?, _):
          consumer.name == reference.name && isKey(SagaKey(consumer.name, instance), world)
        case .timerFired(let timer, _, _):
          timer.owner.saga == reference.name && isKey(timer.owner, world)
        default: false
        }
      }
    case .aggregate(let reference):
      let key = AggregateKey(stored: reference.type, reference.id)
      let domain = domain
      return { entry, world in
        switch entry.kind {
        case .append(let position, _), .imported(let position, _):
          world.log.event(at: position).flatMap { world.aggregateKey(of: $0, in: domain) } == key
        default: false
        }
      }
    case .event:
      return { entry, _ in
        switch entry.kind {
        case .append, .imported: true
        default: false
        }
      }
    case .delivery, .cascade, .entry: return { _, _ in true }
    }
  }

  /// A test for the instance that a reference names, or for any one of its saga.
  ///
  /// While deliveries wait, an instance may be named before it exists.
  private func sagaTest(
    of reference: SagaReference, at span: Span
  ) throws(LanguageError) -> (SagaKey, World) -> Bool {
    guard let text = reference.key else { return { _, _ in true } }
    let found =
      shown.sagas.find(reference.name, text) ?? timeline.head.sagas.find(reference.name, text)
    if found == nil, isHeld, engine.hasWork, domain.saga(reference.name) != nil {
      return { key, world in world.sagas.find(key.saga, text)?.key == key }
    }
    if let found { return { key, _ in key == found.key } }
    let known = try instance(reference.name, text, at: span).key
    return { key, _ in key == known }
  }
}
