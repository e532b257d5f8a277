/// A store in memory: it keeps steps as the bytes that a file would have.
///
/// What was not committed is lost on ``reload()``, as it is in a file after a crash.
// Used by one thread at a time, as a session is.
package final class MemoryJournalStore: JournalStore, @unchecked Sendable {
  /// What a commit makes permanent.
  struct Content {
    var steps = PersistentArray<MemoryStep>()
    var log = MemoryLogIndex()
    var lines: [(after: JournalIndex, line: String)] = []
    var last = JournalIndex(0)
    var names = NameBook()
    var cores: [(entry: JournalIndex, bytes: [UInt8])] = []
    var states = StateHistory()
    var lookups = JournalLookups()
    var head: World
  }

  package let start: World
  private var permanent: Content
  private(set) var open: Content
  package private(set) var fault: StoreFault?
  /// How many pages of events are held.
  private let mostPages: Int
  /// The pages read last, the newest last.
  var pages: [LogPage] = []
  /// How often something was asked that is answered from pages or steps.
  package var asks = 0
  /// How many steps were decoded.
  package var stepsRead = 0

  /// Creates an empty store of a history that begins with a world.
  ///
  /// - Parameter pages: How many pages of events are held at most.
  package init(startingWith world: World, pages: Int = 64) {
    start = world
    mostPages = pages
    permanent = Content(head: world)
    open = permanent
  }

  package var capabilities: Capabilities { .memory }

  package var last: JournalIndex { open.last }

  /// What state was as of any entry; `nil` when nothing can be read.
  var history: StateHistory? { fault == nil ? open.states : nil }

  // MARK: - Writing

  package func append(_ step: StoredStep) {
    guard fault == nil else { return }
    guard step.first == open.last.next else {
      fault = .notAtHead(last: open.last, step: step.first)
      return
    }
    open.steps.append(
      MemoryStep(
        first: step.first, bytes: StepCodec.encode(step, &open.names), logged: open.log.count,
        kept: open.log.keptCount))
    open.log.append(step, number: open.steps.count - 1)
    let complete = open.head.replay(completing: step)
    for part in complete.parts {
      open.states.append(part.changes.others, at: open.last.next)
      for entry in part.entries {
        open.last = open.last.next
        open.lookups.append(entry, at: Int32(open.last.number), part.changes.others, open.head)
      }
    }
  }

  package func append(line: String) {
    guard fault == nil else { return }
    open.lines.append((open.last, line))
  }

  package func commit() -> StoreFault? {
    guard fault == nil else { return fault }
    permanent = open
    return nil
  }

  package func reload() -> StoreFault? {
    open = permanent
    pages = []
    fault = nil
    return nil
  }

  package func offer(_ core: StoredCore) {
    guard fault == nil else { return }
    open.cores.append((core.entry, CoreCodec.encode(core, &open.names)))
    // What belongs to steps that are not permanent becomes so with them.
    guard core.entry <= permanent.last else { return }
    (permanent.cores, permanent.names) = (open.cores, open.names)
  }

  // MARK: - Reading

  /// Counts a question; whether it is answered.
  var isWell: Bool {
    asks += 1
    return fault == nil
  }

  package var lines: [(after: JournalIndex, line: String)] { fault == nil ? open.lines : [] }

  package func forEachStep(
    after low: JournalIndex, upTo high: JournalIndex, _ body: (StoredStep) -> Bool
  ) {
    guard fault == nil else { return }
    asks += 1
    let steps = open.steps
    for number in steps.partitionPoint({ $0.first > low })..<steps.count {
      guard steps[number].first <= high, let step = step(number), body(step) else { return }
    }
  }

  package func core(atOrBefore entry: JournalIndex) -> StoredCore? {
    guard fault == nil else { return nil }
    guard let (index, bytes) = open.cores.last(where: { $0.entry <= entry }) else {
      return start.core(after: JournalIndex(0))
    }
    do throws(StepCodecError) { return try CoreCodec.decode(bytes, open.names) } catch {
      fault = .damaged("the core after \(index) cannot be read: \(error)")
      return nil
    }
  }

  /// A step by its number, from 0; a fault when its bytes are none.
  func step(_ number: Int) -> StoredStep? {
    guard fault == nil else { return nil }
    stepsRead += 1
    let stored = open.steps[number]
    do throws(StepCodecError) { return try StepCodec.decode(stored.bytes, open.names) } catch {
      fault = .damaged("the step from \(stored.first) on cannot be read: \(error)")
      return nil
    }
  }

  /// Holds a page in place of the one not read for longest.
  func hold(_ page: LogPage) {
    pages.removeAll { $0.first == page.first }
    pages.append(page)
    if pages.count > mostPages { pages.removeFirst() }
  }

  package func deliveries(of position: Position) -> [JournalIndex] {
    isWell ? open.lookups.deliveries(of: position) : []
  }

  package func entries(of saga: SagaKey, upTo end: JournalIndex) -> [JournalIndex] {
    isWell ? open.lookups.entries(of: saga, upTo: end) : []
  }

  package func steps(of saga: SagaKey, upTo end: JournalIndex) -> (all: Int, failed: Int) {
    isWell ? open.lookups.steps(of: saga, upTo: end) : (0, 0)
  }

  package func step(_ number: Int, of saga: SagaKey) -> JournalIndex? {
    isWell ? open.lookups.step(number, of: saga) : nil
  }

  package func effects(of entry: JournalIndex, limit: Int) -> [JournalIndex] {
    isWell ? open.lookups.effects(of: entry, limit: limit) : []
  }

  package func effects(of position: Position, limit: Int) -> [Position] {
    isWell ? open.lookups.effects(of: position, limit: limit) : []
  }

  package func problems(upTo end: JournalIndex) -> Int {
    isWell ? open.lookups.problems(upTo: end) : 0
  }

  package func problem(at index: Int) -> JournalIndex? {
    isWell ? open.lookups.problem(at: index) : nil
  }
}
