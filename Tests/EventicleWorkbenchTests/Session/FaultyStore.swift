@testable import EventicleCore

/// A store in memory whose n-th operation fails, and every one after it until it is read again.
final class FaultyStore: JournalStore, @unchecked Sendable {
  private let store: MemoryJournalStore
  private var injected: StoreFault?
  private(set) var operations = 0
  /// The operation that fails; none when `nil`.
  var failing: Int?
  let kind: StoreFault

  init(startingWith world: World, failing: Int?, _ kind: StoreFault = .full, pages: Int = 64) {
    store = MemoryJournalStore(startingWith: world, pages: pages)
    self.failing = failing
    self.kind = kind
  }

  private var isWell: Bool {
    operations += 1
    if operations == failing { injected = kind }
    return injected == nil
  }

  var capabilities: Capabilities { store.capabilities }
  var fault: StoreFault? { injected ?? store.fault }
  var start: World { store.start }
  var last: JournalIndex { store.last }
  var lines: [(after: JournalIndex, line: String)] { isWell ? store.lines : [] }

  func append(_ step: StoredStep) { if isWell { store.append(step) } }

  func append(line: String) { if isWell { store.append(line: line) } }

  func commit() -> StoreFault? { isWell ? store.commit() : fault }

  func reload() -> StoreFault? {
    injected = nil
    return store.reload()
  }

  func offer(_ core: StoredCore) { if isWell { store.offer(core) } }

  func forEachStep(
    after low: JournalIndex, upTo high: JournalIndex, _ body: (StoredStep) -> Bool
  ) {
    if isWell { store.forEachStep(after: low, upTo: high, body) }
  }

  func core(atOrBefore entry: JournalIndex) -> StoredCore? {
    isWell ? store.core(atOrBefore: entry) : nil
  }

  func world(after entry: JournalIndex, sharing later: World) -> World? {
    isWell ? store.world(after: entry, sharing: later) : nil
  }

  func steps(of saga: SagaKey, upTo end: JournalIndex) -> (all: Int, failed: Int) {
    isWell ? store.steps(of: saga, upTo: end) : (0, 0)
  }

  func step(_ number: Int, of saga: SagaKey) -> JournalIndex? {
    isWell ? store.step(number, of: saga) : nil
  }

  func deliveries(of position: Position) -> [JournalIndex] {
    isWell ? store.deliveries(of: position) : []
  }

  func entries(of saga: SagaKey, upTo end: JournalIndex) -> [JournalIndex] {
    isWell ? store.entries(of: saga, upTo: end) : []
  }

  func effects(of entry: JournalIndex, limit: Int) -> [JournalIndex] {
    isWell ? store.effects(of: entry, limit: limit) : []
  }

  func effects(of position: Position, limit: Int) -> [Position] {
    isWell ? store.effects(of: position, limit: limit) : []
  }

  func problems(upTo end: JournalIndex) -> Int { isWell ? store.problems(upTo: end) : 0 }

  func problem(at index: Int) -> JournalIndex? { isWell ? store.problem(at: index) : nil }

  func entry(_ index: JournalIndex) -> JournalEntry? { isWell ? store.entry(index) : nil }

  func step(of entry: JournalIndex) -> (first: JournalIndex, last: JournalIndex)? {
    isWell ? store.step(of: entry) : nil
  }

  func stepCount(after low: JournalIndex, upTo high: JournalIndex) -> Int {
    isWell ? store.stepCount(after: low, upTo: high) : 0
  }

  func end(ofStep number: Int, after entry: JournalIndex) -> JournalIndex? {
    isWell ? store.end(ofStep: number, after: entry) : nil
  }

  func lastEvent(doneAt entry: JournalIndex) -> Position {
    isWell ? store.lastEvent(doneAt: entry) : Position(0)
  }

  var kinds: [LogKind] { isWell ? store.kinds : [] }

  func world(of core: StoredCore) -> World? { isWell ? store.world(of: core) : nil }

  func page(_ number: Int) -> LogPage? { isWell ? store.page(number) : nil }

  func position(of id: EventID, upTo last: Int) -> Int? {
    isWell ? store.position(of: id, upTo: last) : nil
  }

  func count(of stream: StreamName, upTo last: Int) -> Int {
    isWell ? store.count(of: stream, upTo: last) : 0
  }

  func positions(of stream: StreamName, at places: Range<Int>) -> [Int32] {
    isWell ? store.positions(of: stream, at: places) : []
  }

  func history(of key: AggregateKey, upTo bound: LogBound) -> StoredHistory? {
    isWell ? store.history(of: key, upTo: bound) : nil
  }

  func entries(of history: StoredHistory, _ range: Range<Int>) -> [Int32] {
    isWell ? store.entries(of: history, range) : []
  }

  func count(ofAggregates type: String, upTo bound: LogBound) -> Int {
    isWell ? store.count(ofAggregates: type, upTo: bound) : 0
  }

  func aggregate(of type: String, at index: Int) -> DomainID? {
    isWell ? store.aggregate(of: type, at: index) : nil
  }

  func keptEvent(_ number: Int) -> (event: Event, logCount: Int)? {
    isWell ? store.keptEvent(number) : nil
  }
}
