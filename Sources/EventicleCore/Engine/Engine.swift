/// Runs a domain: takes inputs, and produces journal entries and a new world.
///
/// It is a synchronous, deterministic value: the same inputs from the same world give the same
/// entries. It reads no clock, no randomness and nothing from outside.
///
/// Events are delivered in the order of the log, each to views, then sagas, then adapters, in the
/// order of declaration within each kind; what a delivery emits queues behind what waits already.
public struct Engine: Sendable {
  /// The current state of everything.
  public internal(set) var world: World
  /// The number of the next journal entry.
  public internal(set) var nextEntry: JournalIndex
  var registry: Registry
  let observers: [TransactionObserver]
  var spare = SpareTransaction()
  var spareStep = SpareStep()
  /// How the domain treats the events that were emitted last.
  var route: EmissionRoute?
  /// Where handlers put inputs for after their step; `nil` when nobody would perform them.
  var deferred: DeferredInputs?
  /// Whether nothing that it does leaves the process; see ``sandboxed(on:after:recording:)``.
  package internal(set) var isSandboxed = false
  /// What a person changed of what the step gives that is being performed.
  private var edit: StepEdit?
  /// The instant of the next step, when the clock moves by itself between steps.
  private(set) var ambientClock: Instant?

  /// Creates an engine with an empty log.
  ///
  /// - Throws: ``DomainError`` when the domain declares something twice.
  public init(
    _ domain: Domain, startingAt clock: Instant = .standardStart, seed: UInt64 = 1,
    options: EngineOptions = .standard
  ) throws(DomainError) {
    registry = try Registry(
      domain, codec: options.codec, protection: options.protection, executor: options.executor)
    observers = options.observers
    var world = World(startingAt: clock, seed: seed)
    for saga in domain.sagas {
      world.sagas.declare(saga: saga.name, properties: saga.matchProperties)
      if saga.version > 1 {
        world.ids.setCounter(Engine.versionCounter(saga), to: saga.version)
      }
    }
    for definition in Registry.definitions(of: domain) {
      world.registerConsumer(definition.name, definition.group, definition.streams)
    }
    world.declare(domain.indexes)
    self.world = world
    nextEntry = JournalIndex(1)
  }

  init(
    world: World, registry: Registry, nextEntry: JournalIndex, observers: [TransactionObserver]
  ) {
    self.observers = observers
    self.world = world
    self.registry = registry
    self.nextEntry = nextEntry
    if registry.domain.isInferred { learnFromWorld() }
  }

  /// What the team declared, as the engine adopted it last.
  public var domain: Domain { registry.domain }

  /// Performs one input as one step.
  ///
  /// It makes no deliveries; they wait in the queue for ``Input/deliver``.
  ///
  /// Recorded inputs of closures cannot be performed again: see ``InputAction/isRepeatable``.
  public mutating func perform(_ input: Input) -> Step {
    if registry.domain.isInferred { learn(from: input.action) }
    let step = performed(input)
    guard let fault = world.base?.pages.fault, step.isEmpty else { return step }
    // What a handler said of an empty answer is no reason.
    return Step(failing: fault)
  }

  private mutating func performed(_ input: Input) -> Step {
    if let instant = input.instant { pass(until: instant) }
    let origin = input.origin
    switch input.action {
    case .emit(let events, let stream):
      guard edit == nil, emitsPlainly(events, to: stream) else {
        return emitInTransaction(events, to: stream, by: origin)
      }
      return emitPlainly(events, to: stream, by: origin)
    case .dispatch(let intent): return dispatch(intent, by: origin)
    case .direct:
      guard let command = input.body?.command else { return notRepeatable(input.action) }
      return dispatch(command, by: origin)
    case .deliver: return deliver()
    case .act(let act, let address): return self.act(act, on: address, by: origin)
    case .fire(let key): return fire(key, by: origin)
    case .moveClock(let instant): return moveClock(to: instant, by: origin)
    case .schedule(let command): return schedule(command, by: origin)
    case .cancelTimer(let key): return cancel(key, by: origin)
    case .moveTimer(let key, let instant): return move(key, to: instant, by: origin)
    case .endSaga(let key, let keepingData, let reason):
      return endSaga(key, keepingData: keepingData, reason: reason)
    case .correctSaga(let key, let data, let reason):
      return correctSaga(key, data, reason: reason)
    case .take(let event, let reaction):
      return take(event, reaction: reaction, by: origin, isTimed: input.instant != nil)
    case .pause(let group): return pause(group)
    case .resume(let group): return resume(group)
    case .move(let group, let position): return move(group, after: position)
    case .acknowledge(let offer): return resolve(offer, failure: nil)
    case .fail(let offer, let reason): return resolve(offer, failure: reason)
    case .redrive(let number): return redrive(number)
    case .edit(let number, let data): return edit(number, data)
    case .dropParked(let number): return dropParked(number)
    case .swap(let view, let evenTrimmed): return swap(view, evenTrimmed: evenTrimmed)
    case .trim(let stream, let length, let evenUnread):
      return trim(stream, keeping: length, evenUnread: evenUnread)
    case .report(let text, let cause): return report(text, cause: cause, by: origin)
    case .edited(let action, let edit):
      self.edit = edit
      defer { self.edit = nil }
      return performed(Input(action, by: origin))
    case .subscribe, .unsubscribe, .reconcile: return notRepeatable(input.action)
    }
  }

