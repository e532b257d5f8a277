import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

/// Instances that share match values, end, go and are found by other
/// values, and timers, in worlds of the past and in forks.
@Suite struct SagaForkTests {
  static func domain(_ version: Int = 1) -> Domain {
    let saga = Saga("R", streams: ["st"])
      .startOn("Start") { step, event in try act(step, event) }
      .on("Team", matching: "team", value: { $0.data["find"] }) { step, event in
        try act(step, event)
      }
      .on("Id", matching: "id", value: { $0.data["find"] }) { step, event in
        try act(step, event)
      }
      .onTimer("a") { step in step["fired"] = .int((step["fired"].integer ?? 0) + 1) }
      .onTimer("b") { step in try step.upsertTimer("b", after: .milliseconds(70)) }
      .onTimer("c") { step in step.end() }
    return Domain("test", sagas: [saga])
  }

  private static func act(_ step: SagaStep, _ event: Event) throws {
    let data = event.data.value
    if let team = data.object?["team"] { step["team"] = team }
    if let id = data.object?["id"] { step["id"] = id }
    func timers() throws {
      if let wait = data["arm"].integer, let name = data["name"].string {
        try step.upsertTimer(name, after: .milliseconds(Int64(wait)))
      }
      if let name = data["off"].string { step.removeTimer(name) }
    }
    switch data["how"].integer ?? 0 {
    case 1:
      try timers()
      try step.transaction.requiresNew { try $0.put("own", event.id.text, [:]) }
    case 2:
      try step.transaction.requiresNew { try $0.put("own", event.id.text, [:]) }
      try timers()
    default: try timers()
    }
    if let end = data["end"].bool { step.end(keepingData: end) }
    if data["fails"] == true { throw Rejection("no") }
  }

  static let values: [JSON] = [
    "x", "y", 1, .double(1.0), "1", true, .null, [1, 2], ["a": 1], ["a": 2], 1.5,
  ]

  private static func event(_ random: inout SeededRandom) -> NewEvent {
    let types: [EventType] = ["Start", "Start", "Team", "Team", "Id", "Id"]
    var data: JSON = .emptyObject
    func value() -> JSON { values.randomElement(using: &random) ?? "x" }
    data["find"] = value()
    if Int.random(in: 0..<3, using: &random) > 0 { data["team"] = value() }
    if Int.random(in: 0..<3, using: &random) > 0 { data["id"] = value() }
    data["how"] = .int(Int.random(in: 0..<4, using: &random))
    if Bool.random(using: &random) {
      data["arm"] = .int(Int.random(in: 0..<90, using: &random))
      data["name"] = .string(["a", "b", "c"].randomElement(using: &random) ?? "a")
    }
    if Int.random(in: 0..<5, using: &random) == 0 {
      data["off"] = .string(["a", "b", "c"].randomElement(using: &random) ?? "a")
    }
    if Int.random(in: 0..<6, using: &random) == 0 {
      data["end"] = .bool(Bool.random(using: &random))
    }
    if Int.random(in: 0..<5, using: &random) == 0 { data["fails"] = true }
    return NewEvent(types.randomElement(using: &random) ?? "Start", data: data)
  }

  /// What is found by every value is what a walk through all instances finds.
  static func check(_ world: World, _ what: String) {
    let all = (0..<world.sagas.count(of: "R")).compactMap { world.sagas.instance(of: "R", at: $0) }
    if all.count != world.sagas.count(of: "R") { Issue.record("missing instances \(what)") }
    for property in ["id", "team"] {
      for value in values {
        let wanted = all.filter { $0.data.object?[property] == value }.map(\.key)
        let found = world.sagas.instances(of: "R", property: property, value: value).map(\.key)
        if wanted != found {
          Issue.record("\(what) \(property)=\(value): \(found) instead of \(wanted)")
        }
      }
    }
    for instance in all where world.sagas.instance(instance.key) != instance {
      Issue.record("\(what): \(instance.key) is not found")
    }
    var last: (Instant, Int)?
    var names = 0
    for offset in 0..<world.timers.count {
      guard let timer = world.timers.timer(at: offset) else {
        Issue.record("\(what): no timer at \(offset)")
        continue
      }
      names += 1
      if let last, last >= (timer.due, timer.sequence) { Issue.record("\(what): order") }
      last = (timer.due, timer.sequence)
      if world.timers.timer(timer.key) != timer { Issue.record("\(what): \(timer.key) not found") }
    }
    for instance in all {
      for name in ["a", "b", "c"] {
        let isArmed = world.timers.timer(TimerKey(instance.key, name)) != nil
        if isArmed != instance.timers.contains(name) {
          Issue.record("\(what): \(instance.key)/\(name) armed \(isArmed), \(instance.timers)")
        }
      }
    }
  }

