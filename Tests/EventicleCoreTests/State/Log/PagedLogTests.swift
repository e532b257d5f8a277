import BackendContract
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct PagedLogTests {
  /// A bench with a store that has all its steps.
  private func stored(
    _ bench: RecordedEngine, pages: Int = 1
  ) -> MemoryJournalStore {
    let store = MemoryJournalStore(startingWith: bench.timeline.start, pages: pages)
    bench.timeline.forEachStep(home: bench.engine.domain.aggregateKey) { step in
      store.append(step)
      return true
    }
    _ = store.commit()
    return store
  }

  private func lines(_ log: EventLog) -> [String] {
    var lines: [String] = []
    var times: [Instant] = []
    log.forEach(from: Position(1), to: log.last) { event in
      lines.append(String(decoding: event.json, as: UTF8.self))
      times.append(event.createdAt)
    }
    let isOrdered = times == times.sorted()
    for number in 0..<(log.count + 2) {
      let position = Position(number)
      lines.append(
        "\(log.event(at: position).map { String(decoding: $0.json, as: UTF8.self) } ?? "-") \(String(describing: log.id(at: position)))"
          + " \(String(describing: log.type(at: position)))"
          + " \(String(describing: log.stream(at: position)))"
          + " \(String(describing: log.domainID(at: position)))"
          + " \(String(describing: log.createdAt(at: position)))"
          + " \(String(describing: log.data(at: position)))"
          + " \(String(describing: log.causeID(at: position)))"
          + " \(String(describing: log.causePosition(at: position)))"
          + " \(log.streamPosition(of: position))")
      if let event = log.event(at: position) {
        lines.append("\(String(describing: log.position(of: event.id)))")
        lines.append("\(String(describing: log.position(ofCauseOf: event)))")
        // In a log that is not ordered by time, no search by time has one answer.
        if isOrdered { lines.append("\(log.last(at: event.createdAt))") }
        lines.append(
          "\(String(describing: log.position(of: event.id, in: event.stream.workspace)))")
      }
    }
    for stream in log.streamNames {
      lines.append("\(stream) \(log.count(of: stream))")
      for place in 0..<(log.count(of: stream) + 2) {
        lines.append("\(String(describing: log.position(of: stream, at: StreamPosition(place))))")
      }
      for number in stride(from: 0, through: log.count, by: 7) {
        lines.append("\(log.place(in: stream, after: Position(number)))")
      }
      log.forEach(in: stream, from: StreamPosition(2)) { lines.append("\($0.id) \($1)") }
    }
    return lines
  }

  @Test(arguments: seeds(40))
  func `a world with its older events in pages reads as before`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 25)
    let store = stored(bench)
    var random = SeededRandom(seed: seed)
    var world = bench.world
    for _ in 0..<4 {
      let events = Int.random(in: 0...bench.world.log.count, using: &random)
      let moment = try #require(bench.moments.last { $0.world.log.count <= events })
      world.rebaseLog(
        on: store, upTo: LogBound(events: events, kept: moment.world.histories.keptCount))
      #expect(world.log.pagedCount >= events)
      #expect(lines(world.log) == lines(bench.world.log))
      #expect(
        bench.fingerprint(world).difference(from: bench.fingerprint(bench.world)) == nil)
      for number in 0..<(bench.world.log.count + 1) {
        #expect(world.origin(of: Position(number)) == bench.world.origin(of: Position(number)))
        #expect(lines(world.log.prefix(number)) == lines(bench.world.log.prefix(number)))
      }
      #expect(store.fault == nil)
    }
  }

  @Test(arguments: seeds(40))
  func `worlds of the past go on in the same way above and below a base`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 20)
    let store = stored(bench)
    var random = SeededRandom(seed: seed)
    for _ in 0..<6 {
      let base = try #require(bench.moments.randomElement(using: &random))
      let past = try #require(bench.moments.randomElement(using: &random))
      var head = bench.world
      head.rebaseLog(on: store, upTo: base.world.bound)
      let before = bench.fingerprint(head)
      var plain = past.world
      var paged = past.world.sharing(head)
      #expect(bench.fingerprint(paged).difference(from: past.fingerprint) == nil)
      for number in 1...5 {
        let event = Event(
          id: EventID("new-\(number)"), type: "Noted", source: "test",
          causedByID: plain.log.id(at: Position(1 + Int.random(in: 0...5, using: &random))),
          stream: plain.log.streamNames.last ?? "notes", domainID: DomainID("n-\(number % 2)"),
          createdAt: .standardStart, data: JSONBytes(["n": .int(number)]))
        let key =
          bench.names.aggregates.first.map { AggregateKey($0, DomainID("n-\(number % 2)")) }
        plain.append(event, key, by: past.last.next)
        paged.append(event, key, by: past.last.next)
        if number == 3, let key {
          plain.keep(event, key)
          paged.keep(event, key)
        }
        #expect(lines(paged.log) == lines(plain.log))
        #expect(bench.fingerprint(paged).difference(from: bench.fingerprint(plain)) == nil)
      }
      #expect(bench.fingerprint(head).difference(from: before) == nil)
    }
  }

  @Test func `reading the newest events and appending asks the pages for nothing`() throws {
    var bench = try RecordedEngine(.init("plain"), remembering: false)
    for number in 1...300 {
      bench.perform(
        .emit([NewEvent("Noted", DomainID("n-\(number)"), data: ["n": 1])], to: "notes"))
    }
    let store = stored(bench)
    var world = bench.world
    let first = try #require(world.log.id(at: Position(1)))
    world.rebaseLog(on: store, upTo: LogBound(events: 200, kept: 0))
    store.asks = 0
    for number in 201...300 { #expect(world.log.event(at: Position(number)) != nil) }
    for number in 1...100 {
      let event = Event(
        id: EventID("new-\(number)"), type: "Noted", source: "test",
        causedByID: world.log.id(at: Position(250)), stream: "notes",
        domainID: DomainID("n-\(number)"), createdAt: .standardStart, data: .emptyObject)
      world.append(event, AggregateKey("Note", DomainID("n-\(number)")), by: JournalIndex(1))
    }
    #expect(store.asks == 0)
    #expect(world.log.count(of: "notes") == 400)
    #expect(store.asks == 0)
    #expect(world.log.position(of: first) == Position(1) && store.asks > 0)
  }

  @Test func `a page that was read before it was full is read again`() throws {
    var bench = try RecordedEngine(.init("plain"), remembering: false)
    let store = MemoryJournalStore(startingWith: bench.timeline.start)
    var steps = StoredSteps(after: bench.world)
    for number in 1...130 {
      let step = bench.perform(.emit([NewEvent("Noted", data: ["n": .int(number)])], to: "notes"))
      let input = try #require(bench.timeline.input(of: bench.timeline.last))
      store.append(steps.step(input, step.entries, in: bench.world) { _ in nil })
      _ = store.commit()
      var world = bench.world
      world.rebaseLog(on: store, upTo: world.bound)
      #expect(world.log.event(at: Position(number)) == bench.world.log.event(at: Position(number)))
    }
    // What was not acknowledged is not on any page after reading again.
    _ = store.reload()
    #expect(store.page(2)?.count == 2 && store.page(3) == nil && store.page(-1) == nil)
  }
}
