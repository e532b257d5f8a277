import EventicleCore
import EventicleWorkbench
import Testing

@testable import EventicleConsole

/// What a person sees and can do while a line takes long.
@Suite struct LongWorkTests {
  @Test func `help opens while a line runs, and the line is still told`() throws {
    let pilot = try WorkPilot()
    try pilot.type("emit orders Noted --count 1000000")
    #expect(pilot.row.contains("emit orders Noted --count 1000000 runs · ^C ends it"))
    try pilot.press("?")
    guard case .help = pilot.model.overlay else {
      Issue.record("no help")
      return
    }
  }

  @Test func `progress shows counts, the time left, the lines that wait and the way to end it`()
    throws
  {
    let pilot = try WorkPilot()
    try pilot.type("emit orders Noted --count 1000000")
    try pilot.type("hold")
    pilot.port.say(
      .progress(
        WorkProgress("repeating", done: 250_000, of: 1_000_000), elapsed: .seconds(5)))
    pilot.workbench.collect()
    #expect(
      pilot.row.contains(
        "repeating · 250,000 of 1,000,000 · 16 s left · 1 line waits · ^C ends it"), "\(pilot.row)")
  }

  @Test func `lines typed meanwhile wait and run in the order in which they were typed`() throws {
    let pilot = try WorkPilot()
    try pilot.type("emit orders First")
    try pilot.type("emit orders Second")
    try pilot.press("<Space>")
    #expect(pilot.port.begun == ["emit orders First"])
    #expect(pilot.row.contains("2 lines wait"))
    for _ in 0..<3 { pilot.finish() }
    #expect(pilot.port.begun == ["emit orders First", "emit orders Second", "hold"])
    #expect(pilot.port.session.head.log.event(at: Position(1))?.type == "First")
    #expect(pilot.port.session.head.log.event(at: Position(2))?.type == "Second")
    #expect(pilot.model.isHeld)
    #expect(!pilot.model.work.isRunning)
  }

  @Test func `what a line asks for comes before the lines typed after it`() throws {
    let pilot = try WorkPilot()
    try pilot.type("import /nonexistent.ndjson")
    try pilot.type("emit orders After")
    pilot.finish()
    #expect(
      pilot.port.begun == ["import /nonexistent.ndjson", "import /nonexistent.ndjson"])
    pilot.finish()
    #expect(pilot.port.begun.last == "emit orders After")
  }

  @Test func `Ctrl-C ends the work, drops the lines that wait and does not leave`() throws {
    let pilot = try WorkPilot()
    try pilot.type("emit orders First")
    try pilot.type("emit orders Second")
    try pilot.press("<C-c>")
    #expect(pilot.port.endings == 1)
    #expect(pilot.row.contains("the line that waited is dropped"), "\(pilot.row)")
    #expect(!pilot.model.isQuitting)
    pilot.finish()
    #expect(pilot.port.begun == ["emit orders First"])
    #expect(!pilot.workbench.isOver)
    try pilot.press("<C-c>")
    #expect(pilot.model.isQuitting)
  }

  @Test func `Ctrl-C ends the work from the help as well`() throws {
    let pilot = try WorkPilot()
    try pilot.type("emit orders First")
    try pilot.press("? <C-c>")
    #expect(pilot.port.endings == 1)
  }

  @Test func `q ends the work and leaves`() throws {
    let pilot = try WorkPilot()
    try pilot.type("emit orders First")
    try pilot.press("q")
    #expect(pilot.port.endings == 1)
    #expect(pilot.workbench.isOver)
  }

  @Test func `a refused line comes back into its prompt`() throws {
    let pilot = try WorkPilot()
    try pilot.type("do Nothing")
    #expect(pilot.model.bar == nil)
    pilot.finish()
    #expect(pilot.model.bar?.text == "do Nothing")
    #expect(pilot.model.bar?.problem != nil)
  }

  @Test func `a refusal never takes the keys of a person who has gone on`() throws {
    let pilot = try WorkPilot()
    try pilot.type("do Nothing")
    try pilot.press("1")
    pilot.finish()
    #expect(pilot.model.bar == nil)
    #expect(pilot.model.message?.kind == .problem)
  }

  @Test func `the selection moves and panes change while a line runs`() throws {
    let pilot = try WorkPilot(after: ["emit orders A", "emit orders B", "emit orders C"])
    try pilot.type("emit orders D")
    let before = pilot.model.tail.list.selected
    try pilot.press("k k 2")
    #expect(pilot.model.tail.list.selected == before - 2)
    #expect(pilot.model.focus == .event)
  }

  @Test func `a row whose moment is dropped by Ctrl-C is not waited for`() throws {
    let pilot = try WorkPilot(after: ["emit orders A", "emit orders B"])
    try pilot.type("emit orders C")
    try pilot.press("k")
    #expect(pilot.model.seeking != nil)
    try pilot.press("<C-c>")
    #expect(pilot.model.seeking == nil)
  }

  @Test func `the header's clock goes on while a line runs, and the engine's follows`() throws {
    let pilot = try WorkPilot()
    try pilot.type("emit orders A")
    let later = pilot.port.session.start + .seconds(5)
    pilot.workbench.pass(until: later)
    #expect(pilot.model.now == later)
    pilot.finish()
    try pilot.type("emit orders B")
    pilot.finish()
    let event = pilot.port.session.head.log.event(at: Position(2))
    #expect(event?.createdAt == later)
  }

  @Test func `saving and leaving leaves after the file is written, and stays when it is not`()
    throws
  {
    let pilot = try WorkPilot(after: ["emit orders A"])
    try pilot.type("wq /nonexistent/folder/a.tape")
    pilot.finish()
    #expect(!pilot.workbench.isOver)
    pilot.finish()
    #expect(!pilot.workbench.isOver)
    #expect(pilot.model.message?.kind == .problem)
  }
}
