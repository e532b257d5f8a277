/// Carries a core forward over later changes, without what records, saga instances and timers
/// contain.
///
/// That is how a world of the past is reached: the core before it, the small part of the changes in
/// between, and a store as of the moment for everything else.
package struct CoreReplay {
  private let core: StoredCore
  private let pages: any StatePages
  /// What changes say in full.
  private var world: World
  private var events: Int
  private var kept: Int
  private var tables: [TableName: Int] = [:]
  private var sagas: [String: StateSizes.Saga] = [:]
  private var timers = SortedChunks<TimerTable.Place>()
  private var processed: [Int]
  /// Whether records, instances and timers that have changed are there, by key.
  private var records: [RecordKey: Bool] = [:]
  private var instances: [SagaKey: Bool] = [:]
  private var armed: [TimerKey: TimerTable.Place?] = [:]

  /// Starts with a core.
  ///
  /// - Parameter pages: Answers for timers that were armed before the core and are no longer.
  package init(_ core: StoredCore, _ pages: any StatePages) {
    self.core = core
    self.pages = pages
    world = World(plainPartsOf: core)
    (events, kept) = (core.events, core.kept)
    for table in core.sizes.tables { tables[table.name] = table.records }
    for saga in core.sizes.sagas { sagas[saga.name] = saga }
    for timer in core.sizes.timers {
      timers.insert(TimerTable.Place(due: timer.due, sequence: timer.number))
    }
    processed = core.sizes.processed
  }

  /// Takes over the next changes; what they replaced need not be said.
  package mutating func apply(_ changes: StepChanges) {
    events += changes.appended
    kept += changes.kept
    world.ids.skip(changes.draws)
    for change in changes.others {
      switch change {
      case .record(let key, _, let new): count(key, new)
      case .saga(let old, let new):
        if let key = (new ?? old)?.key { count(key, new) }
      case .timer(let key, _, let new): arm(key, new)
      case .processed(let number, _):
        while processed.count <= Int(number) { processed.append(0) }
        processed[Int(number)] += 1
      default: world.apply(change)
      }
    }
  }

  /// The world after the last changes.
  ///
  /// - Parameters:
  ///   - entry: The last entry before it.
  ///   - later: A world with its events in its log and histories.
  package func world(after entry: JournalIndex, sharing later: World) -> World {
    var sizes = StateSizes()
    sizes.tables = tables.filter { $0.value > 0 }
      .map { StateSizes.Table(name: $0.key, records: $0.value) }
      .sorted { $0.name < $1.name }
    sizes.sagas = sagas.values.sorted { orderOfBytes($0.name, $1.name) < 0 }
    timers.forEach { place in
      sizes.timers.append(StateSizes.Armed(number: place.sequence, due: place.due))
      return true
    }
    sizes.processed = processed
    var past = world.seeing(events: events, kept: kept, of: later)
    past.rest(on: WorldBase(pages, asOf: entry, events: events), sizes)
    return past
  }

  /// Whether something was there before its first change since the core: what is written then has
  /// a number that the core has given out, and only what is there is removed.
  private func wasThere(_ number: Int?, _ series: NumberSeries) -> Bool {
    guard let number, let index = NumberSeries.allCases.firstIndex(of: series) else { return true }
    return number <= core.numbers[index]
  }

  private mutating func count(_ key: RecordKey, _ new: Record?) {
    let was = records[key] ?? wasThere(new?.sequence, .records)
    records[key] = new != nil
    tables[TableName(key.workspace, key.type), default: 0] += (new == nil ? 0 : 1) - (was ? 1 : 0)
  }

  private mutating func count(_ key: SagaKey, _ new: SagaInstance?) {
    let was = instances[key] ?? wasThere(new?.sequence, .sagaInstances)
    instances[key] = new != nil
    var saga =
      sagas[key.saga]
      ?? StateSizes.Saga(name: key.saga, instances: 0, tenants: [], properties: [])
    saga.instances += (new == nil ? 0 : 1) - (was ? 1 : 0)
    if let workspace = new?.workspace, workspace.isTenant, !saga.tenants.contains(workspace) {
      saga.tenants = (saga.tenants + [workspace]).sorted()
    }
    sagas[key.saga] = saga
  }

  private mutating func arm(_ key: TimerKey, _ new: Timer?) {
    let before =
      armed[key]
      ?? (core.sizes.timers.isEmpty
        ? nil : pages.timer(key, asOf: core.entry).map { TimerTable.Place($0) })
    if let before { timers.remove(before) }
    let place = new.map { TimerTable.Place($0) }
    armed[key] = .some(place)
    if let place { timers.insert(place) }
  }
}
