import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// What the log of the session notes, and what it does not.
@Suite struct SessionLogTests {
  private func texts(_ pilot: ConsolePilot) -> [String] { pilot.model.log.lines.map(\.text) }

  @Test func `what a line did and why one was refused are noted, with the line and its moment`()
    throws
  {
    let pilot = try ConsolePilot().run("do PlaceOrder customer=c-19 total:=59").run("clock +2s")
    pilot.run("do PlaceOrder customer=c-1 total:=0")
    pilot.run("do PlaceOrdr")
    let lines = pilot.model.log.lines
    #expect(lines.map(\.kind) == [.information, .information, .problem, .problem])
    #expect(lines[2].text.contains("An order's total must be more than 0"))
    #expect(lines[2].line == "do PlaceOrder customer=c-1 total:=0" && lines[2].entry != nil)
    #expect(lines[3].entry == nil)
    #expect(CivilTime(lines[2].instant).clockText == "09:00:02")
  }

  @Test func `moves in time, looks and keys that do nothing are not noted`() throws {
    let pilot = try ConsolePilot().run("do PlaceOrder customer=c-19 total:=59")
    let before = pilot.model.log.lines
    for line in ["goto #1", "live", "groups", "timers", "step", "back"] { pilot.run(line) }
    try pilot.press("P <Esc> , . <Enter>")
    #expect(pilot.model.log.lines == before)
  }

  @Test func `a failure that nobody asked for is noted with its moment, and Enter goes there`()
    throws
  {
    let pilot = try ConsolePilot(columns: 120, rows: 40)
      .run("do PlaceOrder customer=c-19 total:=59").run("do CancelOrder orderId=order-1 reason=x")
      .run("do CapturePayment paymentId=pay-1").run("clock +1h")
    let failures = pilot.model.log.lines.filter { $0.kind == .problem }
    #expect(failures.count == 1 && failures[0].text.hasPrefix("S PaymentSaga on #5: "))
    let entry = try #require(failures[0].entry)
    try pilot.press("9 ] ] k k <Enter>")
    #expect(pilot.model.moment.cursor == pilot.model.moment.timeline.moment(of: entry))
  }

  @Test func `the failures of another branch are no news, and the log goes on`() throws {
    let pilot = try ConsolePilot().run("do PlaceOrder customer=c-19 total:=59")
    pilot.run("do PlaceOrder customer=c-1 total:=0")
    pilot.run("fork a").run("switch main")
    let lines = pilot.model.log.lines
    #expect(lines.count { $0.kind == .problem } == 1)
    #expect(lines.suffix(2).map(\.line) == ["fork a", "switch main"])
  }

  @Test func `values of secrets are not in it`() throws {
    let pilot = try ConsolePilot().run("emit users UserAdded u-1 password=hunter2")
    #expect(pilot.model.log.lines.last?.line == "emit users UserAdded u-1 password=•••")
    #expect(!texts(pilot).joined().contains("hunter2"))
  }

  @Test func `it keeps the newest lines and says how many there were`() {
    var log = SessionLog()
    for number in 1...(SessionLog.most + 7) {
      log.note("line \(number)", .warning, at: Instant(milliseconds: 0))
    }
    log.note("line \(SessionLog.most + 7)", .warning, at: Instant(milliseconds: 0))
    log.note("", .problem, at: Instant(milliseconds: 0))
    #expect(log.lines.count == SessionLog.most && log.dropped == 7 && log.problems == 0)
    #expect(log.lines.last?.text == "line \(SessionLog.most + 7)")
    #expect(log.lines.first?.text == "line 8")
  }

  @Test func `of many failures at once the last are noted, and the number of the rest`() {
    var log = SessionLog()
    #expect(log.takeFailures(5, of: nil, most: 20).shown.isEmpty)
    let (shown, hidden) = log.takeFailures(40, of: nil, most: 20)
    #expect(shown == 20..<40 && hidden == 15)
    #expect(log.takeFailures(60, of: "fork", most: 20).shown.isEmpty)
  }
}
