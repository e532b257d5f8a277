import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct RollbackTests {
  static func command(_ type: String, _ handler: @escaping Command.Handler) -> Command {
    Command(type, stream: "cs", handler: handler)
  }

  static func bench(_ commands: Command..., views: [EventView] = []) throws -> RecordedEngine {
    try RecordedEngine(Domain("test", commands: commands, views: views))
  }

  @Test func `a transaction sees its own events, and others see them when it ends`() throws {
    var bench = try Self.bench(
      Self.command("C") { _, tx in
        try tx.emit([new("A", "1")], to: "s")
        return CommandResult(response: .int(tx.world.log.count(of: "s")))
      })
    #expect(bench.world.log.count(of: "s") == 0)
    #expect(bench.run("C").response == 1)
    #expect(bench.world.events(in: "s").map(\.id) == ["1"])
  }

  @Test func `a command that fails discards its events and its writes`() throws {
    var bench = try Self.bench(
      Self.command("C") { _, tx in
        try tx.create("t", ["a": 1])
        try tx.emit([new("InTx")], to: "s")
        _ = tx.nextID("thing")
        throw Rejection("x")
      })
    let before = bench.moments[0].fingerprint
    let step = bench.run("C")
    #expect(step.problem == "x")
    #expect(bench.fingerprint(bench.world).difference(from: before) == nil)
    #expect(
      bench.entries.map(\.kind) == [
        .command(type: "C", data: .emptyObject, response: nil, .rejected("x"))
      ])
    #expect(bench.entries[0].changes.isEmpty)
  }

  @Test func `an error other than a rejection is a failure and leaves nothing either`() throws {
    struct Broken: Error, CustomStringConvertible { let description = "the disk is full" }
    var bench = try Self.bench(
      Self.command("C") { _, tx in
        try tx.create("t", ["a": 1])
        throw Broken()
      })
    #expect(bench.run("C").problem == "the disk is full")
    #expect(bench.entries.map(\.kind.problem) == ["the disk is full"])
    #expect(bench.world.recordCount(of: "t") == 0)
  }

  @Test func `a caught refusal of an inner command discards its changes`() throws {
    var bench = try Self.bench(
      Self.command("Outer") { _, tx in
        try tx.create("t", [:], id: "outer")
        do { try tx.dispatch("Inner") } catch {
          try tx.create("t", ["why": .string("\(error)")], id: "caught")
        }
        return CommandResult(events: [new("OuterDone")])
      },
      Self.command("Inner") { _, tx in
        try tx.create("t", [:], id: "inner")
        try tx.emit([new("InnerDone")], to: "s")
        throw Rejection("not now")
      })
    #expect(bench.run("Outer").problem == nil)
    #expect(try bench.world.records(of: "t").map(\.id) == ["outer", "caught"])
    #expect(bench.world.record(RecordKey("t", "caught"))?.content == ["why": "not now"])
    #expect(bench.world.log.count == 1)
    #expect(bench.entries.map(\.kind.word) == ["command", "command", "append"])
    #expect(bench.entries[1].cause == JournalIndex(1))
    #expect(bench.entries[1].kind.problem == "not now")
  }

  @Test func `an uncaught refusal of an inner command refuses the outer one`() throws {
    var bench = try Self.bench(
      Self.command("Outer") { _, tx in
        try tx.create("t", [:])
        try tx.dispatch("Inner")
        return CommandResult()
      },
      Self.command("Inner") { _, _ in throw Rejection("not now") })
    #expect(bench.run("Outer").problem == "not now")
    #expect(bench.world.recordCount(of: "t") == 0)
    #expect(bench.entries.count == 1)
  }

  @Test func `endless recursion of commands is refused`() throws {
    var bench = try Self.bench(
      Self.command("C") { _, tx in
        try tx.dispatch("C")
        return CommandResult()
      })
    #expect(bench.run("C").problem?.contains("64 commands inside each other") == true)
    #expect(bench.world.log.count == 0)
  }

  @Test func `a command replies, and its events go to its stream`() throws {
    var bench = try Self.bench(
      Self.command("C1") { data, _ in
        CommandResult(response: ["echo": data], events: [new("C1Done")])
      })
    #expect(bench.run("C1", ["v": 1]).response == ["echo": ["v": 1]])
    #expect(bench.world.events(in: "cs").map(\.type) == ["C1Done"])
    let step = bench.run("Nope")
    #expect(step.problem == "Command not found Nope; there is C1.")
    #expect(step.entries.isEmpty)
    #expect(bench.world.log.count == 1)
  }

  @Test func `a reported error reaches the caller, and the events are kept`() throws {
    var bench = try Self.bench(
      Self.command("C") { _, _ in
        CommandResult(events: [new("D")], reportedError: ReportedError("web2"))
      })
    #expect(bench.run("C").problem == "web2")
    #expect(bench.world.events(in: "cs").map(\.type) == ["D"])
    #expect(
      bench.entries.first?.kind
        == .command(type: "C", data: .emptyObject, response: nil, .reported("web2")))
  }

  @Test
  func `a reported error of an inner command may be caught, else it fails the outer`() throws {
    let inner = Self.command("Inner") { _, tx in
      try tx.create("t", [:], id: "inner")
      return CommandResult(events: [new("D")], reportedError: ReportedError("web2"))
    }
    var bench = try Self.bench(
      inner,
      Self.command("Careful") { _, tx in
        do { try tx.dispatch("Inner") } catch { try tx.create("t", [:], id: "\(error)") }
        return CommandResult()
      },
      Self.command("Careless") { _, tx in
        try tx.create("t", [:], id: "outer")
        try tx.dispatch("Inner")
        return CommandResult()
      })
    #expect(bench.run("Careless").problem == "web2")
    #expect(bench.world.recordTypes == [])
    #expect(bench.world.log.count == 0)
    #expect(
      bench.entries.map(\.kind) == [
        .command(type: "Careless", data: .emptyObject, response: nil, .rejected("web2"))
      ])
    #expect(bench.run("Careful").problem == nil)
    #expect(try bench.world.records(of: "t").map(\.id) == ["inner", "web2"])
    #expect(bench.world.log.count == 1)
  }

  @Test func `a failing handler leaves only its error entry and a parked delivery`() throws {
    let view = EventView(
      "V", streams: ["cs"],
      on: [
        "Bad": { _, tx in
          try tx.create("t", [:])
          try tx.emit([new("Side")], to: "out")
          throw Rejection("cannot")
        },
        "Good": { _, tx in try tx.create("t", [:], id: "good") },
      ])
    var bench = try Self.bench(views: [view])
    bench.perform(.emit([new("Bad", "b1"), new("Good", "b2")], to: "cs"))
    let queued = bench.world
    bench.perform(.deliver)
    #expect(bench.world.log.count == 2)
    #expect(bench.world.recordTypes == [])
    #expect(bench.world.queue.count == queued.queue.count - 1)
    #expect(bench.world.parked.map(\.reason) == ["cannot"])
    #expect(bench.world.ids.drawn == queued.ids.drawn)
    #expect(
      bench.entries.last?.kind
        == .delivery(
          Position(1), ConsumerName(.view, "V"), instance: nil, .failed("cannot")))
    bench.settle()
    #expect(try bench.world.records(of: "t").map(\.id) == ["good"])
    #expect(bench.world.group("view-V")?.failed == 1)
  }
}
