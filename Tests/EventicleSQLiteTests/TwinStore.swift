import Testing

@testable import EventicleCore
@testable import EventicleSQLite

/// An entry as it is found when a history is looked through: without what it changed.
private struct ScannedEntry: Equatable {
  let index: JournalIndex
  let entry: JournalEntry

  static func == (left: ScannedEntry, right: ScannedEntry) -> Bool {
    let (mine, other) = (left.entry, right.entry)
    return left.index == right.index && mine.kind == other.kind && mine.instant == other.instant
      && mine.cause == other.cause && mine.stepStart == other.stepStart
      && mine.stepCount == other.stepCount && mine.origin == other.origin
  }
}

/// A store in memory and one in a file that are asked the same; differences are noted.
final class TwinStore: JournalStore, StatePages, @unchecked Sendable {
  private let memory: MemoryJournalStore
  private let file: SQLiteJournal
  /// The first difference, as a sentence.
  private(set) var difference: String?

  init(_ memory: MemoryJournalStore, _ file: SQLiteJournal) {
    (self.memory, self.file) = (memory, file)
  }

  private func both<Answer: Equatable>(
    _ question: String, _ ask: (any JournalStore & StatePages) -> Answer
  ) -> Answer {
    let (mine, others) = (ask(memory), ask(file))
    if mine != others, difference == nil {
      difference = "\(question): \(others) in the file, \(mine) in memory"
      Issue.record("\(difference ?? "")")
    }
    return mine
  }

  var capabilities: Capabilities { memory.capabilities }
  var fault: StoreFault? { both("fault") { $0.fault } }
  var start: World { file.start }
  var last: JournalIndex { both("last") { $0.last } }
  var lines: [(after: JournalIndex, line: String)] { memory.lines }

  func append(_ step: StoredStep) {
    memory.append(step)
    file.append(step)
  }

  func append(line: String) {
    memory.append(line: line)
    file.append(line: line)
  }

  func commit() -> StoreFault? { both("commit") { $0.commit() } }
  func reload() -> StoreFault? { both("reload") { $0.reload() } }

  func offer(_ core: StoredCore) {
    memory.offer(core)
    file.offer(core)
  }

  func forEachStep(
    after low: JournalIndex, upTo high: JournalIndex, _ body: (StoredStep) -> Bool
  ) {
    var (mine, others): ([[UInt8]], [[UInt8]]) = ([], [])
    memory.forEachStep(after: low, upTo: high) { step in
      mine.append(StepCodec.encodeAlone(step))
      return true
    }
    file.forEachStep(after: low, upTo: high) { step in
      others.append(StepCodec.encodeAlone(step))
      return true
    }
    if mine != others, difference == nil {
      difference = "the steps after \(low) up to \(high)"
      Issue.record("\(difference ?? "")")
    }
    file.forEachStep(after: low, upTo: high, body)
  }

  func forEachEntry(
    after low: JournalIndex, upTo high: JournalIndex,
    _ body: (JournalIndex, JournalEntry) -> Bool
  ) {
    let all = both("the entries after \(low) up to \(high)") { store in
      var found: [ScannedEntry] = []
      store.forEachEntry(after: low, upTo: high) { index, entry in
        found.append(ScannedEntry(index: index, entry: entry))
        return true
      }
      return found
    }
    for one in all where !body(one.index, one.entry) { return }
  }

  func core(atOrBefore entry: JournalIndex) -> StoredCore? {
    let (mine, others) = (memory.core(atOrBefore: entry), file.core(atOrBefore: entry))
    if mine.map({ CoreCodec.encodeAlone($0) }) != others.map({ CoreCodec.encodeAlone($0) }) {
      difference = difference ?? "the core at or before \(entry)"
    }
    return others
  }

  func entry(_ index: JournalIndex) -> JournalEntry? { memory.entry(index) }

  func step(of entry: JournalIndex) -> (first: JournalIndex, last: JournalIndex)? {
    memory.step(of: entry)
  }

  func stepCount(after low: JournalIndex, upTo high: JournalIndex) -> Int {
    both("steps after \(low) up to \(high)") { $0.stepCount(after: low, upTo: high) }
  }

  func end(ofStep number: Int, after entry: JournalIndex) -> JournalIndex? {
    both("end of step \(number) after \(entry)") { $0.end(ofStep: number, after: entry) }
  }

  func lastEvent(doneAt entry: JournalIndex) -> Position {
    both("last event done at \(entry)") { $0.lastEvent(doneAt: entry) }
  }

  func deliveries(of position: Position) -> [JournalIndex] {
    both("deliveries of \(position)") { $0.deliveries(of: position) }
  }