  static func work(_ bench: inout RecordedEngine, _ random: inout SeededRandom, _ count: Int) {
    for _ in 0..<count {
      switch Int.random(in: 0..<8, using: &random) {
      case 0...4:
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          bench.perform(.emit([event(&random)], to: "st"))
        }
        bench.settle()
      case 5, 6: bench.pass(.milliseconds(Int64.random(in: 0...60, using: &random)))
      default:
        if let parked = bench.world.parked.randomElement(using: &random) {
          bench.perform(
            Bool.random(using: &random) ? .redrive(parked.number) : .dropParked(parked.number))
          bench.settle()
        }
      }
    }
  }

  @Test(arguments: UInt64(1)...40)
  func `indexes of past worlds and forks match a full scan`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var bench = try RecordedEngine(Self.domain(), seed: seed)
    Self.work(&bench, &random, 60)
    Self.check(bench.world, "head")
    // A walk back and forth through one and the same world.
    var (world, at) = (bench.timeline.world(after: bench.timeline.last), bench.timeline.last)
    for _ in 0..<40 {
      guard let moment = bench.moments.randomElement(using: &random) else { continue }
      world = bench.timeline.world(after: moment.last, nearby: (at, world))
      at = moment.last
      Self.check(world, "j\(at)")
      #expect(bench.fingerprint(world).difference(from: moment.fingerprint) == nil)
    }
    // Forks from the past that go on, and a fork of the fork; the original is not touched.
    for _ in 0..<3 {
      guard let moment = bench.moments.randomElement(using: &random) else { continue }
      let past = bench.timeline.world(after: moment.last, nearby: (at, world))
      var fork = try Engine(resuming: past, Self.domain(), nextEntry: moment.last.next)
      var copies: [(World, Fingerprint)] = []
      for _ in 0..<30 {
        if Int.random(in: 0..<4, using: &random) == 0,
          let due = fork.nextDue(upTo: .standardStart + .days(1))
        {
          _ = fork.perform(due)
        }
        _ = fork.perform(.emit([Self.event(&random)], to: "st"))
        while fork.hasWork { _ = fork.perform(.deliver) }
        if Int.random(in: 0..<5, using: &random) == 0 {
          copies.append((fork.world, bench.fingerprint(fork.world)))
        }
        if Int.random(in: 0..<9, using: &random) == 0,
          let copy = copies.randomElement(using: &random)
        {
          fork = try Engine(resuming: copy.0, Self.domain(), nextEntry: fork.nextEntry)
        }
      }
      Self.check(fork.world, "fork")
      for (copy, print) in copies {
        Self.check(copy, "copy")
        #expect(bench.fingerprint(copy).difference(from: print) == nil)
      }
    }
    for moment in bench.moments {
      #expect(bench.fingerprint(moment.world).difference(from: moment.fingerprint) == nil)
    }
    Self.work(&bench, &random, 20)
    Self.check(bench.world, "head later")
    for moment in bench.moments {
      let there = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(there).difference(from: moment.fingerprint) == nil)
    }
  }

  /// The entries that concern each instance are those that a walk through the journal finds.
  @Test(arguments: UInt64(1)...30)
  func `the entries of an instance are those that concern it`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &* 77)
    var bench = try RecordedEngine(Self.domain(), seed: seed, remembering: false)
    Self.work(&bench, &random, 80)
    var wanted: [SagaKey: [Int]] = [:]
    for (place, entry) in bench.entries.enumerated() {
      switch entry.kind {
      case .delivery(_, let consumer, let instance?, _):
        wanted[SagaKey(consumer.name, instance), default: []].append(place + 1)
      case .timerArmed(let key, _, _, _), .timerCancelled(let key), .timerFired(let key, _, _):
        wanted[key.owner, default: []].append(place + 1)
      case .sagaEnded(let key, _): wanted[key, default: []].append(place + 1)
      default: break
      }
    }
    for (key, entries) in wanted {
      let found = bench.timeline.entries(of: key, upTo: bench.timeline.last).map(\.number)
      #expect(found == entries, "\(key)")
      #expect(bench.timeline.entryCount(of: key) == entries.count)
    }
  }

  /// An instance that starts and ends in one step that changes much.
  @Test(arguments: [5, 40])
  func `an instance that lived for one step has its entries`(changes: Int) throws {
    let saga = Saga("S", streams: ["s"]).startOn("Start") { step, _ in
      for number in 0..<changes { try step.transaction.put("t", "\(number)", [:]) }
      try step.upsertTimer("t", after: .seconds(1))
      step.end()
    }
    .onTimer("t") { _ in }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start"), to: "s")
    #expect(
      bench.timeline.entries(of: SagaKey("S", "saga-1"), upTo: bench.timeline.last).count == 4)
  }

  /// An instance that goes with a step that changes much, as its first step did.
  @Test func `an instance whose every step changes much has its entries`() throws {
    let saga = Saga("S", streams: ["s"]).keyed(by: "id") { .string($0.key) }
      .startOn("Start") { step, _ in
        for number in 0..<40 { try step.transaction.put("t", "\(number)", [:]) }
      }
      .on("End") { step, _ in
        for number in 0..<40 { try step.transaction.put("u", "\(number)", [:]) }
        step.end()
      }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start", of: "a"), to: "s")
    bench.emit(new("End", of: "a"), to: "s")
    #expect(
      bench.timeline.entries(of: SagaKey("S", "saga-1"), upTo: bench.timeline.last).count == 3)
  }
}
