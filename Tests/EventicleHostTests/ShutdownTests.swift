import Dispatch
import EventicleCore
import Testing

@testable import EventicleHost

/// The end of a host.
@Suite(.timeLimit(.minutes(5))) struct ShutdownTests {
  private func host(_ adapters: EventAdapter...) throws -> EventicleHost {
    let domain = Domain(
      "notes", aggregates: [Notes.note], commands: [Notes.write], adapters: adapters)
    return try EventicleHost(domain, clock: ManualClock(), options: Notes.options)
  }

  @Test func `after the shutdown inputs are refused and readers end with the last event`()
    async throws
  {
    let host = try host()
    let reader = Task {
      var count = 0
      for await _ in host.events() { count += 1 }
      return count
    }
    try await host.dispatch("Write", ["text": "milk"])
    #expect(await host.shutdown() == 0)
    #expect(await reader.value == 1)
    await #expect(throws: OperationError.notConnected) {
      try await host.dispatch("Write", ["text": "eggs"])
    }
    await host.settle()
    #expect(await host.shutdown() == 0)
    #expect(host.connection == .closed)
  }

  @Test func `the connection states arrive in order and end`() async throws {
    let host = try host()
    var states = host.connectionStates.makeAsyncIterator()
    #expect(await states.next() == .connected)
    await host.shutdown()
    #expect(await states.next() == .closed)
    #expect(await states.next() == nil)
  }

  @Test func `a shutdown pauses adapters, so that no further event leaves`() async throws {
    let host = try host(Notes.failing("reminders"))
    await host.shutdown()
    #expect(host.world.group("adapter-Broken")?.status == .paused)
  }

  /// The result of a command that waits for a busy engine when a shutdown starts.
  private func fate(draining: Bool) async throws -> (taken: Bool, isWaitingDone: Bool, left: Int) {
    let gate = DispatchSemaphore(value: 0)
    let (entries, entered) = AsyncStream.makeStream(of: Void.self)
    let held = EventAdapter(
      "Held", streams: ["notes"],
      onAny: { _, _ in
        entered.yield()
        gate.wait()
      })
    let domain = Domain("notes", adapters: [held])
    let executor = try EngineExecutor(
      try Engine(domain), clock: ManualClock(), log: HostLog(nil, level: .info), metrics: nil)
    let first = Input.emit([NewEvent("First")], to: "notes")
    let second = Input.emit([NewEvent("Second")], to: "notes")
    _ = executor.post(.perform(first) { _ in })
    for await _ in entries { break }
    // The adapter now keeps the engine's queue busy, so both of these wait.
    async let answer: Bool = withCheckedContinuation { continuation in
      let isTaken = executor.post(
        .perform(second) { result in
          if case .success = result {
            continuation.resume(returning: true)
          } else {
            continuation.resume(returning: false)
          }
        })
      if !isTaken { continuation.resume(returning: false) }
      Self.shutDown(executor, draining: draining)
      gate.signal()
      gate.signal()
    }
    let isWaitingDone = await answer
    _ = await executor.publisher.state { $0.connection == .closed }
    let isTaken = executor.post(.settle {})
    return (isTaken, isWaitingDone, executor.publisher.current.world.queue.count)
  }

  private static func shutDown(_ executor: EngineExecutor, draining: Bool) {
    _ = executor.post(.shutdown(draining: draining) { _ in })
  }

  @Test func `a draining shutdown carries out waiting inputs`() async throws {
    let fate = try await fate(draining: true)
    #expect(fate.isWaitingDone)
    #expect(!fate.taken)
    #expect(fate.left == 0)
  }

  @Test func `a shutdown without draining refuses waiting inputs`() async throws {
    let fate = try await fate(draining: false)
    #expect(!fate.isWaitingDone)
    #expect(!fate.taken)
  }

  @Test func `a host without references ends, and its readers with it`() async throws {
    var host: EventicleHost? = try host()
    let events = try #require(host).events()
    let reader = Task {
      var count = 0
      for await _ in events { count += 1 }
      return count
    }
    try await host?.emit([NewEvent("Seen")], to: "notes")
    host = nil
    #expect(await reader.value == 1)
  }
}
