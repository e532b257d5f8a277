internal import HashTreeCollections

/// What records, saga instances and timers were, and which events were processed, as of any entry.
///
/// A copy is O(1). What is added is found as of the entry at which its part of a step begins.
struct StateHistory: Sendable {
  /// What something was from an entry on; `nil` when it was not there.
  private struct Version<Value: Sendable>: Sendable {
    let entry: JournalIndex
    let value: Value?
  }

  private struct Processed: Hashable, Sendable {
    let consumer: ConsumerNumber
    let position: Position
  }

  private struct Arming: Sendable {
    let timer: Timer
    let armed: JournalIndex
    var gone: JournalIndex?
  }

  private var records = TreeDictionary<RecordKey, [Version<Record>]>()
  private var recordKeys = TreeDictionary<Int, RecordKey>()
  private var tables = TreeDictionary<TableName, SortedChunks<Int32>>()
  private var instances = TreeDictionary<Int, [Version<SagaInstance>]>()
  private var instanceNumbers = TreeDictionary<SagaKey, [Int]>()
  private var sagas = TreeDictionary<String, SortedChunks<Int32>>()
  /// The instances that ever had a value in a property, by the hash of both.
  private var holders = TreeDictionary<Int, [Int]>()
  private var armings = TreeDictionary<Int, Arming>()
  private var armingNumbers = TreeDictionary<TimerKey, [Int]>()
  private var processed = TreeDictionary<Processed, JournalIndex>()

  // MARK: - Adding

  /// Adds the complete changes of a part of a step that begins at an entry.
  mutating func append(_ changes: [Change], at entry: JournalIndex) {
    for change in changes {
      switch change {
      case .record(let key, _, let new): append(key, new, entry)
      case .saga(let old, let new): append(old, new, entry)
      case .timer(let key, let old, let new): append(key, old, new, entry)
      case .processed(let consumer, let position):
        let place = Processed(consumer: consumer, position: position)
        if processed[place] == nil { processed[place] = entry }
      default: break
      }
    }
  }

  private mutating func append(_ key: RecordKey, _ new: Record?, _ entry: JournalIndex) {
    records[key, default: []].append(Version(entry: entry, value: new))
    guard let number = new?.sequence, recordKeys[number] == nil else { return }
    recordKeys[number] = key
    tables[TableName(key.workspace, key.type), default: SortedChunks()].insert(Int32(number))
  }

  private mutating func append(
    _ old: SagaInstance?, _ new: SagaInstance?, _ entry: JournalIndex
  ) {
    guard let either = new ?? old else { return }
    let (key, number) = (either.key, either.sequence)
    instances[number, default: []].append(Version(entry: entry, value: new))
    if old == nil, !(instanceNumbers[key]?.contains(number) ?? false) {
      instanceNumbers[key, default: []].append(number)
      sagas[key.saga, default: SortedChunks()].insert(Int32(number))
    }
    guard let new else { return }
    for member in new.data.object?.members ?? [] {
      let hash = SagaMatch.word(key.saga, member.key, member.value, new.workspace)
      if holders[hash]?.contains(number) ?? false { continue }
      holders[hash, default: []].append(number)
    }
  }

  private mutating func append(
    _ key: TimerKey, _ old: Timer?, _ new: Timer?, _ entry: JournalIndex
  ) {
    if let old { armings[old.sequence]?.gone = entry }
    guard let new else { return }
    if armings[new.sequence] == nil { armingNumbers[key, default: []].append(new.sequence) }
    armings[new.sequence] = Arming(timer: new, armed: entry)
  }

  // MARK: - Looking up

  private func value<Value>(_ versions: [Version<Value>]?, asOf entry: JournalIndex) -> Value? {
    guard let versions else { return nil }
    let end = versions.partitioningIndex { $0.entry > entry }
    return end == 0 ? nil : versions[end - 1].value
  }

  func record(_ key: RecordKey, asOf entry: JournalIndex) -> Record? {
    value(records[key], asOf: entry)
  }

  func record(number: Int, asOf entry: JournalIndex) -> Record? {
    recordKeys[number].flatMap { record($0, asOf: entry) }.flatMap {
      $0.sequence == number ? $0 : nil
    }
  }

  func records(in table: TableName, asOf entry: JournalIndex) -> [Int32] {
    numbers(tables[table]) { record(number: $0, asOf: entry) != nil }
  }

  func instance(number: Int, asOf entry: JournalIndex) -> SagaInstance? {
    value(instances[number], asOf: entry)
  }

  func instance(_ key: SagaKey, asOf entry: JournalIndex) -> SagaInstance? {
    instanceNumbers[key]?.reversed().lazy.compactMap { instance(number: $0, asOf: entry) }.first
  }

  func instances(of saga: String, asOf entry: JournalIndex) -> [Int32] {
    numbers(sagas[saga]) { instance(number: $0, asOf: entry) != nil }
  }

  func instances(
    of saga: String, property: String, value: JSON, in workspace: Workspace,
    asOf entry: JournalIndex
  ) -> [SagaInstance] {
    let numbers = holders[SagaMatch.word(saga, property, value, workspace)] ?? []
    return numbers.sorted().compactMap { instance(number: $0, asOf: entry) }.filter {
      SagaMatch.holds($0, saga, property, value, workspace)
    }
  }

  func timer(number: Int) -> Timer? { armings[number]?.timer }

  func timer(_ key: TimerKey, asOf entry: JournalIndex) -> Timer? {
    for number in (armingNumbers[key] ?? []).reversed() {
      guard let arming = armings[number], arming.armed <= entry else { continue }
      return arming.gone.map { $0 <= entry } ?? false ? nil : arming.timer
    }
    return nil
  }

  func hasProcessed(
    _ consumer: ConsumerNumber, _ position: Position, asOf entry: JournalIndex
  ) -> Bool {
    let place = Processed(consumer: consumer, position: position)
    return processed[place].map { $0 <= entry } ?? false
  }

  private func numbers(
    _ all: SortedChunks<Int32>?, where isThere: (Int) -> Bool
  ) -> [Int32] {
    var found: [Int32] = []
    all?.forEach { number in
      if isThere(Int(number)) { found.append(number) }
      return true
    }
    return found
  }
}
