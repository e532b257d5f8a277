import EventicleCore

/// A store in memory whose n-th operation fails, and every one after it until it is read again.
final class FaultyStore: JournalStore, @unchecked Sendable {
  private let store: MemoryJournalStore
  private var injected: StoreFault?
  private(set) var operations = 0
  /// The operation that fails; none when `nil`.
  var failing: Int?
  let kind: StoreFault

  init(startingWith world: World, failing: Int?, _ kind: StoreFault = .full) {
    store = MemoryJournalStore(startingWith: world)
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
}
