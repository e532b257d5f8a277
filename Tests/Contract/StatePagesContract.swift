package import EventicleCore

/// What every store of steps must answer about records, saga instances, timers and processed events
/// as of any entry, for a world to rest on it.
public enum StatePagesContract {
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  static func expect(_ isTrue: Bool, _ sentence: @autoclosure () -> String) throws {
    guard isTrue else { throw Failure(description: sentence()) }
  }

  /// Keeps all steps of a timeline in an empty store, a core after every `interval` steps, and
  /// compares its answers and its worlds of the past with the timeline's, at every entry.
  package static func check(
    _ store: any JournalStore & StatePages, _ timeline: Timeline, _ domain: Domain, interval: Int
  ) throws {
    var count = 0
    timeline.forEachStep(home: domain.aggregateKey) { step in
      store.append(step)
      count += 1
      guard count % interval == 0 else { return true }
      _ = store.commit()
      store.offer(timeline.world(after: store.last).core(after: store.last))
      return true
    }
    try expect(store.commit() == nil, "The steps cannot be kept.")
    let worlds = (0...timeline.count).map { timeline.world(after: JournalIndex($0)) }
    let known = Known(worlds)
    for (number, world) in worlds.enumerated() {
      try known.compare(store, asOf: JournalIndex(number), with: world)
      try known.comparePast(store, JournalIndex(number), with: world, sharing: timeline.head)
    }
    try expect(store.fault == nil, "Looking has set a fault.")
  }

  /// Everything that was ever there, by which a store is asked.
  private struct Known {
    private var records: [RecordKey: Set<Int>] = [:]
    private var instances: [SagaKey: Set<Int>] = [:]
    private var values: Set<Value> = []
    private var timers: [Int: Timer] = [:]

    private struct Value: Hashable {
      let saga: String
      let property: String
      let value: JSON
      let workspace: Workspace
    }

    init(_ worlds: [World]) {
      for world in worlds {
        world.forEachOfAll { record in
          records[record.key, default: []].insert(record.sequence)
        }
        world.forEachInstance { instance in
          instances[instance.key, default: []].insert(instance.sequence)
          for member in instance.data.object?.members ?? [] {
            values.insert(
              Value(
                saga: instance.key.saga, property: member.key, value: member.value,
                workspace: instance.workspace))
          }
        }
        world.timers.forEach { timer in
          timers[timer.sequence] = timer
          return true
        }
      }
    }

    func compare(
      _ pages: any StatePages, asOf entry: JournalIndex, with world: World
    ) throws {
      for (key, numbers) in records {
        let record = world.record(key)
        try expect(pages.record(key, asOf: entry) == record, "\(key) as of \(entry) is another.")
        for number in numbers {
          try expect(
            pages.record(number: number, asOf: entry)
              == (record?.sequence == number ? record : nil),
            "Record \(number), \(key), as of \(entry) is another.")
        }
      }
      for table in Set(records.keys.map { TableName($0.workspace, $0.type) }) {
        var order: [Int32] = []
        world.forEachRecord(of: table.type, in: table.workspace) { record in
          order.append(Int32(record.sequence))
          return true
        }
        try expect(
          pages.records(in: table, asOf: entry) == order,
          "The order of \(table.type) as of \(entry) is another.")
      }
      try compareInstances(pages, asOf: entry, with: world)
      for (number, timer) in timers {
        try expect(pages.timer(number: number) == timer, "Timer \(number) is another.")
        try expect(
          pages.timer(timer.key, asOf: entry) == world.timers.timer(timer.key),
          "\(timer.key) as of \(entry) is another.")
      }
      for number in 0..<ConsumerNumber(world.consumers.count) {
        for event in 0...world.log.count + 1 {
          try expect(
            pages.hasProcessed(number, Position(event), asOf: entry)
              == world.consumers.hasHandled(Position(event), number),
            "Whether consumer \(number) has processed #\(event) as of \(entry) is wrong.")
        }
      }
    }

