import EventicleCore
import Foundation
import TestSupport
import Testing

@testable import EventicleNode
@testable import EventicleWorkbench

/// What the library offers besides commands, views and sagas.
@Suite(.enabled(if: NodeUnderTest.isThere, NodeUnderTest.skipped), .serialized)
struct NodeLibraryTests {
  private func bench() throws -> NodeBench { try NodeBench(NodeUnderTest.path("wide.cjs")) }

  @Test func `the source of events is the one that the code names`() throws {
    var bench = try bench()
    bench.run("MakeNote id=n-1")
    #expect(bench.session.domain.name == "wide")
    #expect(bench.world.log.event(at: Position(1))?.source == "wide-service")
  }

  @Test func `jobs are commands that fall due by the engine's clock`() throws {
    var bench = try bench()
    #expect(bench.run("Schedule id=7 seconds:=30").output == true)
    #expect(bench.run("Schedule id=8 seconds:=30").output == true)
    #expect(bench.run("Unschedule id=8").output == false)
    bench.run("clock +29s")
    #expect(bench.records("jobs").isEmpty)
    bench.run("clock +2s")
    #expect(bench.records("jobs") == [["name": "invoice", "job": "7", "data": ["for": "7"]]])
  }

  @Test func `aggregates are found by their checkpoints`() throws {
    var bench = try bench()
    for (id, size) in [("a", 1), ("b", 5), ("c", 3), ("d", 4)] {
      bench.run("MakeNote id=\(id) size:=\(size)")
    }
    #expect(bench.run("Find least:=3").output == ["total": 3, "ids": ["b", "d"]])
  }

  @Test func `a lock that a lease holds is the engine's own error`() throws {
    var bench = try bench()
    #expect(bench.run("Locked").output == true)
    let lease = DirectCommand("lease", stream: "x") { transaction in
      try transaction.acquire("door", holder: "somebody", for: .seconds(60))
      return CommandResult()
    }
    _ = bench.session.perform(.direct(lease))
    let problem = bench.run("Locked").problem?.message
    #expect(problem?.contains("door") == true && problem?.contains("somebody") == true)
  }

  @Test func `a transaction of its own stays when the one around it fails`() throws {
    var bench = try bench()
    #expect(bench.run("Outer").problem?.message == "the outer one fails")
    #expect(bench.records("kept") == [["by": "inner"]])
    #expect(bench.records("lost").isEmpty)
  }

  @Test func `commands dispatch commands, also several at once, and may catch what they throw`()
    throws
  {
    var bench = try bench()
    #expect(
      bench.run("Nested").output == ["n-1", "n-2", "the outer one fails", "n-3", "n-4"])
    #expect(bench.world.log.count == 4)
  }

  @Test func `an error that is reported leaves the events`() throws {
    var bench = try bench()
    let reply = bench.run("Reported")
    #expect(reply.problem?.message == "it is not quite right")
    #expect(bench.world.log.event(at: Position(1))?.type == "Reported")
  }

  @Test func `history is read in order, and records in pages`() throws {
    var bench = try bench()
    for id in ["a", "b", "c"] { bench.run("MakeNote id=\(id)") }
    #expect(bench.run("History").output == ["a", "b", "c"])
    #expect(bench.run("Pages").output == ["total": 3, "ns": [3, 2], "dotted": 1])
  }

  @Test func `time stands and chance is seeded`() throws {
    var (left, right) = (try bench(), try bench())
    let (first, other) = (left.run("Chance").output, right.run("Chance").output)
    #expect(first == other && first != nil)
    #expect(first?["now"] == .int(Int(left.world.clock.milliseconds)))
    #expect(left.run("Chance").output?["random"] != first?["random"])
  }

  @Test func `a command of a tenant is given the workspace and works in it`() throws {
    var bench = try bench()
    let intent = CommandIntent("Tenants", ["x": 1], workspace: Workspace("acme"))
    let step = bench.session.perform(.dispatch(intent))
    #expect(step.problem == nil)
    #expect(step.response == ["workspaceId": "acme", "data": ["x": 1]])
    #expect(bench.world.log.event(at: Position(1))?.workspace == Workspace("acme"))
  }

  @Test func `TypeScript runs where node can, and else the ways are told`() throws {
    let host = try NodeHost(NodeUnderTest.path("typed.ts"), NodeUnderTest.options)
    do {
      let domain = try host.open()
      #expect(domain.commands.map(\.type) == ["Typed"])
    } catch {
      #expect("\(error)".contains("is TypeScript, which node"))
      #expect("\(error)".contains("install tsx in the project"))
    }
  }
}
