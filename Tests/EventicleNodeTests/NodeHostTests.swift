import EventicleCore
import Foundation
import TestSupport
import Testing

@testable import EventicleNode
@testable import EventicleWorkbench

/// A domain in JavaScript in a session: commands, views, sagas, adapters, errors.
@Suite(.enabled(if: NodeUnderTest.isThere, NodeUnderTest.skipped), .serialized)
struct NodeHostTests {
  private func bench() throws -> NodeBench { try NodeBench(NodeUnderTest.path("tasks.cjs")) }

  @Test func `what the code declares is the domain`() throws {
    let bench = try bench()
    let domain = bench.session.domain
    #expect(domain.name == "tasks")
    #expect(domain.commands.map(\.type) == ["MakeTask", "StartTask", "FinishTask", "Misbehave"])
    #expect(domain.views.map(\.name) == ["board"])
    #expect(domain.sagas.map(\.name) == ["Patience"])
    #expect(domain.adapters.map(\.name) == ["Bell"])
    #expect(domain.aggregates.map(\.type) == ["Task"])
    #expect(domain.problems.isEmpty)
    #expect(!bench.session.engine.runsHandlersInPlace)
  }

  @Test func `commands, views, sagas and adapters work as in one process`() throws {
    var bench = try bench()
    let made = bench.run("MakeTask id=t-1 title=tea")
    #expect(made.problem == nil)
    #expect(made.output == ["id": "t-1"])
    #expect(bench.records("board") == [["task": "t-1", "last": "TaskMade", "events": 1]])
    #expect(bench.world.sagas.count(of: "Patience") == 1)
    bench.run("clock +59s")
    #expect(bench.world.log.count == 1)
    bench.run("clock +1s")
    #expect(bench.world.log.event(at: Position(2))?.type == "TaskStarted")
    bench.run("FinishTask id=t-1")
    #expect(bench.records("board") == [["task": "t-1", "last": "TaskDone", "events": 3]])
    #expect(bench.world.sagas.count(of: "Patience") == 0)
    #expect(bench.records("rings") == [["task": "t-1"]])
    #expect(bench.world.parkedCount == 0)
    #expect(bench.problems.isEmpty)
  }

  @Test func `a refusal is the sentence of the code and a mistake says where it is`() throws {
    var bench = try bench()
    #expect(bench.run("MakeTask id=t-1").problem?.message == "A task needs a title.")
    let mistake = bench.run("MakeTask id=t-1 title=tea fail:=true").problem?.message
    #expect(mistake == "Cannot read properties of undefined (reading 'here')")
    let line = try #require(bench.lines.last { $0.level == .error })
    #expect(line.place?.hasPrefix("tasks.cjs:") == true)
    #expect(line.frames.first?.contains("tasks.cjs:") == true)
    #expect(line.handler == HandlerID(.command, "MakeTask"))
    let outcomes = bench.session.entries.compactMap { entry -> String? in
      if case .command(_, _, _, let outcome) = entry.kind { "\(outcome)" } else { nil }
    }
    #expect(outcomes.count == 2)
    #expect(outcomes[0].hasPrefix("rejected") && outcomes[1].hasPrefix("failed"), "\(outcomes)")
    #expect(bench.world.log.count == 0)
  }

  @Test func `states of aggregates are folded by the code's own class, and once`() throws {
    var bench = try bench()
    for line in ["MakeTask id=t-1 title=tea", "StartTask id=t-1", "FinishTask id=t-1"] {
      #expect(bench.run(line).problem == nil)
    }
    let root = try #require(bench.session.domain.aggregate("Task"))
    let key = AggregateKey("Task", "t-1")
    let states = try root.states(
      of: key, at: [Version(1), Version(2), Version(3)], in: bench.world, opening: { $0 })
    #expect(states.map { $0["status"] } == ["made", "started", "done"])
    #expect(states.allSatisfy { $0["title"] == "tea" })
  }

  @Test func `the same inputs give the same steps, byte for byte`() throws {
    var (left, right) = (try bench(), try bench())
    for line in [
      "MakeTask id=t-1 title=tea", "MakeTask id=t-2", "StartTask id=t-1", "clock +2m",
      "MakeTask id=t-3 title=rice", "FinishTask id=t-1", "clock +2m",
    ] {
      left.run(line)
      right.run(line)
    }
    #expect(left.session.timeline.count == right.session.timeline.count)
    for (one, other) in zip(left.session.entries, right.session.entries) {
      #expect("\(one)" == "\(other)")
    }
    for number in 1...left.world.log.count {
      #expect(
        left.world.log.event(at: Position(number)) == right.world.log.event(at: Position(number)))
    }
  }

  @Test func `what is done again comes out the same, and adapters are left alone`() throws {
    var bench = try bench()
    for line in ["MakeTask id=t-1 title=tea", "clock +2m", "FinishTask id=t-1"] { bench.run(line) }
    let pid = bench.host.current?.process.pid
    let reply = bench.run("verify")
    #expect(reply.problem == nil)
    let output = try #require(reply.output)
    #expect(output["differences"] == [])
    let adapters = bench.session.entries.count {
      if case .delivery(_, let name, _, _) = $0.kind { name.kind == .adapter } else { false }
    }
    #expect(adapters == 3)
    #expect(output["skipped"].integer == adapters)
    #expect(bench.host.current?.process.pid == pid)
  }

  @Test func `a fork runs in a child of its own, which is silent`() throws {
    var bench = try bench()
    bench.run("MakeTask id=t-1 title=tea")
    let main = bench.host.current?.process.pid
    bench.run("fork other")
    #expect(bench.run("MakeTask id=t-2 title=milk").problem == nil)
    let forked = bench.host.forks.children.map(\.child.process.pid)
    #expect(forked.count == 1 && forked.first != main)
    #expect(bench.world.log.count == 2)
    bench.run("switch main")
    #expect(bench.world.log.count == 1)
    #expect(bench.run("MakeTask id=t-3 title=rice").problem == nil)
    #expect(bench.host.current?.process.pid == main)
  }

  @Test func `a domain that is named wrongly is an error in words`() throws {
    #expect {
      _ = try NodeHost("/nowhere/domain.js", NodeUnderTest.options)
    } throws: { "\($0)".hasPrefix("There is no /nowhere/domain.js; --domain takes") }
    var options = NodeUnderTest.options
    options.program = "/nowhere/node"
    let host = try NodeHost(NodeUnderTest.path("tasks.cjs"), options)
    #expect {
      _ = try host.open()
    } throws: { "\($0)".contains("there is none in --node /nowhere/node") }
    #expect(NodeHost.isDomain("./domain.ts") && NodeHost.isDomain("examples/javascript"))
    #expect(!NodeHost.isDomain("shop"))
  }

  @Test(arguments: [
    ("18.18.2", false), ("18.19.0", true), ("20.5.1", false), ("20.6.0", true), ("22.1.0", true),
    ("v24.0.0", true), ("", false),
  ])
  func `only a node that is new enough is used`(version: String, isEnough: Bool) {
    #expect(NodeHost.isNewEnough(version) == isEnough)
  }

  @Test func `every file that node loads is in the program`() {
    let folder = "\(Repository.root)/Sources/EventicleNode/Resources"
    let names = ["child", "library"].flatMap { part in
      ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(part)")) ?? [])
        .map { "\(part)/\($0)" }
    }
    #expect(!names.isEmpty)
    #expect(NodeShim.files.map(\.name).sorted() == names.sorted())
    for (name, content) in NodeShim.files {
      #expect(
        FileManager.default.contents(atPath: "\(folder)/\(name)").map { [UInt8]($0) } == content)
    }
  }
}
