import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct CommandTests {
  static let echo = Command("C1", stream: "cs") { data, _ in
    CommandResult(response: ["echo": data], events: [new("C1Done")])
  }
  static let warns = Command("Warns", stream: "cs") { _, _ in
    CommandResult(events: [new("D")], reportedError: ReportedError("web2"))
  }
  static let refuses = Command("Refuses", stream: "cs") { _, tx in
    try tx.create("t", ["a": 1])
    throw Rejection("no")
  }

  static func app(_ commands: Command...) throws -> Eventicle {
    try Eventicle(Domain("test", commands: commands))
  }

  @Test func `a command replies with its response and its events`() throws {
    let app = try Self.app(Self.echo)
    let reply = try app.dispatch(CommandIntent("C1", ["v": 1]))
    #expect(reply.response == ["echo": ["v": 1]])
    #expect(reply.events.map(\.type) == ["C1Done"])
    #expect(reply.events.map(\.stream) == ["cs"])
    #expect(app.world.events(in: "cs").map(\.id) == reply.events.map(\.id))
    #expect(!reply.isRepeat)
  }

  @Test func `an unknown command is refused with the known names, and publishes nothing`() throws {
    let app = try Self.app(Self.echo)
    let error = #expect(throws: OperationError.self) { try app.dispatch(CommandIntent("Nope")) }
    #expect(error?.description == "Command not found Nope; there is C1.")
    #expect(app.world.log.count == 0)
  }

  @Test func `both forms throw the reported error after the events are kept`() throws {
    let app = try Self.app(Self.warns)
    #expect(throws: ReportedError("web2")) { try app.dispatch(CommandIntent("Warns")) }
    #expect(throws: ReportedError("web2")) { try app.dispatch("Warns") }
    #expect(throws: ReportedError("web2")) {
      try app.dispatch(on: "cs") { _ in
        CommandResult(events: [new("D")], reportedError: ReportedError("web2"))
      }
    }
    #expect(app.world.events(in: "cs").map(\.type) == ["D", "D", "D"])
  }

  @Test func `a direct command is journaled, and fails as a whole`() throws {
    let app = try Self.app()
    let kinds = HandlerLog()
    app.onStep { for entry in $0.entries { kinds.note("\(entry.kind)") } }
    let reply = try app.dispatch(on: "cs") { tx in
      try tx.put("t", "1", ["a": 1])
      return CommandResult(response: "ok", events: [new("Done")])
    }
    #expect(reply.response == "ok")
    #expect(reply.events.map(\.type) == ["Done"])
    #expect(kinds.lines.first?.contains("DYNAMIC") ?? false)
    #expect(throws: Rejection.self) {
      try app.dispatch(on: "cs") { tx in
        try tx.emit([new("Lost")], to: "cs")
        throw Rejection("no")
      }
    }
    #expect(app.world.log.count == 1)
    #expect(app.metrics.commands(of: "DYNAMIC").done == 1)
    #expect(app.metrics.commands(of: "DYNAMIC").rejected == 1)
  }

  @Test func `a repeated idempotency key runs the command once and returns the same reply`() throws
  {
    var bench = try RecordedEngine(Domain("test", commands: [Self.echo, Self.warns, Self.refuses]))
    func ask(_ type: String, _ data: JSON = [:], key: String = "k") -> Step {
      bench.perform(.dispatch(CommandIntent(type, data, idempotencyKey: key)))
    }
    let first = ask("C1", ["v": 1])
    let count = bench.entries.count
    let again = ask("C1", ["v": 1])
    #expect(again.response == first.response)
    #expect(again.events.map(\.id) == first.events.map(\.id))
    #expect(again.entries.isEmpty)
    #expect(bench.entries.count == count)
    #expect(ask("C1", ["v": 2]).problem?.contains("use another key") ?? false)
    #expect(ask("C1", ["v": 1], key: "other").entries.isEmpty == false)
    #expect(ask("Warns").reportedError == ReportedError("web2"))
    #expect(ask("Warns").reportedError == ReportedError("web2"))
    #expect(ask("Refuses").problem == "no")
    #expect(ask("Refuses").problem == "no")
    #expect(bench.world.events(in: "cs").map(\.type) == ["C1Done", "C1Done", "D"])
    #expect(bench.world.recordCount(of: "t") == 0)
    var metrics = EngineMetrics()
    metrics.record(Step(entries: bench.entries), bench.world)
    #expect(metrics.commands(of: "C1").done == 2)
    #expect(metrics.commands(of: "Warns").reported == 1)
    #expect(metrics.commands(of: "Refuses").rejected == 1)
    #expect(metrics.commands.map(\.type) == ["C1", "Warns", "Refuses"])
  }

  @Test func `arguments are checked before the handler runs`() throws {
    let app = try Self.app(
      Command(
        "Pay", stream: "cs", [.required("sum", .number)],
        validates: { data, _ in
          if data["sum"].integer ?? 0 < 0 { throw Rejection("A sum is 0 or more.") }
        }
      ) { _, _ in CommandResult(events: [new("Paid")]) })
    #expect(throws: Rejection.self) { try app.dispatch("Pay", ["sum": -1]) }
    #expect(app.world.log.count == 0)
    try app.dispatch("Pay", ["sum": 1])
    #expect(app.world.log.count == 1)
  }

  @Test func `declaring a command twice is an error`() {
    #expect(throws: DomainError.declaredTwice(kind: "command", name: "C1")) {
      try Self.app(Self.echo, Self.echo)
    }
  }
}
