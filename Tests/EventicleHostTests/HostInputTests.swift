import EventicleCore
import EventicleHost
import TestSupport
import Testing

/// Inputs to a host and the answers to them.
@Suite(.timeLimit(.minutes(5))) struct HostInputTests {
  private let clock = ManualClock()

  private func host(_ domain: Domain = Notes.domain()) throws -> EventicleHost {
    try EventicleHost(domain, clock: clock, options: Notes.options)
  }

  @Test func `a command is answered after everything that follows from it`() async throws {
    let host = try host()
    let response = try await host.dispatch("Write", ["text": "milk"])
    #expect(response?["id"] == "note-1")
    #expect(host.world.log.count == 1)
    #expect(host.world.record(RecordKey("Count", "all"))?.content["notes"] == 1)
    #expect(host.world.queue.isEmpty)
  }

  @Test func `a rejection and an unknown command keep their own errors`() async throws {
    let host = try host()
    await #expect(throws: Rejection.self) { try await host.dispatch("Write", ["text": ""]) }
    do {
      try await host.dispatch("Burn")
      Issue.record("an unknown command was carried out")
    } catch let error as OperationError {
      #expect(error.description.hasPrefix("Command not found Burn"))
    }
    #expect(host.world.log.count == 0)
  }

  @Test func `an error reported by a command is thrown though its events are kept`() async throws {
    let host = try host()
    await #expect(throws: ReportedError("The note is disputed.")) {
      try await host.dispatch("Complain")
    }
    #expect(host.world.log.event(at: Position(1))?.type == "NoteDisputed")
  }

  @Test func `a task that is already cancelled sends no input`() async throws {
    let host = try host()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await host.dispatch("Write", ["text": "milk"])
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    await host.settle()
    #expect(host.world.log.count == 0)
  }

  @Test func `many concurrent tasks are each answered, each in its own order`() async throws {
    let host = try host()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          for turn in 0..<25 {
            let data: JSON = ["task": .int(task), "turn": .int(turn)]
            try await host.emit([NewEvent("Ticked", data: data)], to: "ticks")
          }
        }
      }
      try await group.waitForAll()
    }
    var turns = [[Int]](repeating: [], count: 8)
    for await event in host.events(in: "ticks", until: .now) {
      let data = event.data.value
      turns[data["task"].integer ?? 0].append(data["turn"].integer ?? -1)
    }
    #expect(turns == [[Int]](repeating: Array(0..<25), count: 8))
  }

  @Test func `the engine's clock cannot be moved past the host's clock`() async throws {
    let host = try host()
    await #expect(throws: OperationError.self) {
      try await host.perform(.moveClock(.standardStart + .minutes(1)))
    }
    #expect(host.world.clock == .standardStart)
  }

  @Test(arguments: seeds(12)) func `a host does the same as an engine with the same inputs`(
    seed: UInt64
  ) async throws {
    var random = SeededRandom(seed: seed)
    let host = try EventicleHost(
      Notes.domain(Notes.failing("reminders")), clock: clock,
      options: HostOptions(seed: seed, logLabel: nil))
    let twin = try Eventicle(Notes.domain(Notes.failing("reminders")), seed: seed)
    for turn in 0..<30 {
      let interval = Interval.minutes(Int64.random(in: 0...4, using: &random))
      clock.advance(by: interval)
      await host.settle()
      try twin.advance(by: interval)
      let data: JSON = ["text": .string("note \(turn)")]
      let response = try await host.dispatch("Write", data)
      #expect(try twin.dispatch("Write", data) == response)
    }
    #expect(host.world.log.count == twin.world.log.count)
    for number in 1...twin.world.log.count {
      #expect(
        host.world.log.event(at: Position(number)) == twin.world.log.event(at: Position(number)))
    }
    #expect(host.world.parkedCount == twin.world.parkedCount)
    #expect(host.world.timers.count == twin.world.timers.count)
    #expect(twin.world.parkedCount > 0)
  }
}