  private func notRepeatable(_ action: InputAction) -> Step {
    Step(failing: EngineError.notRepeatable(action.phrase))
  }

  /// Records that something went wrong besides the work itself; what comes from elsewhere has no cause
  /// here.
  private mutating func report(
    _ text: String, cause: JournalIndex, by origin: InputOrigin
  ) -> Step {
    let isOutside = origin == .backend
    return step(cause: isOutside ? nil : cause, by: isOutside ? .backend : .program) {
      transaction in
      transaction.note(.trouble(text), parent: nil)
      return nil
    }
  }

  /// The instant to which the next step moves the clock by itself; `nil` when the clock stands.
  package var comingInstant: Instant? {
    ambientClock.flatMap { $0 > world.clock ? $0 : nil }
  }

  /// Makes deliveries until none is possible, calling back with each step.
  ///
  /// - Returns: Whether all work is done; `false` when ``Limits/cascadeDeliveries`` was reached.
  @discardableResult
  public mutating func settle(_ body: (Step) -> Void) -> Bool {
    var driver = Driver()
    while let input = driver.next(self) {
      let step = perform(input)
      driver.took(step)
      body(step)
    }
    return driver.outcome == .idle
  }

  /// Whether events rest in the log sealed.
  package var sealsEvents: Bool { registry.sealsEvents }

  mutating func replace(subscriptions: [Subscription]) throws(DomainError) {
    registry = try Registry(
      registry.domain, subscriptions: subscriptions, codec: registry.codec,
      protection: registry.protection, executor: registry.executor, numbers: registry.numbers)
  }

  // MARK: - Steps

  /// Runs a body as one step, which is kept or undone as a whole.
  mutating func step(
    cause: JournalIndex? = nil, by origin: InputOrigin = .program,
    _ body: (Transaction) throws -> JSON?
  ) -> Step {
    let transaction = begin()
    do {
      let response = try body(transaction)
      return Step(finish(transaction, cause: cause, by: origin), response: response)
    } catch {
      let reason = sentence(of: error)
      return Step(failing: error, entries: abandon(transaction, reason, origin))
    }
  }

  /// Begins a step as a transaction that lends the world itself instead of copying it.
  mutating func begin() -> Transaction {
    let now = world.clock
    let transaction = spare.transaction(
      taking: &world, services: registry, firstEntry: nextEntry)
    if let ambientClock, ambientClock > now {
      transaction.make(.clock(old: now, new: ambientClock))
    }
    if let deferred { transaction.take(deferred) }
    if let edit { transaction.take(edit) }
    for observer in observers { observer.onStart(transaction.now) }
    return transaction
  }

  /// A copy for readers during a step; it does not share the object of the transaction.
  package func forReading() -> Engine {
    var copy = self
    copy.spare = SpareTransaction()
    copy.spareStep = SpareStep()
    copy.deferred = nil
    return copy
  }

  /// Lets the clock follow real time: the next step happens at this instant, if it is later than
  /// now.
  package mutating func pass(until instant: Instant) { ambientClock = instant }

  /// Goes on from another world of the same history.
  ///
  /// - Parameter entry: The last journal entry before it.
  package mutating func go(on world: World, after entry: JournalIndex) {
    self.world = world
    nextEntry = entry.next
    if registry.domain.isInferred { learnFromWorld() }
  }

  /// Looks up once what whoever looks at the world would ask a store for each time.
  mutating func settle() { world.settle() }

  /// Frees what only time travel needs, for an engine whose past is never shown.
  package mutating func dropOldStates() { world.dropOldStates() }

  // MARK: - Clock

  private mutating func moveClock(to instant: Instant, by origin: InputOrigin) -> Step {
    let now = world.clock
    guard instant >= now else {
      return Step(failing: EngineError.clockBackwards(now: now, asked: instant))
    }
    guard instant != now else { return Step() }
    guard instant.isInCommonYears else {
      return Step(failing: EngineError.clockTooLate(instant))
    }
    return step(by: origin) { transaction in
      transaction.note(.clock(from: now, to: instant), parent: nil)
      transaction.make(.clock(old: now, new: instant))
      return nil
    }
  }
}
