import EventicleCore
import EventicleHost
import TestSupport
import Testing

/// Readers of a host's events.
@Suite(.timeLimit(.minutes(5))) struct ReadingTests {
  private func host(batchSize: Int = 512) throws -> EventicleHost {
    try EventicleHost(
      Notes.domain(), clock: ManualClock(),
      options: HostOptions(seed: 7, logLabel: nil, batchSize: batchSize))
  }

  private func emit(
    _ numbers: ClosedRange<Int>, to stream: StreamName, of host: EventicleHost
  ) async throws {
    let events = numbers.map { NewEvent("Ticked", data: ["number": .int($0)]) }
    try await host.emit(events, to: stream)
  }

  private func number(_ event: Event) -> Int { event.data["number"].integer ?? 0 }

  @Test func `batches have the requested size and report the position reached`() async throws {
    let host = try host(batchSize: 4)
    try await emit(1...10, to: "ticks", of: host)
    var sizes: [Int] = []
    var last: EventBatch?
    for await batch in host.batches(in: "ticks", until: .now) {
      sizes.append(batch.events.count)
      #expect(batch.isAtHead == (batch.positions.last == Position(10)))
      last = batch
    }
    #expect(sizes == [4, 4, 2])
    #expect(last?.reached == Position(10))
    #expect(last?.head == Position(10))
  }

  @Test func `a reader until now ends with the last event at its creation`() async throws {
    let host = try host()
    try await emit(1...3, to: "ticks", of: host)
    let history = host.events(in: "ticks", until: .now)
    try await emit(4...6, to: "ticks", of: host)
    var numbers: [Int] = []
    for await event in history { numbers.append(number(event)) }
    #expect(numbers == [1, 2, 3])
  }

  @Test func `a hot reader starts with new events, a cold-hot reader with the oldest`() async throws
  {
    let host = try host()
    try await emit(1...3, to: "ticks", of: host)
    let hot = host.events(in: "ticks", from: .end)
    let coldHot = host.events(in: "ticks")
    try await emit(4...6, to: "ticks", of: host)
    await host.shutdown()
    var numbers: [[Int]] = [[], []]
    for await event in hot { numbers[0].append(number(event)) }
    for await event in coldHot { numbers[1].append(number(event)) }
    #expect(numbers == [[4, 5, 6], [1, 2, 3, 4, 5, 6]])
  }

  @Test func `a reader that resumes after a position skips and repeats nothing`() async throws {
    let host = try host(batchSize: 3)
    try await emit(1...8, to: "ticks", of: host)
    var first = host.batches(in: "ticks", until: .now).makeAsyncIterator()
    let seen = try #require(await first.next())
    var rest: [Int] = []
    for await event in host.events(in: "ticks", from: .after(seen.reached), until: .now) {
      rest.append(number(event))
    }
    #expect(seen.events.map(number) + rest == Array(1...8))
  }

  @Test func `no stream means all streams, and a star matches any characters`() async throws {
    let host = try host()
    try await emit(1...1, to: "a.x", of: host)
    try await emit(2...2, to: "b.x", of: host)
    try await emit(3...3, to: "a.y", of: host)
    var all: [Int] = []
    for await event in host.events(until: .now) { all.append(number(event)) }
    var some: [Int] = []
    for await event in host.events(in: "a.*", until: .now) { some.append(number(event)) }
    #expect(all == [1, 2, 3])
    #expect(some == [1, 3])
  }

  @Test func `a waiting reader ends when its task is cancelled`() async throws {
    let host = try host()
    try await emit(1...1, to: "ticks", of: host)
    let (seen, reached) = AsyncStream.makeStream(of: Int.self)
    let reader = Task {
      var count = 0
      for await event in host.events(in: "ticks") {
        count += 1
        reached.yield(number(event))
      }
      return count
    }
    for await _ in seen { break }
    reader.cancel()
    #expect(await reader.value == 1)
  }

  @Test(arguments: seeds(8)) func `readers see exactly the log while others write`(
    seed: UInt64
  ) async throws {
    let host = try host(batchSize: Int(seed % 5) + 1)
    let streams: [StreamName] = ["a.x", "a.y", "b"]
    let readers: [(EventBatches, @Sendable (StreamName) -> Bool)] = [
      (host.batches(), { _ in true }), (host.batches(in: "a.*"), { $0 != "b" }),
      (host.batches(in: "b"), { $0 == "b" }), (host.batches(in: "a.x", "b"), { $0 != "a.y" }),
    ]
    let tasks = readers.map { batches, _ in
      Task {
        var positions: [Position] = []
        for await batch in batches { positions += batch.positions }
        return positions
      }
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<3 {
        group.addTask {
          var random = SeededRandom(seed: seed &+ UInt64(writer))
          for turn in 1...20 {
            let stream = streams[Int.random(in: 0..<3, using: &random)]
            let count = Int.random(in: 1...3, using: &random)
            try await emit(turn...(turn + count - 1), to: stream, of: host)
          }
        }
      }
      try await group.waitForAll()
    }
    await host.shutdown()
    let log = host.world.log
    for (task, (_, isWanted)) in zip(tasks, readers) {
      let wanted = (1...log.count).map { Position($0) }
        .filter { position in log.event(at: position).map { isWanted($0.stream) } ?? false }
      #expect(await task.value == wanted)
    }
  }

  @Test func `a reader gets upcast events`() async throws {
    let upcasters = try UpcasterChain([
      EventUpcaster("Ticked", from: 1, renamedTo: "Tocked")
    ])
    let host = try EventicleHost(
      Domain("clocks", upcasters: upcasters), clock: ManualClock(), options: Notes.options)
    try await emit(1...1, to: "ticks", of: host)
    var types: [EventType] = []
    for await event in host.events(in: "ticks", until: .now) { types.append(event.type) }
    #expect(types == ["Tocked"])
  }

  @Test func `an event whose upcaster fails is delivered as stored`() async throws {
    let upcasters = try UpcasterChain([
      EventUpcaster("Ticked", from: 1, renamedTo: "Tocked") { _ in throw Rejection("No.") },
      EventUpcaster(dropping: "Silent", from: 1),
    ])
    let host = try EventicleHost(
      Domain("clocks", upcasters: upcasters), clock: ManualClock(), options: Notes.options)
    try await host.emit([NewEvent("Ticked"), NewEvent("Silent"), NewEvent("Rung")], to: "ticks")
    var types: [EventType] = []
    for await event in host.events(in: "ticks", until: .now) { types.append(event.type) }
    #expect(types == ["Ticked", "Rung"])
  }

  @Test func `events no longer kept by a stream are not delivered`() async throws {
    let host = try host()
    try await emit(1...5, to: "ticks", of: host)
    try await emit(6...7, to: "tocks", of: host)
    try await host.perform(.trim("ticks", keeping: 2))
    var plain: [Int] = []
    for await event in host.events(in: "ticks", until: .now) { plain.append(number(event)) }
    var all: [Int] = []
    for await event in host.events(until: .now) { all.append(number(event)) }
    #expect(plain == [4, 5])
    #expect(all == [4, 5, 6, 7])
  }
}
