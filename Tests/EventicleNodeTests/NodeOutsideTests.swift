import EventicleCore
import Foundation
import TestSupport
import Testing

@testable import EventicleNode
@testable import EventicleWorkbench

/// What code asks for outside of any handler, and loading it again.
@Suite(.enabled(if: NodeUnderTest.isThere, NodeUnderTest.skipped), .serialized)
struct NodeOutsideTests {
  @Test func `calls at the top of a module are inputs, done before they are answered`() throws {
    var bench = try NodeBench(NodeUnderTest.path("outside.mjs"))
    #expect(bench.hear { bench in bench.lines.contains { $0.text.hasPrefix("refused") } })
    let said = bench.lines.map(\.text)
    #expect(said.contains("after the first: first"))
    #expect(said.contains(#"answered: {"seen":1}"#))
    #expect(said.contains("found: 1"))
    #expect(said.contains("refused: Command not found Nothing"))
    #expect(bench.world.log.count == 2)
    #expect(bench.records("marks") == [["place": "top"]])
    #expect(bench.session.domain.adapters.map(\.name) == ["Late"])
    bench.run("Note text=third")
    #expect(bench.lines.contains { $0.text == "adapter saw third" })
    #expect(!bench.lines.contains { $0.text == "adapter saw first" })
  }

  @Test func `what comes after its handler has ended is an input of its own`() throws {
    var bench = try NodeBench(NodeUnderTest.path("outside.mjs"))
    bench.run("Note text=late")
    #expect(bench.hear { bench in bench.lines.contains { $0.text == "late note is in the log" } })
    let count = bench.world.log.count
    #expect(bench.world.log.event(at: Position(count))?.domainID == "late")
    #expect(bench.lines.contains { $0.level == .warning && $0.text.contains("had ended") })
    #expect(bench.run("verify").output?["differences"] == [])
  }

  // MARK: - Loading again

  /// A copy of a domain of the tests that may be edited.
  private func copy(_ name: String) throws -> (folder: TemporaryFolder, text: String) {
    let folder = try TemporaryFolder()
    let text = try #require(Repository.text(at: "Tests/EventicleNodeTests/Domains/\(name)"))
    try folder.write(text, to: name)
    return (folder, text)
  }

  @Test func `a saved file is loaded again, and all that happened stays`() throws {
    let (folder, text) = try copy("tasks.cjs")
    var bench = try NodeBench(folder.file("tasks.cjs")) { $0.watchesFiles = true }
    bench.run("MakeTask id=t-1 title=tea")
    let old = try #require(bench.host.current?.process.pid)
    let changed = text.replacingOccurrences(of: #"type: "FinishTask""#, with: #"type: "EndTask""#)
      .replacingOccurrences(of: #"status = "made""#, with: #"status = "fresh""#)
    try folder.write(changed, to: "tasks.cjs")
    #expect(bench.hear { !$0.reports.isEmpty })
    #expect(
      bench.reports.last?.sentences == [
        "The command EndTask is new.", "The command FinishTask is gone.",
      ])
    #expect(NodeOrphans.areGone([old]))
    #expect(bench.world.log.count == 1 && bench.world.sagas.count(of: "Patience") == 1)
    #expect(bench.lines.contains { $0.text == "Loaded again: 1 file has changed (tasks.cjs)." })
    // The state is folded by the new class.
    let refused = bench.run("StartTask id=t-1").problem?.message
    #expect(refused == "t-1 is fresh.")
    #expect(bench.run("EndTask id=t-1").problem == nil)
    #expect(bench.world.sagas.count(of: "Patience") == 0)
  }

  @Test func `code that cannot be loaded leaves the old one running`() throws {
    let (folder, text) = try copy("tasks.cjs")
    var bench = try NodeBench(folder.file("tasks.cjs")) { $0.watchesFiles = true }
    let old = bench.host.current?.process.pid
    try folder.write(text + "\nconst x = ;\n", to: "tasks.cjs")
    #expect(bench.hear { bench in bench.lines.contains { $0.level == .error } })
    let line = try #require(bench.lines.last { $0.level == .error })
    #expect(
      line.text.contains("SyntaxError: Unexpected token ';' – still running what was loaded at"))
    #expect(line.text.contains("const x = ;"))
    #expect(bench.host.current?.process.pid == old)
    #expect(bench.run("MakeTask id=t-1 title=tea").problem == nil)
    try folder.write(text + "\n// corrected\n", to: "tasks.cjs")
    #expect(bench.hear { !$0.reports.isEmpty })
    #expect(bench.run("StartTask id=t-1").problem == nil)
  }

