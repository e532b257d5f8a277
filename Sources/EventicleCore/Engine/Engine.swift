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
  private(set) var registry: Registry
  let observers: [TransactionObserver]
  private var spare = SpareTransaction()
  /// Where handlers put inputs for after their step; `nil` when nobody would perform them.
  var deferred: DeferredInputs?
  /// The instant of the next step, when the clock moves by itself between steps.
  private var ambientClock: Instant?

  /// Creates an engine with an empty log.
  ///
  /// - Throws: ``DomainError`` when the domain declares something twice.
  public init(
    _ domain: Domain, startingAt clock: Instant = .standardStart, seed: UInt64 = 1,
    options: EngineOptions = .standard
  ) throws(DomainError) {
    registry = try Registry(domain, codec: options.codec, protection: options.protection)
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
  }

  /// The domain that it runs.
  public var domain: Domain { registry.domain }

  /// Performs one input as one step.
  ///
  /// It makes no deliveries; they wait in the queue for ``Input/deliver``.
  ///
  /// - Parameter isByUser: Whether a person asked for it, as the journal then says.
  public mutating func perform(_ input: Input, isByUser: Bool = false) -> Step {
    switch input {
    case .emit(let events, let stream):
      return step(isByUser: isByUser) { transaction in
        try transaction.write(events, to: stream)
        return nil
      }
    case .dispatch(let intent): return dispatch(intent, isByUser: isByUser)
    case .direct(let command): return dispatch(command, isByUser: isByUser)
    case .deliver: return deliver()
    case .fire(let key): return fire(key, isByUser: isByUser)
    case .moveClock(let instant): return moveClock(to: instant, isByUser: isByUser)
    case .schedule(let command): return schedule(command, isByUser: isByUser)
    case .cancelTimer(let key): return cancel(key, isByUser: isByUser)
    case .moveTimer(let key, let instant): return move(key, to: instant, isByUser: isByUser)
    case .endSaga(let key, let keepingData, let reason):
      return endSaga(key, keepingData: keepingData, reason: reason)
    case .correctSaga(let key, let data, let reason):
      return correctSaga(key, data, reason: reason)
    case .take(let event, let reaction): return take(event, reaction: reaction)
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
    }
  }

  /// Makes deliveries until none is possible, calling back with each step.
  ///
  /// - Returns: Whether all work is done; `false` when ``Limits/cascadeDeliveries`` was reached.
  @discardableResult
  public mutating func settle(_ body: (Step) -> Void) -> Bool {
    for _ in 0..<Limits.cascadeDeliveries {
      guard hasWork else { return true }
      body(deliver())
    }
    return !hasWork
  }

  mutating func replace(subscriptions: [Subscription]) throws(DomainError) {
    registry = try Registry(
      registry.domain, subscriptions: subscriptions, codec: registry.codec,
      protection: registry.protection, numbers: registry.numbers)
  }

  // MARK: - Steps

  /// Runs a body as one step, which is kept or undone as a whole.
  mutating func step(
    cause: JournalIndex? = nil, isByUser: Bool = false, _ body: (Transaction) throws -> JSON?
  ) -> Step {
    let transaction = begin()
    do {
      let response = try body(transaction)
      let entries = finish(transaction, cause: cause, isByUser: isByUser)
      return Step(entries: entries, response: response)
    } catch {
      let reason = sentence(of: error)
      return Step(failing: error, entries: abandon(transaction, reason, isByUser))
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
    for observer in observers { observer.onStart(transaction.now) }
    return transaction
  }

  /// A copy for readers during a step; it does not share the object of the transaction.
  package func forReading() -> Engine {
    var copy = self
    copy.spare = SpareTransaction()
    copy.deferred = nil
    return copy
  }

  /// Lets the clock follow real time: the next step happens at this instant, if it is later than
  /// now.
  package mutating func pass(until instant: Instant) { ambientClock = instant }

  /// Frees what only time travel needs, for an engine whose past is never shown.
  package mutating func dropOldStates() { world.dropOldStates() }

  // MARK: - Clock

  private mutating func moveClock(to instant: Instant, isByUser: Bool) -> Step {
    let now = world.clock
    guard instant >= now else {
      return Step(failing: EngineError.clockBackwards(now: now, asked: instant))
    }
    guard instant != now else { return Step() }
    guard instant.isInCommonYears else {
      return Step(failing: EngineError.clockTooLate(instant))
    }
    return step(isByUser: isByUser) { transaction in
      transaction.note(.clock(from: now, to: instant), parent: nil)
      transaction.make(.clock(old: now, new: instant))
      return nil
    }
  }
}
