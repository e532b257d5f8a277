/// A handler's access to the world: what it reads, and how it changes it.
///
/// Reads see everything written so far, including the transaction's own writes. If the handler
/// throws, none of its writes remain. A transaction is valid only during the call that received it.
///
/// Its properties are accessed many times per event, by one step on one thread, so they are exempt
/// from exclusivity checks: with the checks, here and in events and sagas, the benchmark
/// `emit_nosub` takes a third more instructions.
public final class Transaction {
  struct Savepoint {
    let changes: Int
    let notes: Int
    let ids: IDSource
    let independentSteps: Int
    /// The staged events; absent where events can only have been added since.
    let staged: [Staged]?
    let stagedCount: Int
    let writes: Int
    let deferred: Int
    let published: Int
    let appends: Int
  }

  struct Staged {
    let key: AggregateKey
    let event: Event
    /// The event in its stored form.
    let sealed: Event
  }

  private static let noEvent = Event(
    id: EventID(""), type: "", source: "", stream: "", createdAt: Instant(milliseconds: 0),
    data: JSONBytes(.emptyObject))

  /// The number of changes that most steps do not exceed.
  private static let usualChanges = 4

  @exclusivity(unchecked)
  private var ownWorld: World
  /// The world as this step has changed it so far; lent to readers, not copied.
  package internal(set) var world: World {
    @inline(__always) _read { yield ownWorld }
    @inline(__always) _modify { yield &ownWorld }
  }
  // Where a part of a world that is lent is asked something that takes a while, debug builds let go
  // of the part after the world is gone; these ask the world where it lies.

  /// The saga instance with a key, as this step has changed it so far.
  package func sagaInstance(_ key: SagaKey) -> SagaInstance? { ownWorld.sagas.instance(key) }

  /// The armed timer with a key, as this step has changed it so far.
  package func armedTimer(_ key: TimerKey) -> Timer? { ownWorld.timers.timer(key) }

  @exclusivity(unchecked)
  package internal(set) var changes: [Change] = []
  @exclusivity(unchecked)
  package internal(set) var notes: [StepNote] = []
  /// The event being handled, which is the cause of the events emitted by its handler.
  @exclusivity(unchecked)
  package var handled: Event?
  /// The newest event that was made; the next one reuses its memory unless somebody kept it.
  @exclusivity(unchecked)
  var latest = Transaction.noEvent
  /// The trace of the current command, for events that no event caused.
  @exclusivity(unchecked)
  package var trace: String?
  /// Why an event could not be read; the work that read it fails as a whole.
  @exclusivity(unchecked)
  var readingError: (any Error)?
  /// The note that causes the next ones.
  @exclusivity(unchecked)
  package var currentNote: Int?

  /// How long the current work takes; its lane stays busy until then.
  @exclusivity(unchecked)
  package private(set) var spent = Interval(milliseconds: 0)
  /// The workspace to read and write unless another is given: that of the command, or of the event
  /// being handled.
  @exclusivity(unchecked)
  public internal(set) var workspace = Workspace.system
  /// The number of events folded into aggregates.
  @exclusivity(unchecked)
  package internal(set) var foldedEvents = 0
  /// What the searches for records have cost.
  @exclusivity(unchecked)
  package internal(set) var queryWork = QueryWork()
  /// The independent steps, which stay even if this one fails, oldest first.
  @exclusivity(unchecked)
  package internal(set) var independentSteps: [IndependentStep] = []
  @exclusivity(unchecked)
  private(set) var services: any TransactionServices
  @exclusivity(unchecked)
  var firstEntry: JournalIndex
  @exclusivity(unchecked)
  var idsBefore: IDSource
  /// The subjects that the transactions around this one have written, in words.
  @exclusivity(unchecked)
  var around: Set<String> = []
  /// How far independent steps have moved the events of this one.
  @exclusivity(unchecked)
  var movedEvents = 0
  /// Remembers the state of the current saga step and returns a closure that restores it.
  @exclusivity(unchecked)
  var stepMemory: (() -> () -> Void)?
  @exclusivity(unchecked)
  var touchedCounters: [String] = []
  @exclusivity(unchecked)
  var staged: [Staged] = []
  /// The writes of this step, which tell handlers' aggregates whether they still stand.
  @exclusivity(unchecked)
  var writes = StagedWrites()
  /// The view whose handler is running and which owns what it writes.
  @exclusivity(unchecked)
  package var writingView: String?
  /// The events published by persisting, which a command may also return.
  @exclusivity(unchecked)
  var published: [EventID] = []
  @exclusivity(unchecked)
  var dispatchDepth = 0
  @exclusivity(unchecked)
  var locks = HeldLocks()
  @exclusivity(unchecked)
  var lastRoute: Route?
  /// Collects the inputs that handlers defer, if anything does.
  @exclusivity(unchecked)
  var deferred: (any DeferredInputQueue)?
  @exclusivity(unchecked)
  var deferredBefore = 0
  @exclusivity(unchecked)
  var standing = Standing.open
  /// What a person changed of what the step gives; `nil` for nearly every step.
  @exclusivity(unchecked)
  var edit: StepEdit?
  /// The counters that an edit has put back, with what they had got to.
  @exclusivity(unchecked)
  var lowered: [(name: String, last: Int)] = []
  /// The number of events appended so far, those left out included; counted only in an edited step.
  @exclusivity(unchecked)
  var appends = 0