  @Test func `a view in the memory of node reads history again after a reload`() throws {
    let (folder, text) = try copy("outside.mjs")
    var bench = try NodeBench(folder.file("outside.mjs")) { $0.watchesFiles = true }
    #expect(bench.hear { bench in bench.lines.contains { $0.text.hasPrefix("refused") } })
    #expect(bench.run("Note text=third").output == ["seen": 2])
    try folder.write(text + "\n// again\n", to: "outside.mjs")
    #expect(bench.hear { bench in bench.lines.count { $0.text.hasPrefix("refused") } == 2 })
    // Three events were there, and the top of the module made two more.
    #expect(bench.run("Note text=fourth").output == ["seen": 5])
  }

  // MARK: - A monkey

  @Test func `a child that is killed thirty times loses nothing and leaves nobody`() throws {
    var bench = try NodeBench(NodeUnderTest.path("tasks.cjs"))
    var random = SeededRandom(seed: 11)
    var pids: [pid_t] = []
    for round in 1...30 {
      let pid = try #require(bench.host.current?.process.pid)
      pids.append(pid)
      let lines = ["MakeTask id=t-\(round) title=tea", "FinishTask id=t-\(round)", "clock +10s"]
      // Some die between two lines, some in the middle of one.
      if random.next() % 2 == 0 {
        kill(pid, SIGKILL)
      } else {
        let delay = Int(random.next() % 4)
        NodeAlarm.after(milliseconds: delay) { kill(pid, SIGKILL) }
      }
      for line in lines { bench.run(line) }
      guard bench.host.trouble != nil else { continue }
      bench.host.reload()
      #expect(bench.hear { $0.host.trouble == nil })
      bench.run("release")
    }
    #expect(bench.run("MakeTask id=last title=tea").problem == nil)
    #expect(bench.records("board").contains { $0["task"] == "last" })
    let parked = bench.world.parkedCount
    for number in bench.world.parked.map(\.number) { bench.run("redrive \(number)") }
    #expect(bench.world.parkedCount == 0, "\(parked) were parked")
    // Every event of every task is in its row, once.
    let rows = bench.records("board")
    #expect(rows.reduce(0) { $0 + ($1["events"].integer ?? 0) } == bench.world.log.count)
    bench.host.close()
    #expect(NodeOrphans.areGone(pids))
  }

  @Test func `ending the program in any way ends node`() throws {
    let path = NodeUnderTest.path("tasks.cjs")
    let folder = try TemporaryFolder()
    try folder.write("Misbehave how=loop mark=\(folder.file("mark"))\n", to: "loop.tape")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try ProgramUnderTest.path())
    process.arguments = [
      "run", folder.file("loop.tape"), "--domain", path, "--handler-deadline", "0",
      "--node-arg", "--title=\(folder.path)",
    ]
    process.environment = NodeUnderTest.environment
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    // In its loop, node does not hear that nobody is there any more.
    let watch = Stopwatch()
    while folder.text("mark") == nil, watch.milliseconds < 30_000 { _ = poll(nil, 0, 20) }
    let children = NodeOrphans.children(running: folder.path).filter {
      $0 != process.processIdentifier
    }
    #expect(children.count == 1)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(NodeOrphans.areGone(children))
  }
}
