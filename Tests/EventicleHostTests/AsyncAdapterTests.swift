import EventicleCore
import EventicleHost
import Synchronization
import Testing

/// Adapters with async handlers, on a clock that the test advances.
@Suite(.timeLimit(.minutes(5))) struct AsyncAdapterTests {
  private let clock = ManualClock()
  private let calls = Calls()

  private func host(_ adapter: AsyncEventAdapter) throws -> EventicleHost {
    try EventicleHost(Notes.domain(), adapters: [adapter], clock: clock, options: Notes.options)
  }

  /// An adapter whose handlers report that they have started and then wait for the test.
  private func held(_ options: ConsumerOptions = .standard) -> AsyncEventAdapter {
    AsyncEventAdapter("Mailer", streams: ["mail"], options: options, deadline: .seconds(30)) {
      [calls] event, context in try await calls.handle(event, context)
    }
  }

  private func emit(_ keys: String..., to host: EventicleHost) async throws {
    try await host.emit(keys.map { NewEvent("Sent", DomainID($0)) }, to: "mail")
  }

  @Test func `the result of a handler arrives as a command, and the event is acknowledged`()
    async throws
  {
    let mailer = AsyncEventAdapter(
      "Mailer", streams: ["notes"],
      on: [
        "NoteWritten": { event, context in
          try await context.dispatch("Remind", ["id": .string(event.key)])
        }
      ])
    let host = try host(mailer)
    try await host.dispatch("Write", ["text": "milk"])
    var reminders = host.events(in: "reminders").makeAsyncIterator()
    #expect(await reminders.next()?.type == "NoteDue")
    #expect(await host.shutdown() == 0)
    #expect(host.world.group("adapter-Mailer")?.tally.handled == 1)
  }

  @Test func `events of one key are handled in order, within the limit on parallel keys`()
    async throws
  {
    let host = try host(held(ConsumerOptions(parallel: 2)))
    try await emit("a", "a", "b", "c", to: host)
    let first = await calls.begun()
    let second = await calls.begun()
    #expect(Set([first, second]) == [1, 3])
    calls.finish(1)
    // Key a and its place among the parallel keys are free now.
    let third = await calls.begun()
    #expect(third == 2)
    calls.finish(2)
    #expect(await calls.begun() == 4)
    calls.finish(3)
    calls.finish(4)
    #expect(await host.shutdown() == 0)
    #expect(calls.mostAtOnce == 2)
  }

  @Test func `a failure is retried after the policy's wait and then parked`()
    async throws
  {
    let host = try host(held(ConsumerOptions(policy: .retry(1, after: .seconds(10)))))
    try await emit("a", to: host)
    #expect(await calls.begun() == 1)
    calls.finish(1, failing: true)
    _ = try await host.watchFailures(of: "adapter-Mailer", retried: 1)
    clock.advance(by: .seconds(10))
    #expect(await calls.begun() == 1)
    calls.finish(1, failing: true)
    _ = try await host.watchFailures(of: "adapter-Mailer", failed: 1)
    #expect(host.parked.map(\.reason) == ["The mail server is away."])
    try await host.redrive(1)
    #expect(await calls.begun() == 1)
    calls.finish(1)
    #expect(await host.shutdown() == 0)
    #expect(host.parked.isEmpty)
  }

  @Test func `a handler that misses its deadline is cancelled and counts as failed`() async throws {
    let host = try host(held())
    try await emit("a", to: host)
    #expect(await calls.begun() == 1)
    clock.advance(by: .seconds(30))
    await host.settle()
    #expect(host.parked.map(\.reason) == ["It was not acknowledged within 30s."])
    #expect(await calls.cancelled() == 1)
    await host.shutdown()
  }

  @Test func `a draining shutdown waits for handlers, another one cancels them`()
    async throws
  {
    let drained = try host(held())
    try await emit("a", to: drained)
    #expect(await calls.begun() == 1)
    async let left = drained.shutdown()
    calls.finish(1)
    #expect(await left == 0)
    #expect(drained.world.group("adapter-Mailer")?.tally.handled == 1)

    let cut = try host(held())
    try await emit("a", to: cut)
    #expect(await calls.begun() == 1)
    #expect(await cut.shutdown(draining: false) == 1)
    #expect(await calls.cancelled() == 1)
  }
}

extension EventicleHost {
  /// Waits until a group's tally reaches these numbers of retries and failures.
  fileprivate func watchFailures(
    of group: GroupName, retried: Int = 0, failed: Int = 0
  ) async throws {
    while true {
      let tally = try await groups().first { $0.group == group }?.tally
      if let tally, tally.retried >= retried, tally.failed >= failed { return }
      await Task.yield()
    }
  }
}

/// Handlers that report their start and end when the test says so.
private final class Calls: Sendable {
  private struct Failure: Error, CustomStringConvertible {
    let description = "The mail server is away."
  }

  private struct State {
    var waiting: [Int: CheckedContinuation<Void, any Error>] = [:]
    var mostAtOnce = 0
  }

  private let state = Mutex(State())
  private let begins = AsyncStream.makeStream(of: Int.self)
  private let cancels = AsyncStream.makeStream(of: Int.self)

  var mostAtOnce: Int { state.withLock { $0.mostAtOnce } }

  /// The position of the event whose handler starts next.
  func begun() async -> Int? { await begins.stream.first { _ in true } }

  /// The position of the event whose handler was cancelled.
  func cancelled() async -> Int? { await cancels.stream.first { _ in true } }

  func handle(_ event: Event, _ context: AdapterContext) async throws {
    let number = context.position.number
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        state.withLock { state in
          state.waiting[number] = continuation
          state.mostAtOnce = max(state.mostAtOnce, state.waiting.count)
        }
        begins.continuation.yield(number)
      }
    } onCancel: {
      finish(number, failing: true)
      cancels.continuation.yield(number)
    }
  }

  func finish(_ number: Int, failing: Bool = false) {
    let continuation = state.withLock { $0.waiting.removeValue(forKey: number) }
    if failing { continuation?.resume(throwing: Failure()) } else { continuation?.resume() }
  }
}