  /// Begins a step: moves the world in and leaves nothing in its place, so that nothing is copied.
  package init(
    taking world: inout World, services: any TransactionServices, firstEntry: JournalIndex
  ) {
    idsBefore = world.ids
    ownWorld = World.nothing
    self.services = services
    self.firstEntry = firstEntry
    swap(&ownWorld, &world)
  }

  /// Begins another step with an object that nobody else holds.
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
    queryWork = QueryWork()
    if workspace.isTenant { workspace = .system }
    if !independentSteps.isEmpty { independentSteps = [] }
    movedEvents = 0
    if !published.isEmpty { published.removeAll(keepingCapacity: true) }
    if !locks.isEmpty { locks = HeldLocks() }
    if !touchedCounters.isEmpty { touchedCounters = [] }
    if writingView != nil { writingView = nil }
    if edit != nil { (edit, appends, lowered) = (nil, 0, []) }
    standing = .open
  }

  /// The time for handlers: it stands still during a step, and comes from the input.
  public var now: Instant { world.clock }

  /// The event with an id, if a workspace has one.
  ///
  /// - Parameter workspace: The workspace to search; the transaction's own when absent.
  public func event(_ id: EventID, in workspace: Workspace? = nil) -> Event? {
    world.log.position(of: id, in: workspace ?? self.workspace)
      .flatMap { world.log.event(at: $0) }.flatMap(opened)
  }

  /// Makes the current work take a while: other work of the same key, or of the whole consumer if
  /// it takes one event at a time, waits that long on the world's clock.
  public func spend(_ interval: Interval) {
    spent = max(spent, .milliseconds(0)) + max(interval, .milliseconds(0))
  }

  // MARK: - Writing

  /// Applies a change and records it for the journal.
  package func make(_ change: Change) {
    var change = change
    if case .saga(let old, var new?) = change, new.place < 0 {
      new.place = world.sagas.nextPlace
      change = .saga(old: old, new: new)
    }
    world.apply(change)
    changes.append(change)
  }

  /// Adds a note for the journal and returns its number within this step.
  @discardableResult
  package func note(_ kind: JournalEntry.Kind, parent: Int?) -> Int {
    notes.append(StepNote(kind: kind, parent: parent))
    return notes.count - 1
  }

  package func revise(_ note: Int, _ kind: JournalEntry.Kind) { notes[note].kind = kind }

  /// The journal entry that a note of this step becomes.
  package func entry(of note: Int) -> JournalIndex { JournalIndex(firstEntry.number + note) }

  // MARK: - Ending

  /// The number of draws from the random source during the step.
  package var draws: Int { world.ids.drawn - idsBefore.drawn }

  /// Ends the step and puts its world back where it was taken from.
  package func commit(to place: inout World) -> StepChanges {
    for item in staged { keep(item.sealed, item.key) }
    staged = []
    writes.keep()
    if !lowered.isEmpty { raiseLowered() }
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

  /// Ends the step and restores the world as it was before.
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
