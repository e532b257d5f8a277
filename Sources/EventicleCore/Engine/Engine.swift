/// Runs a domain: inputs in, journal entries and a new world out.
///
/// A value, synchronous and deterministic: the same inputs from the same world give the same
/// entries. It reads no clock, no randomness and nothing from outside.
///
/// Events are delivered in the order of the log, each to views, then sagas, then adapters, each
/// kind in the order of declaration; what a delivery emits waits behind what waits already.
public struct Engine: Sendable {
  /// Everything that is true now.
  public private(set) var world: World
  /// The number of the next journal entry.
  public private(set) var nextEntry: JournalIndex
  private(set) var registry: Registry
  /// The moment at which the next step happens, when the clock goes on by itself between steps.
  private var ambientClock: Instant?

  /// An engine of a domain in which nothing has happened.
  ///
  /// - Throws: ``DomainError`` when the domain declares something twice.
  public init(
    _ domain: Domain, startingAt clock: Instant = .standardStart, seed: UInt64 = 1
  ) throws(DomainError) {
    registry = try Registry(domain)
    var world = World(startingAt: clock, seed: seed)
    for saga in domain.sagas {
      world.sagas.declare(saga: saga.name, properties: saga.matchProperties)
    }
    self.world = world
    nextEntry = JournalIndex(1)
  }

  /// The domain that it runs.
  public var domain: Domain { registry.domain }

  /// Does one thing and returns what the journal keeps of it.
  ///
  /// Deliveries that it queues are made by later calls; see ``EngineInput/deliver``.
  ///
  /// - Parameter isByUser: Whether a person asked for it.
  public mutating func perform(_ input: EngineInput, isByUser: Bool = false) -> EngineStep {
    switch input {
    case .emit(let events, let stream):
      return step(isByUser: isByUser) { transaction in
        try transaction.emit(events, to: stream)
        return nil
      }
    case .dispatch(let intent): return dispatch(intent, isByUser: isByUser)
    case .deliver: return deliver()
    case .fire(let key): return fire(key, isByUser: isByUser)
    case .moveClock(let instant): return moveClock(to: instant, isByUser: isByUser)
    case .take(let event, let reaction): return take(event, reaction: reaction)
    }
  }

  /// Delivers until nothing waits, handing over each step.
  ///
  /// - Returns: Whether nothing waits; `false` when ``Limits/cascadeDeliveries`` was reached.
  @discardableResult
  public mutating func settle(_ body: (EngineStep) -> Void) -> Bool {
    for _ in 0..<Limits.cascadeDeliveries {
      if world.queue.isEmpty { return true }
      body(deliver())
    }
    return world.queue.isEmpty
  }

  mutating func replace(subscriptions: [Subscription]) throws(DomainError) {
    registry = try Registry(registry.domain, subscriptions: subscriptions)
  }

  // MARK: - Steps

  /// Runs a body as one step: all of it, or none of it.
  mutating func step(
    cause: JournalIndex? = nil, isByUser: Bool = false, _ body: (Transaction) throws -> JSON?
  ) -> EngineStep {
    let transaction = begin()
    do {
      let response = try body(transaction)
      let entries = finish(transaction, cause: cause, isByUser: isByUser)
      return EngineStep(entries: entries, response: response)
    } catch {
      world = transaction.rollBack()
      return EngineStep(problem: sentence(of: error))
    }
  }

  func placeholder() -> World { World(startingAt: world.clock, seed: 0) }

  /// Opens a step; the world moves into it, so that nothing is copied.
  mutating func begin() -> Transaction {
    let current = world
    world = placeholder()
    let now = current.clock
    let transaction = Transaction(current, services: registry, firstEntry: nextEntry)
    if let ambientClock, ambientClock > now {
      transaction.make(.clock(old: now, new: ambientClock))
    }
    return transaction
  }

  /// Lets the clock go on by itself: the next step happens at a moment, if that is later.
  package mutating func pass(until instant: Instant) { ambientClock = instant }

  /// Ends a step and turns its notes into journal entries.
  mutating func finish(
    _ transaction: Transaction, cause: JournalIndex?, isByUser: Bool
  ) -> [JournalEntry] {
    let notes = transaction.notes
    world = transaction.commit()
    let changes = transaction.changes
    let start = nextEntry
    var entries: [JournalEntry] = []
    entries.reserveCapacity(notes.count)
    for (index, note) in notes.enumerated() {
      entries.append(
        JournalEntry(
          kind: note.kind, cause: note.parent.map { JournalIndex(start.number + $0) } ?? cause,
          instant: world.clock, stepStart: start, stepCount: index == 0 ? notes.count : 0,
          isByUser: isByUser && note.parent == nil, changes: index == 0 ? changes : []))
    }
    nextEntry = JournalIndex(start.number + entries.count)
    return entries
  }

  // MARK: - Commands

  private mutating func dispatch(_ intent: CommandIntent, isByUser: Bool) -> EngineStep {
    let transaction = begin()
    var result = EngineStep()
    do {
      result.response = try transaction.dispatch(intent.type, intent.data)
    } catch let error as EngineError {
      world = transaction.rollBack()
      return EngineStep(problem: sentence(of: error))
    } catch {
      // The refusal itself is kept in the journal; nothing else is left of the command.
      result.problem = sentence(of: error)
    }
    result.entries = finish(transaction, cause: nil, isByUser: isByUser)
    return result
  }

  // MARK: - Clock

  private mutating func moveClock(to instant: Instant, isByUser: Bool) -> EngineStep {
    let now = world.clock
    guard instant >= now else {
      return EngineStep(
        problem: EngineError.clockBackwards(now: now, asked: instant).description)
    }
    guard instant > now else { return EngineStep() }
    return step(isByUser: isByUser) { transaction in
      transaction.note(.clock(from: now, to: instant), parent: nil)
      transaction.make(.clock(old: now, new: instant))
      return nil
    }
  }
}
