/// What a handler sees of the world, and through which it changes it.
///
/// Reads see everything written so far, the transaction's own writes included. Nothing of it
/// stays if the handler throws. It is good for the call that received it and no longer.
///
/// Its properties are read and written many times an event, by one step on one thread, so that
/// they are not watched for overlapping accesses: watched, with those of events and sagas, the
/// bench `emit_nosub` takes a third more instructions.
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
    let independentSteps: Int
    /// What was persisted and not yet emitted; absent where only more of it can have come.
    let staged: [Staged]?
    let stagedCount: Int
    let writes: Int
    let deferred: Int
  }

  struct Staged {
    let key: AggregateKey
    let event: Event
    /// The event as it will rest.
    let sealed: Event
  }

  /// An event that persisting has published.
  struct Published {
    let id: EventID
    let workspace: Workspace
  }

  private static let noEvent = Event(
    id: EventID(""), type: "", source: "", stream: "", createdAt: Instant(milliseconds: 0),
    data: JSONBytes(.emptyObject))

  /// How many changes most steps make at most.
  private static let usualChanges = 4

  @exclusivity(unchecked)
  private var ownWorld: World
  /// The world as this step has made it so far; lent, not copied, to who reads it.
  package internal(set) var world: World {
    @inline(__always) _read { yield ownWorld }
    @inline(__always) _modify { yield &ownWorld }
  }
  @exclusivity(unchecked)
  package internal(set) var changes: [Change] = []
  @exclusivity(unchecked)
  package internal(set) var notes: [Note] = []
  /// The event that is being handled, which is the cause of those emitted meanwhile.
  @exclusivity(unchecked)
  package var handled: Event?
  /// The newest event that was made; the next one takes its memory unless somebody kept it.
  @exclusivity(unchecked)
  var latest = Transaction.noEvent
  /// The trace of the command at hand, for events that no event leads to.
  @exclusivity(unchecked)
  package var trace: String?
  /// Why an event could not be read; what read it fails as a whole.
  @exclusivity(unchecked)
  var readingError: (any Error)?
  /// The note whose doing the next ones are.
  @exclusivity(unchecked)
  package var currentNote: Int?

  /// How long the work at hand takes; its lane is busy so long.
  @exclusivity(unchecked)
  package private(set) var spent = Interval(milliseconds: 0)
  /// Whose data it reads and writes when nothing else is said: the tenant of the command, or of
  /// the event that is handled.
  @exclusivity(unchecked)
  public internal(set) var workspace = Workspace.system
  /// How many events have been folded into aggregates.
  @exclusivity(unchecked)
  package internal(set) var foldedEvents = 0
  /// The steps that were kept whatever becomes of this one, oldest first.
  @exclusivity(unchecked)
  package internal(set) var independentSteps: [IndependentStep] = []
  @exclusivity(unchecked)
  private(set) var services: any TransactionServices
  @exclusivity(unchecked)
  var firstEntry: JournalIndex
  @exclusivity(unchecked)
  var idsBefore: IDSource
  /// What the transactions around this one have written, in words.
  @exclusivity(unchecked)
  var around: Set<String> = []
  /// How far steps of their own have moved the events of this one.
  @exclusivity(unchecked)
  var movedEvents = 0
  /// What remembers the state of the saga step at hand, and returns what brings it back.
  @exclusivity(unchecked)
  var stepMemory: (() -> () -> Void)?
  @exclusivity(unchecked)
  var touchedCounters: [String] = []
  @exclusivity(unchecked)
  var staged: [Staged] = []
  /// What the aggregates in the hands of handlers ask whether it still stands.
  @exclusivity(unchecked)
  var writes = StagedWrites()
  /// The view whose handler is at work; what it writes is its own.
  @exclusivity(unchecked)
  package var writingView: String?
  /// The events that persisting has published, which a command may return as well.
  @exclusivity(unchecked)
  var published: [Published] = []
  @exclusivity(unchecked)
  var dispatchDepth = 0
  @exclusivity(unchecked)
  var locks = HeldLocks()
  @exclusivity(unchecked)
  var lastRoute: Route?
  /// What handlers ask for meanwhile, if anybody takes it.
  @exclusivity(unchecked)
  var deferred: (any DeferredInputQueue)?
  @exclusivity(unchecked)
  var deferredBefore = 0
  @exclusivity(unchecked)
  var standing = Standing.open

  /// Begins a step: takes a world over and leaves nothing in its place, so that nothing is copied.
  package init(
    taking world: inout World, services: any TransactionServices, firstEntry: JournalIndex
  ) {
    idsBefore = world.ids
    ownWorld = World.nothing
    self.services = services
    self.firstEntry = firstEntry
    swap(&ownWorld, &world)
  }

  /// Begins another step with an object that nobody else holds any more.
  package func reopen(
    taking world: inout World, services: any TransactionServices, firstEntry: JournalIndex
  ) {
    idsBefore = world.ids
    swap(&ownWorld, &world)
    if services !== self.services {
      self.services = services
      lastRoute = nil
    }
    self.firstEntry = firstEntry
    changes.removeAll(keepingCapacity: true)
    if changes.capacity < Self.usualChanges { changes.reserveCapacity(Self.usualChanges) }
    notes.removeAll(keepingCapacity: true)
    handled = nil
    trace = nil
    readingError = nil
    currentNote = nil
    spent = Interval(milliseconds: 0)
    foldedEvents = 0
    if workspace.isTenant { workspace = .system }
    if !independentSteps.isEmpty { independentSteps = [] }
    movedEvents = 0
    if !published.isEmpty { published.removeAll(keepingCapacity: true) }
    if !locks.isEmpty { locks = HeldLocks() }
    if !touchedCounters.isEmpty { touchedCounters = [] }
    if writingView != nil { writingView = nil }
    standing = .open
  }

  /// The moment of the world's clock.
  public var now: Instant { world.clock }

  /// The event with an id, if a workspace has one.
  ///
  /// - Parameter workspace: Whose it is; the transaction's own when absent.
  public func event(_ id: EventID, in workspace: Workspace? = nil) -> Event? {
    world.log.position(of: id, in: workspace ?? self.workspace)
      .flatMap { world.log.event(at: $0) }.flatMap(opened)
  }

  /// Says that the work at hand takes a while: other work of the same key, or of the whole
  /// consumer if it takes one event at a time, waits so long on the world's clock.
  public func spend(_ interval: Interval) {
    spent = max(spent, .milliseconds(0)) + max(interval, .milliseconds(0))
  }

  // MARK: - Writing

  /// Makes a change, and keeps it for the journal.
  package func make(_ change: Change) {
    var change = change
    if case .saga(let old, var new?) = change, new.place < 0 {
      new.place = world.sagas.nextPlace
      change = .saga(old: old, new: new)
    }
    world.apply(change)
    changes.append(change)
  }

  /// Puts an event at the end of the log and offers it to its consumers.
  func append(_ event: Event, aggregate: AggregateKey?, _ consumers: [ConsumerNumber]) {
    let note = note(.append(Position(world.log.count + 1), event.type), parent: currentNote)
    world.append(event, aggregate, by: entry(of: note))
    changes.append(.appended)
    for consumer in consumers { offer(world.log.last, to: consumer) }
  }

  /// Puts an imported event at the end of the log.
  package func take(_ event: Event, aggregate: AggregateKey?) -> Int {
    let note = note(.imported(Position(world.log.count + 1), event.type), parent: nil)
    world.append(event, aggregate, by: entry(of: note))
    changes.append(.appended)
    return note
  }

  /// Queues a delivery unless the consumer's group finds its events itself.
  package func offer(_ position: Position, to consumer: ConsumerNumber) {
    if !world.laggingGroups.isEmpty, let group = world.consumers[consumer]?.group,
      world.laggingGroups.contains(group)
    {
      return
    }
    let delivery = QueuedDelivery(position, consumer)
    world.deliveries.pushBack(delivery)
    changes.append(.enqueued(delivery))
  }

  func keep(_ event: Event, _ key: AggregateKey) {
    world.keep(event, key)
    changes.append(.kept)
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

  // MARK: - Ending

  /// How often the step has asked the random source.
  package var draws: Int { world.ids.drawn - idsBefore.drawn }

  /// Ends the step and puts its world where it was taken from.
  package func commit(to place: inout World) -> StepChanges {
    for item in staged { keep(item.sealed, item.key) }
    staged = []
    writes.keep()
    let draws = draws
    if idsBefore.numbers != world.ids.numbers {
      for series in NumberSeries.allCases {
        let given = world.ids.numbers[series] - idsBefore.numbers[series]
        if given != 0 { changes.append(.numbered(series, given)) }
      }
    }
    for name in touchedCounters {
      let (old, new) = (idsBefore.counter(name), world.ids.counter(name))
      if old != new { changes.append(.counter(name, old: old, new: new)) }
    }
    surrender(to: &place)
    return StepChanges(taking: &changes, draws: draws)
  }

  /// Ends the step and puts the world back as it was before.
  package func rollBack(to place: inout World) {
    while let change = changes.popLast() { world.revert(change) }
    deferred?.drop(after: deferredBefore)
    notes = []
    staged = []
    writes.takeBack(after: 0)
    world.ids = idsBefore
    surrender(to: &place)
  }

  private func surrender(to place: inout World) {
    standing = .over
    swap(&ownWorld, &place)
  }
}