  func entries(of saga: SagaKey, upTo end: JournalIndex) -> [JournalIndex] {
    both("entries of \(saga) up to \(end)") { $0.entries(of: saga, upTo: end) }
  }

  func steps(of saga: SagaKey, upTo end: JournalIndex) -> (all: Int, failed: Int) {
    memory.steps(of: saga, upTo: end)
  }

  func step(_ number: Int, of saga: SagaKey) -> JournalIndex? {
    both("step \(number) of \(saga)") { $0.step(number, of: saga) }
  }

  func effects(of entry: JournalIndex, limit: Int) -> [JournalIndex] {
    both("effects of \(entry)") { $0.effects(of: entry, limit: limit) }
  }

  func effects(of position: Position, limit: Int) -> [Position] {
    both("effects of \(position)") { $0.effects(of: position, limit: limit) }
  }

  func problems(upTo end: JournalIndex) -> Int {
    both("problems up to \(end)") { $0.problems(upTo: end) }
  }

  func problem(at index: Int) -> JournalIndex? {
    both("problem \(index)") { $0.problem(at: index) }
  }

  var kinds: [LogKind] { file.kinds }

  func world(of core: StoredCore) -> World? { file.world(of: core) }

  func page(_ number: Int) -> LogPage? { file.page(number) }

  func position(of id: EventID, upTo last: Int) -> Int? {
    both("\(id) up to \(last)") { $0.position(of: id, upTo: last) }
  }

  func count(of stream: StreamName, upTo last: Int) -> Int {
    both("count of \(stream) up to \(last)") { $0.count(of: stream, upTo: last) }
  }

  func positions(of stream: StreamName, at places: Range<Int>) -> [Int32] {
    both("positions of \(stream) at \(places)") { $0.positions(of: stream, at: places) }
  }

  func history(of key: AggregateKey, upTo bound: LogBound) -> StoredHistory? {
    both("history of \(key)") { $0.history(of: key, upTo: bound).map { $0.count } }
      .flatMap { _ in file.history(of: key, upTo: bound) }
  }

  func entries(of history: StoredHistory, _ range: Range<Int>) -> [Int32] {
    file.entries(of: history, range)
  }

  func count(ofAggregates type: String, upTo bound: LogBound) -> Int {
    both("count of \(type)") { $0.count(ofAggregates: type, upTo: bound) }
  }

  func aggregate(of type: String, at index: Int) -> DomainID? {
    both("\(type) \(index)") { $0.aggregate(of: type, at: index) }
  }

  func keptEvent(_ number: Int) -> (event: Event, logCount: Int)? { file.keptEvent(number) }
}

extension TwinStore {
  func record(_ key: RecordKey, asOf entry: JournalIndex) -> Record? {
    both("\(key) as of \(entry)") { $0.record(key, asOf: entry) }
  }

  func record(number: Int, asOf entry: JournalIndex) -> Record? {
    both("record \(number) as of \(entry)") { $0.record(number: number, asOf: entry) }
  }

  func records(in table: TableName, asOf entry: JournalIndex) -> [Int32] {
    both("records in \(table) as of \(entry)") { $0.records(in: table, asOf: entry) }
  }

  func instance(_ key: SagaKey, asOf entry: JournalIndex) -> SagaInstance? {
    both("\(key) as of \(entry)") { $0.instance(key, asOf: entry) }
  }

  func instance(number: Int, asOf entry: JournalIndex) -> SagaInstance? {
    both("instance \(number) as of \(entry)") { $0.instance(number: number, asOf: entry) }
  }

  func instances(of saga: String, asOf entry: JournalIndex) -> [Int32] {
    both("instances of \(saga) as of \(entry)") { $0.instances(of: saga, asOf: entry) }
  }

  func instances(
    of saga: String, property: String, value: JSON, in workspace: Workspace,
    asOf entry: JournalIndex
  ) -> [SagaInstance] {
    both("instances of \(saga) with \(value) in \(property) as of \(entry)") {
      $0.instances(of: saga, property: property, value: value, in: workspace, asOf: entry)
    }
  }

  func timer(_ key: TimerKey, asOf entry: JournalIndex) -> Timer? {
    both("\(key) as of \(entry)") { $0.timer(key, asOf: entry) }
  }

  func timer(number: Int) -> Timer? { both("timer \(number)") { $0.timer(number: number) } }

  func hasProcessed(
    _ consumer: ConsumerNumber, _ position: Position, asOf entry: JournalIndex
  ) -> Bool {
    both("\(position) by \(consumer) as of \(entry)") {
      $0.hasProcessed(consumer, position, asOf: entry)
    }
  }
}
