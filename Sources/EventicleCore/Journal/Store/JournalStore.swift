/// Where steps are kept beyond the memory of a session: a file, or memory for tests.
///
/// Nothing here throws. A failure stays in ``fault`` and makes everything after it empty, until
/// ``reload()``; whoever decides on what was read asks for the fault first.
package protocol JournalStore: LogPages {
  /// What it promises.
  var capabilities: Capabilities { get }

  /// The world before the first step.
  var start: World { get }

  /// The last entry that was appended, acknowledged or not.
  var last: JournalIndex { get }

  // MARK: Writing

  /// Appends a step to what the next ``commit()`` makes permanent.
  ///
  /// A step that does not follow the last one is not written and sets
  /// ``StoreFault/notAtHead(last:step:)``.
  func append(_ step: StoredStep)

  /// Appends a command line after the last step.
  func append(line: String)

  /// Makes permanent what was appended: it is acknowledged when the result is `nil`.
  func commit() -> StoreFault?

  /// Forgets what is not permanent and reads the store again.
  ///
  /// - Returns: A fault that reading does not mend.
  func reload() -> StoreFault?

  /// Offers the core of the world after the last step as a place to read from; it becomes permanent
  /// with that step.
  func offer(_ core: StoredCore)

  // MARK: Reading

  /// The command lines, each with the last entry before it ran.
  var lines: [(after: JournalIndex, line: String)] { get }

  /// Calls back with the steps whose entries are after one and up to another, until the body
  /// returns `false`; O(steps).
  ///
  /// What their changes replaced is not said; ``World/replay(completing:_:)`` fills it in.
  func forEachStep(
    after low: JournalIndex, upTo high: JournalIndex, _ body: (StoredStep) -> Bool)

  /// The newest core that was offered at or before an entry, else the one before the first step;
  /// `nil` when the store cannot be read.
  func core(atOrBefore entry: JournalIndex) -> StoredCore?

  /// The entry at an index, whose changes do not say what they replaced; `nil` outside the journal.
  func entry(_ index: JournalIndex) -> JournalEntry?

  /// Calls back with the entries after one and up to another, without what they changed, until the
  /// body returns `false`; O(entries).
  ///
  /// It is for looking through a long history: what it says need not have been compared with what
  /// was written yet, as that of ``entry(_:)`` is.
  func forEachEntry(
    after low: JournalIndex, upTo high: JournalIndex,
    _ body: (JournalIndex, JournalEntry) -> Bool)

  /// The same, of events no more than what they are.
  func forEachBrief(
    after low: JournalIndex, upTo high: JournalIndex,
    _ body: (JournalIndex, BriefEntry) -> Bool)

  /// The first and the last entry of the step that an entry belongs to; `nil` outside the journal.
  func step(of entry: JournalIndex) -> (first: JournalIndex, last: JournalIndex)?

  /// The number of steps whose first entry is after one entry and up to another.
  func stepCount(after low: JournalIndex, upTo high: JournalIndex) -> Int

  /// The last entry of the step that is so many steps, from 1, after the end of another.
  func end(ofStep number: Int, after entry: JournalIndex) -> JournalIndex?

  /// The position of the last event appended up to the end of the step of an entry.
  func lastEvent(doneAt entry: JournalIndex) -> Position

  /// The world after an entry, which rests on this store as of that entry; `nil` when the store
  /// cannot be read.
  ///
  /// - Parameter later: A world with its events in its log and histories.
  func world(after entry: JournalIndex, sharing later: World) -> World?

  /// The world after the entry of a core, which rests on this store with all it has, its events
  /// included; `nil` when the store cannot be read.
  func world(of core: StoredCore) -> World?

  /// Holds the world after an entry for a while, with worlds on the way to it, for whoever looks at a
  /// moment near them next.
  func hold(_ world: World, after entry: JournalIndex, on way: [(JournalIndex, World)])

  /// The newest world that is held of an entry or an earlier one.
  func heldWorld(atOrBefore entry: JournalIndex) -> (entry: JournalIndex, world: World)?

  /// The entries that delivered an event, in order.
  func deliveries(of position: Position) -> [JournalIndex]

  /// The entries that concern a saga instance up to one, in order.
  func entries(of saga: SagaKey, upTo end: JournalIndex) -> [JournalIndex]

  /// The numbers of steps and of failed steps of a saga instance up to an entry.
  func steps(of saga: SagaKey, upTo end: JournalIndex) -> (all: Int, failed: Int)

  /// The entry of a saga instance's step by its number, from 1.
  func step(_ number: Int, of saga: SagaKey) -> JournalIndex?

  /// The entries after its own step that an entry caused, in order.
  func effects(of entry: JournalIndex, limit: Int) -> [JournalIndex]

  /// The events that name an event as their cause, in order.
  func effects(of position: Position, limit: Int) -> [Position]

  /// The number of entries that report a failure, up to one.
  func problems(upTo end: JournalIndex) -> Int

  /// The entry of a failure by its index, from 0.
  func problem(at index: Int) -> JournalIndex?
}
