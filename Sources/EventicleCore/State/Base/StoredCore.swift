/// The part of a world that stays small however much there is, as a store keeps it.
///
/// Together with a store's records, saga instances, timers and processed events as of its entry it
/// is the whole world, see ``World/init(_:over:sharing:)``. It has names and values only.
package struct StoredCore: Sendable {
  /// A consumer in the order of delivery.
  struct Consumer: Sendable {
    let name: ConsumerName
    let group: GroupName
    let tally: Tally
  }

  /// The views that have written to a table that is not of their name.
  struct Writers: Sendable {
    let table: TableName
    let views: [String]
  }

  /// The last entry before it.
  package let entry: JournalIndex
  /// The number of events in the log.
  package let events: Int
  /// The number of events in histories that are not in the log.
  package let kept: Int
  let clock: Instant
  let seed: UInt64
  let draws: Int
  /// The counters that have given out a number, by name.
  let counters: [(name: String, value: Int)]
  /// The last number of each ``NumberSeries``, in the order of its cases.
  let numbers: [Int]
  let consumers: [Consumer]
  /// The groups by name, as they are stored: those that keep step without position and tally.
  let groups: [(name: GroupName, state: GroupState)]
  let queue: DeliveryQueue
  let parked: [Parked]
  /// How much of each trimmed stream is no longer handed out, by name.
  let trims: [(stream: StreamName, position: StreamPosition)]
  let writers: [Writers]
  /// The indexes of records, in the order of their types and of declaration.
  let indexes: [RecordIndex]
  /// How many records, saga instances, timers and processed events there are.
  package let sizes: StateSizes

  /// The sagas that have or had instances or are declared, by name.
  package var sagaNames: [String] { sizes.sagas.map(\.name) }
}

extension World {
  /// The small part of this world.
  ///
  /// - Parameter entry: The last journal entry before this world.
  /// - Complexity: O(consumers + waiting deliveries + parked work + armed timers + tables).
  package func core(after entry: JournalIndex) -> StoredCore {
    StoredCore(
      entry: entry, events: log.count, kept: histories.keptCount, clock: clock, seed: ids.seed,
      draws: ids.drawn,
      counters: counterNames.map { ($0, ids.counter($0)) },
      numbers: NumberSeries.allCases.map { ids.numbers[$0] },
      consumers: consumers.all.map {
        StoredCore.Consumer(name: $0.name, group: $0.group, tally: $0.tally)
      },
      groups: groupNames.compactMap { name in storedGroup(name).map { (name, $0) } },
      queue: deliveries, parked: parked,
      trims: trims.map { (stream: $0.key, position: $0.value) }.sorted {
        $0.stream.text < $1.stream.text
      },
      writers: viewTables.all.map { StoredCore.Writers(table: $0.table, views: $0.views) },
      indexes: indexes.keys.sorted().flatMap { indexes[$0] ?? [] }, sizes: sizes)
  }

  /// How much this world has of what it need not hold.
  var sizes: StateSizes {
    var sizes = StateSizes()
    sizes.tables = tables.filter { $0.value.count > 0 }
      .map { StateSizes.Table(name: $0.key, records: $0.value.count) }
      .sorted { $0.name < $1.name }
    sizes.sagas = sagas.sizes
    sizes.timers.reserveCapacity(timers.count)
    timers.order.forEach { place in
      sizes.timers.append(StateSizes.Armed(number: place.sequence, due: place.due))
      return true
    }
    sizes.processed = consumers.all.map(\.processedCount)
    return sizes
  }

  /// Creates the world of a core that rests on a store.
  ///
  /// - Parameters:
  ///   - base: A store as of the core's entry.
  ///   - later: A world with the core's events in its log and histories.
  package init(_ core: StoredCore, over base: WorldBase, sharing later: World) {
    self = World(plainPartsOf: core)
      .seeing(events: core.events, kept: core.kept, of: later)
    rest(on: base, core.sizes)
  }

  /// Creates a world with all of a core except what its sizes count and what is in the log.
  init(plainPartsOf core: StoredCore) {
    self.init(startingAt: core.clock, seed: core.seed)
    ids.skip(core.draws)
    for (name, value) in core.counters { ids.setCounter(name, to: value) }
    for (series, number) in zip(NumberSeries.allCases, core.numbers) {
      ids.numbers[series] = number
    }
    for (number, consumer) in core.consumers.enumerated() {
      consumers.append(consumer.name, consumer.group)
      consumers.set(consumer.tally, of: ConsumerNumber(number))
    }
    for (name, state) in core.groups { set(name, state) }
    deliveries = core.queue
    for work in core.parked { parkedWork[work.number] = work }
    for (stream, position) in core.trims { trims[stream] = position }
    for writers in core.writers {
      for view in writers.views { viewTables.set(writers.table, view, true) }
    }
    for index in core.indexes { indexes[index.type, default: []].append(index) }
  }
}
