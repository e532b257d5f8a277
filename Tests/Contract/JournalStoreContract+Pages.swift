package import EventicleCore

/// What every store must answer about the older events and entries that a world or a timeline asks
/// it for.
extension JournalStoreContract {
  /// Pages, look-ups and entries are those of the timeline that the steps come from.
  ///
  /// - Parameter world: The world after the last step, with all events resident.
  package static func checkPages(
    _ store: any JournalStore, _ timeline: Timeline, _ world: World, types: [String]
  ) throws {
    let log = world.log
    var paged = world
    paged.rebaseLog(on: store, upTo: world.bound)
    for number in 0..<(log.count + 2) {
      let position = Position(number)
      try expect(
        paged.log.event(at: position)?.json == log.event(at: position)?.json,
        "The event at \(position) is another.")
      try expect(
        paged.origin(of: position) == world.origin(of: position),
        "Another entry appended \(position).")
      guard let id = log.id(at: position) else { continue }
      for last in [number - 1, number, log.count] {
        try expect(
          store.position(of: id, upTo: last) == log.prefix(last).position(of: id)?.number,
          "\(id) is at another position up to #\(last).")
      }
    }
    for stream in log.streamNames {
      let count = log.count(of: stream)
      for last in 0...log.count {
        try expect(
          store.count(of: stream, upTo: last) == log.prefix(last).count(of: stream),
          "\(stream) has another number of events up to #\(last).")
      }
      let positions = (1..<(count + 1)).compactMap {
        log.position(of: stream, at: StreamPosition($0)).map { Int32($0.number) }
      }
      try expect(
        store.positions(of: stream, at: 1..<(count + 1)) == positions,
        "The events of \(stream) are at other positions.")
      try expect(
        store.positions(of: stream, at: (count + 1)..<(count + 2)) == [],
        "\(stream) has an event too many.")
    }
    for type in types {
      let count = world.histories.count(of: type)
      try expect(
        store.count(ofAggregates: type, upTo: world.bound) == count,
        "There is another number of \(type).")
      for index in 0..<count {
        let id = world.histories.id(of: type, at: index)
        try expect(store.aggregate(of: type, at: index) == id, "\(type) \(index) is another.")
        guard let id else { continue }
        var positions: [Int32] = []
        world.forEachEvent(of: AggregateKey(type, id)) { _, position in
          positions.append(Int32(position?.number ?? 0))
        }
        guard let history = store.history(of: AggregateKey(type, id), upTo: world.bound) else {
          throw Failure(description: "\(type) \(id) has no history.")
        }
        try expect(
          store.entries(of: history, 0..<history.count).map { max($0, 0) } == positions,
          "The history of \(type) \(id) is another.")
      }
    }
    try expect(
      store.history(of: AggregateKey("nothing", "x"), upTo: world.bound) == nil,
      "An aggregate without events has a history.")
    try checkEntries(store, timeline)
    try expect(store.fault == nil, "Reading set a fault.")
  }

  private static func checkEntries(_ store: any JournalStore, _ timeline: Timeline) throws {
    for number in 0..<(timeline.count + 2) {
      let index = JournalIndex(number)
      let (mine, others) = (store.entry(index), timeline.entry(index))
      try expect(
        mine?.kind == others?.kind && mine?.cause == others?.cause
          && mine?.stepStart == others?.stepStart && mine?.stepCount == others?.stepCount,
        "\(index) is another entry.")
      guard others != nil else { continue }
      let end = timeline.stepEnd(of: index)
      try expect(
        store.step(of: index)?.first == timeline.stepStart(of: index)
          && store.step(of: index)?.last == end, "\(index) is in another step.")
      try expect(
        store.lastEvent(doneAt: index) == timeline.lastEvent(at: TimeCursor(entry: index)),
        "Other events are done at \(index).")
      let steps = timeline.stepCount(after: JournalIndex(0), upTo: end)
      try expect(
        store.stepCount(after: JournalIndex(0), upTo: end) == steps
          && store.end(ofStep: steps, after: JournalIndex(0)) == end,
        "The steps up to \(index) are counted in another way.")
    }
  }
}
