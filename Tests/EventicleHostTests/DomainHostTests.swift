import EventicleCore
import Foundation
import Synchronization
import Testing

@testable import EventicleHost

/// A host whose domain comes from a program that asks for things by itself.
@Suite(.timeLimit(.minutes(5))) struct DomainHostTests {
  /// A program behind a domain: its requests wait behind a pipe, as those of a child process do.
  private final class FakeProgram: DomainHost {
    private let waiting = Mutex<[HostRequest]>([])
    private let pipe = Pipe()
    let domain: Domain

    init(_ domain: Domain) { self.domain = domain }

    var readableDescriptor: Int32? { pipe.fileHandleForReading.fileDescriptor }

    /// The number of times that the requests were taken.
    let taken = Mutex(0)

    func ask(_ request: HostRequest) {
      waiting.withLock { $0.append(request) }
      pipe.fileHandleForWriting.write(Data([1]))
    }

    func take() -> [HostRequest] {
      taken.withLock { $0 += 1 }
      return waiting.withLock { waiting in
        if !waiting.isEmpty { _ = pipe.fileHandleForReading.availableData }
        defer { waiting = [] }
        return waiting
      }
    }

    func dispatch(_ type: String, _ data: JSON) async -> Step {
      await withCheckedContinuation { continuation in
        ask(
          .input(.dispatch(CommandIntent(type, data))) { continuation.resume(returning: $0) })
      }
    }

    func declare(_ domain: Domain) async -> Result<AdoptReport, DomainError> {
      await withCheckedContinuation { continuation in
        ask(.adopt(domain) { continuation.resume(returning: $0) })
      }
    }
  }

  private let clock = ManualClock()

  private func host(_ program: FakeProgram) throws -> EventicleHost {
    try EventicleHost(running: program, clock: clock, options: Notes.options)
  }

  @Test func `what the program asks for is performed, settled and answered`() async throws {
    let program = FakeProgram(Notes.domain())
    let host = try host(program)
    let step = await program.dispatch("Write", ["text": "milk"])
    #expect(step.problem == nil && step.response != nil)
    #expect(host.world.recordCount(of: "Count") == 1)
    let refused = await program.dispatch("Write", ["text": ""])
    #expect(refused.problem == "A note needs a text; add text=….")
    let reported = await program.dispatch("Complain", [:])
    #expect(reported.reportedError != nil && reported.events.map(\.type) == ["NoteDisputed"])
    try await host.dispatch("Write", ["text": "eggs"])
    #expect(host.world.log.count == 3)
    await host.shutdown()
  }

  @Test func `what the program declares anew is adopted while the host runs`() async throws {
    let program = FakeProgram(Notes.domain())
    let host = try host(program)
    try await host.dispatch("Write", ["text": "milk"])
    let late = EventView(
      "Late", streams: ["notes"],
      on: ["NoteWritten": { event, transaction in try transaction.put("Late", event.key, [:]) }])
    let old = Notes.domain()
    func domain(_ views: [EventView]) -> Domain {
      Domain(
        old.name, aggregates: old.aggregates, commands: old.commands, views: old.views + views,
        sagas: old.sagas)
    }
    let report = try await program.declare(domain([late])).get()
    #expect(report.added == [ConsumerName(.view, "Late")])
    #expect(host.world.recordCount(of: "Late") == 1)
    #expect(
      await program.declare(domain([late, late]))
        == .failure(.declaredTwice(kind: "view", name: "Late")))
    try await host.dispatch("Write", ["text": "eggs"])
    #expect(host.world.recordCount(of: "Late") == 2)
  }

  @Test func `a host adopts a domain, and its async adapters go on`() async throws {
    let (mails, mailed) = AsyncStream.makeStream(of: String.self)
    let mailer = AsyncEventAdapter("Post", streams: ["notes"]) { event, _ in
      mailed.yield(event.key)
    }
    let host = try EventicleHost(
      Notes.domain(), adapters: [mailer], clock: clock, options: Notes.options)
    try await host.dispatch("Write", ["text": "milk"])
    let report = try await host.adopt(
      Domain("notes", aggregates: [Notes.note], commands: [Notes.write]))
    #expect(
      report.removed == [ConsumerName(.view, "Count"), ConsumerName(.saga, "Reminder")])
    try await host.dispatch("Write", ["text": "eggs"])
    var seen: [String] = []
    for await mail in mails {
      seen.append(mail)
      if seen.count == 2 { break }
    }
    #expect(seen == ["note-1", "note-2"])
    await #expect(throws: DomainError.self) {
      try await host.adopt(Domain("notes", commands: [Notes.write, Notes.write]))
    }
    await host.shutdown()
    await #expect(throws: OperationError.self) { try await host.adopt(Notes.domain()) }
  }

  @Test func `an idle program costs nothing until its descriptor can be read`() async throws {
    let program = FakeProgram(Notes.domain())
    let host = try host(program)
    await host.settle()
    await host.settle()
    let before = program.taken.withLock { $0 }
    try await Task.sleep(for: .milliseconds(50))
    #expect(program.taken.withLock { $0 } == before)
    _ = await program.dispatch("Write", ["text": "milk"])
    #expect(program.taken.withLock { $0 } > before)
    _ = host
  }
}

