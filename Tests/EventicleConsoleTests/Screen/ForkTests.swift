import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// The console while a fork is in use, and lines that it tries.
@Suite struct ForkTests {
  private let order = "do PlaceOrder customer=c-19 total:=59"

  @Test func `the header names the fork in place of what keeps main`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 24).type(order).type("clock +2s")
    #expect(pilot.lines[0].contains("LIVE"))
    pilot.fork("late-pay", after: Position(3))
    #expect(pilot.lines[0].hasPrefix(" shop   late-pay    LIVE "))
    try pilot.type("hold")
    #expect(pilot.lines[0].hasPrefix(" shop   late-pay    HELD "))
    try pilot.type("goto #1")
    #expect(pilot.lines[0].hasPrefix(" shop   late-pay    PAST "))
    pilot.use("main")
    #expect(pilot.lines[0].hasPrefix(" shop memory   LIVE "))
  }

  @Test func `another branch shows its own record and clock, in the same session`() throws {
    let pilot = try ConsolePilot().type(order).type("clock +1h").type("do Nonsense")
    try pilot.press("<Esc>")
    let count = pilot.model.moment.timeline.count
    let number = pilot.workbench.sessionNumber
    pilot.fork("late-pay", after: Position(1))
    #expect(pilot.model.moment.timeline.count < count)
    #expect(pilot.model.tail.count <= pilot.model.moment.timeline.count)
    #expect(pilot.workbench.sessionNumber == number + 1)
    pilot.use("main")
    #expect(pilot.model.moment.timeline.count == count && pilot.model.fork == nil)
  }

  @Test func `a line is tried while it is typed, and the session stays as it is`() throws {
    let pilot = try ConsolePilot().type(order)
    let (head, lines) = (pilot.model.moment.timeline.last, pilot.model.unsavedLines)
    try pilot.press(":do CapturePayment paymentId=pay-1")
    let preview = pilot.model.bar?.preview.map(\.text).joined() ?? ""
    #expect(preview.hasPrefix("+#4 PaymentSucceeded pay-1") && preview.contains("Mailer would be"))
    #expect(pilot.model.moment.timeline.last == head && pilot.model.unsavedLines == lines)
    #expect(pilot.workbench.session.timeline.last == head)
    try pilot.press("<Enter>")
    #expect(pilot.model.moment.timeline.last > head && pilot.model.bar == nil)
  }

  @Test func `only the newest line waits for its trial, and a key waits for none`() throws {
    let pilot = try WorkPilot()
    try pilot.type("emit notes Noted --count 3")
    let trials = pilot.port.trials
    try pilot.press(":emit notes A")
    try pilot.press("b")
    #expect(pilot.model.bar?.text == "emit notes Ab" && pilot.port.begun.count == 1)
    #expect(pilot.model.bar?.preview == [])
    pilot.finish()
    #expect(pilot.port.running == nil && pilot.port.trials == trials + 1)
    #expect(pilot.model.bar?.preview.first?.text == "+#4 Ab")
  }

  @Test func `a fork is saved in a file of its own, and main keeps its file`() throws {
    let folder = try TemporaryFolder()
    var files = SessionFiles()
    var session = try Session(.shop)
    _ = session.run(order)
    let main = folder.path + "/main.tape"
    _ = try files.save(session, to: main, force: false)
    session.markSaved(lines: 1)
    try session.fork("f", at: session.cursor)
    try session.switchTo("f")
    _ = session.run("clock +1d")
    #expect(throws: SessionFiles.SaveError.self) { try files.save(session, to: nil, force: false) }
    #expect(throws: SessionFiles.SaveError.occupied(main, isOurs: true)) {
      try files.save(session, to: main, force: false)
    }
    #expect(try files.save(session, to: folder.path + "/f.tape", force: false).lines == 2)
    #expect(files.current == main && session.unsavedLines == 1)
    session.markSaved(lines: 2)
    #expect(session.unsavedLines == 0)
    try session.fork("inside", at: TimeCursor(entry: JournalIndex(1)))
    try session.switchTo("inside")
    #expect(throws: SessionFiles.SaveError.self) {
      try files.save(session, to: folder.path + "/i.tape", force: false)
    }
    #expect(try files.save(session, to: folder.path + "/i.ndjson", force: false).lines == 0)
  }
}
