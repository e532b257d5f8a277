@testable import EventicleCore

/// The whole contents of a world in a canonical form, for comparison with another world.
struct Fingerprint: Equatable {
  /// The parts by name, each as comparable lines.
  let parts: [(name: String, lines: [String])]

  static func == (left: Fingerprint, right: Fingerprint) -> Bool {
    left.difference(from: right) == nil
  }

  /// The first line in which two worlds differ, for test output; `nil` when they are equal.
  func difference(from other: Fingerprint) -> String? {
    for (mine, theirs) in zip(parts, other.parts) where mine.lines != theirs.lines {
      let place = zip(mine.lines, theirs.lines).enumerated().first { $0.element.0 != $0.element.1 }
      let index = place?.offset ?? min(mine.lines.count, theirs.lines.count)
      let here = index < mine.lines.count ? mine.lines[index] : "nothing"
      let there = index < theirs.lines.count ? theirs.lines[index] : "nothing"
      return "\(mine.name)[\(index)]: \(here) — but \(there)"
    }
    return nil
  }
}

/// The declared names of a domain, by which a world is searched.
struct WorldNames {
  var aggregates: [String]
  var sagas: [String]

  init(_ domain: Domain) {
    aggregates = domain.aggregates.map(\.type)
    sagas = domain.sagas.map(\.name)
  }
}

/// The canonical form of a world.
func fingerprint(_ world: World, _ names: WorldNames) -> Fingerprint {
  Fingerprint(parts: [
    ("clock", ["\(world.clock.milliseconds)"]), ("log", logLines(world)),
    ("streams", streamLines(world)), ("histories", historyLines(world, names.aggregates)),
    ("records", recordLines(world)),
    ("view tables", world.viewTables.all.map { "\($0.table) \($0.views)" }),
    ("sagas", sagaLines(world, names.sagas)),
    ("timers", timerLines(world)),
    ("queue", queueLines(world)),
    ("groups", world.groupNames.map { "\($0) \(world.group($0).map { "\($0)" } ?? "")" }),
    ("parked", world.parked.map { "\($0)" }),
    ("numbers", NumberSeries.allCases.map { "\(world.lastNumber($0))" }),
    ("counters", world.ids.counters.map { "\($0.key)=\($0.value)" }.sorted()),
    ("random", ["\(world.ids.drawn)"]),
  ])
}

private func queueLines(_ world: World) -> [String] {
  let queue = world.queue
  return (0..<queue.count).map { "\(queue[$0])" }
}

private func logLines(_ world: World) -> [String] {
  (0..<world.log.count).map { index in
    guard let event = world.log.event(at: Position(index + 1)) else { return "missing" }
    let found = world.log.position(of: event.id)?.number ?? 0
    return "\(found) \(event.id) \(event.type) \(event.source) \(event.stream) "
      + "\(event.domainID?.text ?? "-") \(event.createdAt.milliseconds) "
      + "\(event.causedByID?.text ?? "-") \(event.causedByType?.text ?? "-") \(event.data)"
  }
}

private func streamLines(_ world: World) -> [String] {
  world.log.streamNames.map { stream in
    let places = (0..<world.log.count(of: stream)).map {
      world.log.position(of: stream, at: StreamPosition($0 + 1))?.number ?? 0
    }
    return "\(stream) \(places)"
  }
}

private func historyLines(_ world: World, _ types: [String]) -> [String] {
  types.flatMap { type in
    (0..<world.histories.count(of: type)).map { index in
      let id = world.histories.id(of: type, at: index) ?? ""
      var events: [String] = []
      world.forEachEvent(of: AggregateKey(type, id)) { event, position in
        events.append("\(event.id)@\(position?.number ?? 0)")
      }
      return "\(type)/\(id) \(events)"
    }
  }
}

private func recordLines(_ world: World) -> [String] {
  var lines: [String] = []
  for type in world.recordTypes {
    world.forEachRecord(of: type) { record in
      let found = world.record(record.key) == record
      lines.append(
        "\(record.key) v\(record.version) n\(record.sequence) \(record.createdAt.milliseconds) "
          + "\(record.content) \(found)")
      return true
    }
  }
  return lines
}

private func sagaLines(_ world: World, _ sagas: [String]) -> [String] {
  sagas.flatMap { saga in
    (0..<world.sagas.count(of: saga)).map { offset in
      guard let instance = world.sagas.instance(of: saga, at: offset) else { return "missing" }
      let matches = world.sagas.matchProperties(of: saga).map { property in
        let value = instance.data[property]
        let found = world.sagas.instances(
          of: saga, property: property, value: value, in: instance.workspace)
        return "\(property):\(found.map(\.key.instanceID))"
      }
      return "\(instance) \(world.sagas.instance(instance.key) == instance) \(matches)"
    }
  }
}

private func timerLines(_ world: World) -> [String] {
  (0..<world.timers.count).compactMap { world.timers.timer(at: $0) }
    .map { "\($0) \(world.timers.timer($0.key) == $0)" }
}