    private func compareInstances(
      _ pages: any StatePages, asOf entry: JournalIndex, with world: World
    ) throws {
      var all: [String: [SagaInstance]] = [:]
      for (key, numbers) in instances {
        all[key.saga, default: []] += []
        let instance = world.sagas.instance(key)
        if let instance { all[key.saga, default: []].append(instance) }
        try expect(
          pages.instance(key, asOf: entry) == instance, "\(key) as of \(entry) is another.")
        for number in numbers {
          try expect(
            pages.instance(number: number, asOf: entry)
              == (instance?.sequence == number ? instance : nil),
            "Instance \(number), \(key), as of \(entry) is another.")
        }
      }
      for (saga, found) in all {
        try expect(
          pages.instances(of: saga, asOf: entry) == found.map { Int32($0.sequence) }.sorted(),
          "The order of \(saga) as of \(entry) is another.")
      }
      for value in values {
        let wanted = (all[value.saga] ?? []).filter {
          $0.workspace == value.workspace && $0.data.object?[value.property] == value.value
        }.sorted { $0.sequence < $1.sequence }
        let found = pages.instances(
          of: value.saga, property: value.property, value: value.value, in: value.workspace,
          asOf: entry)
        try expect(
          found == wanted,
          "Those with \(value.value) in \(value.property) as of \(entry) are others.")
      }
    }

    /// The world that rests on the store is the one that was.
    func comparePast(
      _ store: any JournalStore & StatePages, _ entry: JournalIndex, with world: World,
      sharing later: World
    ) throws {
      guard let past = store.world(after: entry, sharing: later) else {
        throw Failure(description: "There is no world after \(entry).")
      }
      try StatePagesContract.compare(past, with: world, "The world after \(entry)")
      for key in records.keys {
        try expect(past.record(key) == world.record(key), "\(key) after \(entry) is another.")
      }
      for key in instances.keys {
        try expect(
          past.sagas.instance(key) == world.sagas.instance(key),
          "\(key) after \(entry) is another.")
      }
      for timer in timers.values {
        try expect(
          past.timers.timer(timer.key) == world.timers.timer(timer.key),
          "\(timer.key) after \(entry) is another.")
      }
    }
  }

  /// Compares all that two worlds say of themselves, whatever they rest on.
  package static func compare(_ world: World, with other: World, _ name: String) throws {
    let entry = JournalIndex(0)
    try expect(
      CoreCodec.encodeAlone(world.core(after: entry))
        == CoreCodec.encodeAlone(other.core(after: entry)), "\(name) has another core.")
    var (records, others): ([Record], [Record]) = ([], [])
    world.forEachOfAll { records.append($0) }
    other.forEachOfAll { others.append($0) }
    try expect(records == others, "\(name) has other records.")
    for record in records {
      try expect(world.record(record.key) == record, "\(name) does not find \(record.key).")
    }
    var (instances, theirs): ([SagaInstance], [SagaInstance]) = ([], [])
    world.forEachInstance { instances.append($0) }
    other.forEachInstance { theirs.append($0) }
    try expect(instances == theirs, "\(name) has other saga instances.")
    for instance in instances {
      let saga = instance.key.saga
      try expect(
        world.sagas.instance(instance.key) == instance, "\(name) does not find \(instance.key).")
      for property in world.sagas.matchProperties(of: saga) {
        func found(_ world: World) -> [SagaInstance] {
          world.sagas.instances(
            of: saga, property: property, value: instance.data[property], in: instance.workspace)
        }
        try expect(
          found(world) == found(other), "\(name) finds others by \(property) of \(instance.key).")
      }
    }
    for offset in 0...world.timers.count {
      let timer = world.timers.timer(at: offset)
      try expect(timer == other.timers.timer(at: offset), "\(name) has another timer \(offset).")
      guard let timer else { continue }
      try expect(world.timers.timer(timer.key) == timer, "\(name) does not find \(timer.key).")
    }
    for number in 0..<ConsumerNumber(world.consumers.count) {
      for event in 0...world.log.count {
        try expect(
          world.consumers.hasHandled(Position(event), number)
            == other.consumers.hasHandled(Position(event), number),
          "\(name) does not know whether consumer \(number) has handled #\(event).")
      }
    }
  }
}

extension World {
  fileprivate func forEachOfAll(_ body: (Record) -> Void) {
    for workspace in workspaces {
      for type in recordTypes(in: workspace) {
        forEachRecord(of: type, in: workspace) { record in
          body(record)
          return true
        }
      }
    }
  }

  fileprivate func forEachInstance(_ body: (SagaInstance) -> Void) {
    for saga in core(after: JournalIndex(0)).sagaNames {
      for offset in 0..<sagas.count(of: saga) {
        if let instance = sagas.instance(of: saga, at: offset) { body(instance) }
      }
    }
  }
}
