import Dispatch
import EventicleCore
import Testing

@testable import EventicleHost

/// A host's operations other than dispatching by name, and their timeouts.
@Suite(.timeLimit(.minutes(5))) struct HostOperationTests {
  private let clock = ManualClock()

  private func host(_ domain: Domain = Notes.domain()) throws -> EventicleHost {
    try EventicleHost(domain, clock: clock, options: Notes.options)
  }

  private func timeout(
    _ command: String, _ timeout: Interval, _ mayStillHappen: Bool
  ) -> HostTimeoutError {
    HostTimeoutError(
      operation: "dispatch \(command)", timeout: timeout, mayStillHappen: mayStillHappen)
  }

  @Test func `an intent is answered with its response and events, once per key`()
    async throws
  {
    let host = try host()
    let intent = CommandIntent("Write", ["text": "milk"], idempotencyKey: "k")
    let reply = try await host.dispatch(intent)
    #expect(reply.response?["id"] == "note-1")
    #expect(reply.events.map(\.type) == ["NoteWritten"])
    #expect(!reply.isRepeat)
    #expect(try await host.dispatch(intent).isRepeat)
    #expect(host.world.log.count == 1)
  }

  @Test func `a group is listed, paused, resumed and replayed; a view rebuilt and swapped`()
    async throws
  {
    let host = try host()
    try await host.pause("view-Count")
    try await host.dispatch("Write", ["text": "milk"])
    #expect(try await host.groups().first { $0.group == "view-Count" }?.lag == 1)
    try await host.resume("view-Count")
    #expect(try await host.groups().first { $0.group == "view-Count" }?.lag == 0)
    try await host.replay("view-Count", from: .beginning)
    #expect(host.world.record(RecordKey("Count", "all"))?.content["notes"] == 2)
    #expect(try await !host.rebuild("Count").isEqual)
    try await host.swap("Count")
    #expect(try await host.rebuild("Count").isEqual)
    #expect(try await host.metrics().events == 1)
  }

  @Test func `a wait ends with the state of the workspace's aggregate, or with its timeout`()
    async throws
  {
    let host = try host()
    let tenant = Workspace("acme")
    async let found = host.watch(Notes.note, "note-1", in: tenant, timeout: .minutes(1)) {
      $0?["text"] == "eggs"
    }
    try await host.dispatch("Write", ["text": "eggs"])
    try await host.dispatch(CommandIntent("Write", ["text": "eggs"], workspace: tenant))
    #expect(try await found["text"] == "eggs")
    let late = Task {
      try await host.watch(Notes.note, "note-9", timeout: .seconds(0)) { $0 != nil }
    }
    await #expect(throws: OperationError.self) { try await late.value }
  }

  @Test func `a closed host refuses every operation with the same sentence`() async throws {
    let host = try host()
    await host.shutdown()
    await #expect(throws: OperationError.notConnected) { _ = try await host.groups() }
    await #expect(throws: OperationError.notConnected) { try await host.pause("view-Count") }
    await #expect(throws: OperationError.notConnected) { _ = try await host.rebuild("Count") }
    await #expect(throws: OperationError.notConnected) {
      try await host.watch(Notes.note, "note-1", timeout: .minutes(1)) { $0 != nil }
    }
  }

  @Test func `a hanging handler is named, and a timeout says what may still happen`()
    async throws
  {
    let gate = DispatchSemaphore(value: 0)
    let (entries, entered) = AsyncStream.makeStream(of: Void.self)
    let stuck = Command("Hang", stream: "notes") { _, _ in
      entered.yield()
      gate.wait()
      return CommandResult()
    }
    let host = try host(Domain("notes", commands: [stuck, Notes.complain]))
    let begun = Task { try await host.dispatch("Hang", timeout: .seconds(20)) }
    for await _ in entries { break }
    clock.advance(by: .seconds(9))
    #expect(host.hungHandler == nil)
    clock.advance(by: .seconds(1))
    #expect(
      host.hungHandler == HungHandler(handler: HandlerID(.command, "Hang"), since: .standardStart))
    clock.advance(by: .seconds(10))
    await #expect(throws: timeout("Hang", .seconds(20), true)) {
      try await begun.value
    }
    // The engine is still busy, so this command never starts.
    await #expect(throws: timeout("Complain", .seconds(0), false)) {
      try await host.dispatch("Complain", timeout: .seconds(0))
    }
    gate.signal()
    await host.settle()
    #expect(host.hungHandler == nil)
    #expect(host.world.log.count == 0)
  }
}
