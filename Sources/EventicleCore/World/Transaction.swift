/// What a transaction needs from the engine around it.
package protocol TransactionServices: Sendable {
  /// The name that events are stamped with.
  var source: String { get }
  /// Carries out a command inside a transaction.
  func execute(_ intent: CommandIntent, in transaction: Transaction) throws -> JSON?
  /// The type of the aggregates whose events live in a stream.
  func aggregateType(of stream: StreamName) -> String?
  /// Who is to be offered an event, in the order of delivery.
  func consumers(of stream: StreamName, _ type: EventType) -> [ConsumerName]
}

/// What a handler sees of the world, and through which it changes it.
///
/// Reads see everything written so far, the transaction's own writes included. Nothing of it
/// stays if the handler throws. It is good for the call that received it and no longer.
public final class Transaction {
  /// A journal entry in the making: what was done, and by which earlier note of this step.
  package struct Note {
    package var kind: JournalEntry.Kind
    package let parent: Int?
  }

  struct Savepoint {
    let changes: Int
    let notes: Int
    let ids: IDSource
    let staged: [Staged]
  }

  struct Staged {
    let key: AggregateKey
    let event: Event
  }

  package private(set) var world: World
  package private(set) var changes: [Change] = []
  package private(set) var notes: [Note] = []
  /// The event that is being handled, which is the cause of those emitted meanwhile.
  package var handled: Event?
  /// The note whose doing the next ones are.
  package var currentNote: Int?

  let services: any TransactionServices
  let firstEntry: JournalIndex
  private let idsBefore: IDSource
  private var touchedCounters: [String] = []
  private var staged: [Staged] = []
  private var dispatchDepth = 0
  private var isOver = false

  package init(
    _ world: consuming World, services: any TransactionServices, firstEntry: JournalIndex
  ) {
    idsBefore = world.ids
    self.world = world
    self.services = services
    self.firstEntry = firstEntry
  }

  /// The moment of the world's clock.
  public var now: Instant { world.clock }

  /// The event with an id, if it is in the log.
  public func event(_ id: EventID) -> Event? {
    world.log.position(of: id).flatMap { world.log.event(at: $0) }
  }

  // MARK: - Writing

  /// Makes a change, and keeps it for the journal.
  package func make(_ change: Change) {
    world.apply(change)
    changes.append(change)
  }

  /// Notes an entry for the journal and returns its number in this step.
  @discardableResult
  package func note(_ kind: JournalEntry.Kind, parent: Int?) -> Int {
    notes.append(Note(kind: kind, parent: parent))
    return notes.count - 1
  }

  package func revise(_ note: Int, _ kind: JournalEntry.Kind) { notes[note].kind = kind }

  /// The journal entry that a note of this step becomes.
  package func entry(of note: Int) -> JournalIndex { JournalIndex(firstEntry.number + note) }

  func checkOpen() throws {
    guard !isOver else { throw WorldError.transactionOver }
  }

  // MARK: - Ids

  /// The next id of a counter, such as `order-1`.
  public func nextID(_ prefix: String) -> DomainID {
    let number = world.counter(prefix) + 1
    world.ids.setCounter(prefix, to: number)
    if !touchedCounters.contains(prefix) { touchedCounters.append(prefix) }
    return DomainID("\(prefix)-\(number)")
  }

  package func nextNumber(_ counter: String) -> Int {
    let number = world.counter(counter) + 1
    world.ids.setCounter(counter, to: number)
    if !touchedCounters.contains(counter) { touchedCounters.append(counter) }
    return number
  }

  package func raiseCounter(_ counter: String, to number: Int) {
    guard number > world.counter(counter) else { return }
    world.ids.setCounter(counter, to: number)
    if !touchedCounters.contains(counter) { touchedCounters.append(counter) }
  }

  func nextEventID() -> EventID { EventID(world.ids.nextUUID(at: now)) }

  // MARK: - Savepoints

  func savepoint() -> Savepoint {
    Savepoint(changes: changes.count, notes: notes.count, ids: world.ids, staged: staged)
  }