/// A handler that is waited for.
@Suite(.timeLimit(.minutes(5))) struct HandlerWatchTests {
  /// Goes on waiting up to a limit, and remembers what it heard.
  private final class Patience: HandlerWatch {
    private let heard = Mutex<[String]>([])
    private let limit: Interval

    init(_ limit: Interval) { self.limit = limit }

    var lines: [String] { heard.withLock { $0 } }

    func stillWaiting(_ handler: HandlerID, for waited: Interval) -> Bool {
      heard.withLock { $0.append("\(handler) \(waited)") }
      return waited < limit
    }
  }

  @Test func `a wait ends at its deadline, or when its watch gives up`() throws {
    let id = HandlerID(.saga, "Pay", .on("Declined"))
    let patience = Patience(.seconds(3))
    let wait = HandlerWait(for: id, deadline: .seconds(10), watch: patience)
    try wait.goOn(after: .seconds(1))
    #expect(throws: HandlerGivenUpError(handler: id, waited: .seconds(3), isLate: false)) {
      try wait.goOn(after: .seconds(3))
    }
    let late = HandlerGivenUpError(handler: id, waited: .seconds(10), isLate: true)
    #expect(throws: late) { try wait.goOn(after: .seconds(10)) }
    #expect(
      late.description
        == "The handler saga Pay / on Declined did not answer for 10s; let it do less, or raise "
        + "its deadline.")
    try HandlerWait(for: id, deadline: nil).goOn(after: .days(1))
    #expect(patience.lines.count == 2)
  }

  @Test func `a handler that hangs in the engine is told about until the watch has enough`()
    async throws
  {
    let clock = ManualClock()
    let patience = Patience(.seconds(30))
    let gate = DispatchSemaphore(value: 0)
    let (entries, entered) = AsyncStream.makeStream(of: Void.self)
    let stuck = Command("Hang", stream: "notes") { _, _ in
      entered.yield()
      gate.wait()
      return CommandResult()
    }
    var options = Notes.options
    options.watch = patience
    let host = try EventicleHost(
      Domain("notes", commands: [stuck]), clock: clock, options: options)
    let begun = Task { try await host.dispatch("Hang") }
    for await _ in entries { break }
    for _ in 0..<6 { clock.advance(by: .seconds(10)) }
    #expect(
      patience.lines == ["command Hang 10s", "command Hang 20s", "command Hang 30s"])
    gate.signal()
    _ = try await begun.value
    #expect(host.hungHandler == nil)
  }
}
