import EventicleCore
import Foundation
import TestSupport
import Testing

@testable import EventicleNode
@testable import EventicleWorkbench

/// Each way in which the team's code may fail: the work is undone, and the next one is done.
@Suite(.enabled(if: NodeUnderTest.isThere, NodeUnderTest.skipped), .serialized)
struct NodeFailureTests {
  private func bench(
    deadline: Interval = .seconds(1), memory: Int = 1 << 30
  ) throws -> NodeBench {
    var bench = try NodeBench(NodeUnderTest.path("tasks.cjs")) { options in
      options.setDeadline(deadline)
      options.memory = memory
    }
    // Loading again after a failure is no handler, and has a deadline of its own.
    #expect(bench.run("MakeTask id=t-0 title=first").problem == nil)
    return bench
  }

  /// The problem of a command that misbehaves; the next one works, and no child is left.
  private func problem(
    _ how: String, _ bench: inout NodeBench, dies: Bool = true
  ) throws -> String {
    let before = try #require(bench.host.current?.process.pid)
    let events = bench.world.log.count
    let problem = bench.run("Misbehave how=\(how)").problem?.message ?? "nothing"
    #expect(bench.world.log.count == events)
    #expect(bench.records("left").isEmpty)
    #expect(bench.run("MakeTask id=t-\(how) title=next").problem == nil)
    #expect(bench.world.log.count == events + 1)
    let after = try #require(bench.host.current?.process.pid)
    #expect((before != after) == dies)
    if dies { #expect(NodeOrphans.areGone([before])) }
    return problem
  }

  @Test func `an endless loop is ended at its deadline`() throws {
    var bench = try bench()
    let problem = try problem("loop", &bench)
    #expect(problem.hasPrefix("command Misbehave did not answer for 1s (tasks.cjs:"))
    #expect(problem.contains("node was restarted"))
  }

  @Test func `a promise that never settles is told from a loop`() throws {
    var bench = try bench()
    let problem = try problem("wait", &bench)
    #expect(problem.hasPrefix("command Misbehave is still waiting after 1s"))
    #expect(problem.contains("does it await something that never happens?"))
  }

  @Test func `a full heap is told as such`() throws {
    var bench = try bench(deadline: .seconds(60), memory: 256 << 20)
    #expect(
      try problem("heap", &bench).hasPrefix(
        "node ran out of memory (256 MB) during command Misbehave"))
  }

  @Test func `memory outside the heap is limited, too`() throws {
    var bench = try bench(deadline: .seconds(60), memory: 256 << 20)
    #expect(
      try problem("buffers", &bench).hasPrefix(
        "node ran out of memory (256 MB) during command Misbehave"))
  }

  @Test func `process.exit is an error of the handler, and node stays`() throws {
    var bench = try bench(deadline: .seconds(20))
    #expect(try problem("exit", &bench, dies: false).contains("process.exit(3) ignored"))
    #expect(bench.lines.contains { $0.text.contains("process.exit(3) ignored") })
  }

  @Test func `a crash undoes what the handler had written`() throws {
    var bench = try bench(deadline: .seconds(20))
    let problem = try problem("write", &bench)
    #expect(problem.hasPrefix("node ended during command Misbehave: it aborted"))
    #expect(problem.contains("tasks.cjs:"))
  }

  @Test func `a signal from outside is told by its name`() throws {
    var bench = try bench(deadline: .seconds(20))
    #expect(
      try problem("term", &bench).hasPrefix(
        "node ended during command Misbehave: signal 15 (Terminated) ended it"))
  }

  @Test func `an exception has the place in the log`() throws {
    var bench = try bench(deadline: .seconds(20))
    #expect(
      try problem("type", &bench, dies: false)
        == "Cannot read properties of null (reading 'nothing')")
    let line = try #require(bench.lines.last { $0.level == .error })
    #expect(line.place?.hasPrefix("tasks.cjs:") == true)
  }

  @Test(arguments: ["later", "reject"])
  func `what nobody catches is told, and node stays`(how: String) throws {
    var bench = try bench(deadline: .seconds(20))
    #expect(try problem(how, &bench, dies: false) == "nothing")
    let words = how == "later" ? "thrown later" : "nobody catches this"
    #expect(bench.lines.contains { $0.level == .error && $0.text.contains(words) })
  }

  @Test func `a child that dies while nothing is done is started when it is needed`() throws {
    var bench = try bench(deadline: .seconds(20))
    let pid = try #require(bench.host.current?.process.pid)
    kill(pid, SIGKILL)
    #expect(bench.hear { bench in bench.lines.contains { $0.text.contains("signal 9") } })
    #expect(bench.run("StartTask id=t-0").problem == nil)
    #expect(bench.host.current?.process.pid != pid)
    #expect(NodeOrphans.areGone([pid]))
  }

  @Test func `a delivery whose handler fails is parked, and the next ones go on`() throws {
    var bench = try NodeBench(NodeUnderTest.path("failing.cjs"))
    bench.run("emit things Good g-1")
    bench.run("emit things Bad b-1")
    bench.run("emit things Good g-2")
    #expect(bench.records("seen") == [["thing": "g-1"], ["thing": "g-2"]])
    #expect(bench.world.parked.map(\.reason) == ["b-1 is bad"])
    // An adapter and a saga with an error handler of their own have dealt with it.
    let said = bench.lines.map(\.text)
    #expect(said.contains("adapter heard of b-1: adapter does not like b-1"))
    #expect(said.contains("saga heard of b-1: saga does not like b-1"))
  }

  @Test func `after three deaths in a row deliveries are held instead of parked`() throws {
    var bench = try NodeBench(NodeUnderTest.path("failing.cjs"))
    for number in 1...5 { bench.run("emit deadly Deadly d-\(number)") }
    #expect(bench.session.isHeld)
    #expect(bench.world.parkedCount == 3)
    #expect(bench.host.trouble?.hasPrefix("node keeps failing:") == true)
    #expect(bench.run("Anything").problem?.message.hasPrefix("node keeps failing:") == true)
    bench.host.reload()
    #expect(bench.hear { $0.host.trouble == nil })
    #expect(bench.run("Anything").problem == nil)
  }

  @Test(arguments: [
    ("syntax.cjs", "syntax.cjs:3", "SyntaxError: Unexpected token ';'"),
    ("missing.cjs", "missing.cjs:1", "Cannot find module './nothing-here'"),
    ("throwing.mjs", "throwing.mjs:2", "thrown while loading"),
  ])
  func `code that cannot be loaded is an error with its place`(
    file: String, place: String, words: String
  ) throws {
    let host = try NodeHost(NodeUnderTest.path(file), NodeUnderTest.options)
    #expect {
      _ = try host.open()
    } throws: { error in
      let text = "\(error)"
      return text.contains(words) && text.contains(place)
    }
    #expect(host.current?.process.isAlive != true)
  }

  @Test func `loading that does not end is ended`() throws {
    var options = NodeUnderTest.options
    options.loadDeadline = .milliseconds(700)
    let host = try NodeHost(NodeUnderTest.path("endless.cjs"), options)
    #expect {
      _ = try host.open()
    } throws: { "\($0)".contains("did not answer for 700ms") }
    #expect(host.current?.process.isAlive != true)
  }
}