  func rollBack(to savepoint: Savepoint) {
    while changes.count > savepoint.changes, let change = changes.popLast() {
      world.revert(change)
    }
    notes.removeSubrange(savepoint.notes...)
    world.ids = savepoint.ids
    staged = savepoint.staged
  }

  /// Runs a body whose writes vanish if it throws.
  package func attempt<Result>(_ body: () throws -> Result) throws -> Result {
    let before = savepoint()
    let (note, depth, event) = (currentNote, dispatchDepth, handled)
    do {
      return try body()
    } catch {
      rollBack(to: before)
      (currentNote, dispatchDepth, handled) = (note, depth, event)
      throw error
    }
  }

  // MARK: - Commands

  /// Carries out a command as part of this transaction and returns its response.
  ///
  /// A refusal is thrown, and nothing of the refused command stays; a handler may catch it and
  /// do something else.
  @discardableResult
  public func dispatch(_ type: String, _ data: JSON = .emptyObject) throws -> JSON? {
    try checkOpen()
    guard dispatchDepth < Limits.dispatchDepth else { throw WorldError.dispatchTooDeep(type) }
    let intent = CommandIntent(type, data)
    let bytes = JSONBytes(data)
    let parent = currentNote
    let before = savepoint()
    let note = note(.command(type: type, data: bytes, response: nil, .done), parent: parent)
    currentNote = note
    dispatchDepth += 1
    defer {
      dispatchDepth -= 1
      currentNote = parent
    }
    do {
      let response = try services.execute(intent, in: self)
      revise(note, .command(type: type, data: bytes, response: response, .done))
      return response
    } catch let error as ReportedError {
      revise(note, .command(type: type, data: bytes, response: nil, .reported(error.reason)))
      throw error
    } catch {
      rollBack(to: before)
      let outcome: CommandOutcome =
        error is Rejection ? .rejected(sentence(of: error)) : .failed(sentence(of: error))
      self.note(.command(type: type, data: bytes, response: nil, outcome), parent: parent)
      throw error
    }
  }

  // MARK: - Aggregates

  /// Keeps events for an aggregate's history until they are emitted or the step ends.
  package func stage(_ events: [Event], for key: AggregateKey) {
    for event in events { staged.append(Staged(key: key, event: event)) }
  }

  /// The events of an aggregate that this step has persisted and not yet emitted.
  package func stagedEvents(of key: AggregateKey) -> [Event] {
    staged.lazy.filter { $0.key == key }.map(\.event)
  }

  /// The aggregate that an event about to be appended belongs to, if this step persisted it.
  ///
  /// Events persisted earlier for the same aggregate go to its history first, so that versions
  /// stay in the order of persisting.
  func unstage(_ id: EventID) -> AggregateKey? {
    guard let index = staged.firstIndex(where: { $0.event.id == id }) else { return nil }
    let key = staged[index].key
    for earlier in staged[..<index] where earlier.key == key {
      make(.persisted(earlier.event, key))
    }
    var rest: [Staged] = []
    for (place, item) in staged.enumerated() where place > index || item.key != key {
      rest.append(item)
    }
    staged = rest
    return key
  }

  // MARK: - Ending

  /// Ends the step and hands out its world, with everything it changed.
  package func commit() -> World {
    for item in staged { make(.persisted(item.event, item.key)) }
    staged = []
    if idsBefore.state != world.ids.state {
      changes.append(.entropy(old: idsBefore.state, new: world.ids.state))
    }
    for name in touchedCounters {
      let (old, new) = (idsBefore.counter(name), world.counter(name))
      if old != new { changes.append(.counter(name, old: old, new: new)) }
    }
    return surrender()
  }

  /// Ends the step and hands out the world as it was before.
  package func rollBack() -> World {
    while let change = changes.popLast() { world.revert(change) }
    notes = []
    staged = []
    world.ids = idsBefore
    return surrender()
  }

  private func surrender() -> World {
    isOver = true
    let result = world
    world = World(startingAt: result.clock, seed: 0)
    return result
  }
}
