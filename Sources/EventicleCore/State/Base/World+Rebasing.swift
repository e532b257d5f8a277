internal import HashTreeCollections

extension World {
  /// Lets go of what a store has taken over: this world rests on the store from now on.
  ///
  /// Copies of this world keep what they rest on. Indexes that are built stay. What is taken back
  /// from before this moment is held here again.
  ///
  /// - Parameter base: A store as of this moment, with all of this world.
  /// - Complexity: O(tables + sagas + armed timers + consumers), whatever they contain.
  package mutating func rebase(to base: WorldBase) { rest(on: base, sizes) }

  /// Leaves it to a store to have the records, saga instances, timers and processed events.
  mutating func rest(on base: WorldBase, _ sizes: StateSizes) {
    self.base = base
    consumers.rest(on: base, processed: sizes.processed)
    let known = tables
    tables = TreeDictionary()
    tenantCount = 0
    for table in sizes.tables {
      let layer = RecordLayer(
        base, table.name, count: table.records, declared: indexes[table.name.type] ?? [])
      tables[table.name] = RecordTable(over: layer, built: known[table.name]?.indexes ?? [])
      if isSameText(table.name.type, World.tenantRecords) { tenantCount += table.records }
    }
    var counts: [String: Int] = [:]
    for saga in sizes.sagas { counts[saga.name] = saga.instances }
    sagas.rest(on: SagaLayer(base, counts: counts), sizes.sagas, after: ids.numbers[.sagaInstances])
    var order = SortedChunks<TimerTable.Place>()
    for timer in sizes.timers {
      order.insert(TimerTable.Place(due: timer.due, sequence: timer.number))
    }
    timers = TimerTable(over: base, after: ids.numbers[.timers], order: order)
  }
}
