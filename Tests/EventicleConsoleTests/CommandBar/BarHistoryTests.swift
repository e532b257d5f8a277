import EventicleCore
import EventicleWorkbench
import Testing

@testable import EventicleConsole

@Suite struct BarHistoryTests {
  @Test func `repeated lines are kept once and blank lines never`() {
    var history = BarHistory()
    #expect(history.remember("step", .command) == "step")
    #expect(history.remember("step", .command) == nil)
    #expect(history.remember("  ", .command) == nil)
    #expect(history.remember("back", .command) == "back")
    #expect(history.remember("step", .command) == "step")
    #expect(history.lines(of: .command) == ["step", "back", "step"])
    #expect(history.lines(of: .search).isEmpty)
  }

  @Test func `the oldest lines are dropped when there are too many`() {
    var history = BarHistory()
    for number in 0..<1_010 { _ = history.remember("step \(number)", .command) }
    #expect(history.lines(of: .command).count == BarHistory.mostLines)
    #expect(history.lines(of: .command).first == "step 10")
  }

  @Test func `the history file reads back`() {
    var history = BarHistory()
    for line in ["emit orders A x=\"日本\"", "step 2", "# odd"] {
      _ = history.remember(line, .command)
    }
    let read = BarHistory(text: history.text(of: .command), kind: .command)
    #expect(read == history)
  }

  @Test(arguments: [
    "\0\u{1B}[2J\n\n\r\nstep\n", "step", String(repeating: "a", count: 70_000) + "\nstep\n",
    "\u{FFFD}\u{FFFD}\nstep\u{2028}",
  ])
  func `an invalid history file is tolerated`(_ text: String) {
    let history = BarHistory(text: text, kind: .command)
    #expect(history.lines(of: .command).last == "step")
    #expect(history.lines(of: .command).allSatisfy { !$0.contains { $0.isControl } })
  }

  @Test(arguments: [
    ("do Login user=ann password=hunter2", "do Login user=ann password=•••"),
    ("do Login password=hunter2 user=ann", "do Login password=••• user=ann"),
    ("do Login password=\"a b\" user=ann", "do Login password=••• user=ann"),
    ("do Login password='a b' user=ann", "do Login password=••• user=ann"),
    ("do Login password:=\"x\" n:=1", "do Login password:=••• n:=1"),
    ("do A user.Password=x;step", "do A user.Password=•••;step"),
    ("do A secret[0]=x", "do A secret[0]=•••"), ("do A secret.value=x", "do A secret.value=•••"),
    ("do A api_key=x apiKey=y api-key=z", "do A api_key=••• apiKey=••• api-key=•••"),
    ("do A accessToken=x", "do A accessToken=•••"), ("do A token=a\\ b c=1", "do A token=••• c=1"),
    (
      "emit users U u-1:{\"password\":\"a,b\",\"n\":1}",
      "emit users U u-1:{\"password\":•••,\"n\":1}"
    ),
    ("emit users U u-1:{\"token\": \"ab\"}", "emit users U u-1:{\"token\": •••}"),
    ("emit s T token:={\"a\": 1} b=2", "emit s T token:=••• b=2"),
    ("filter data.password=x", "filter data.password=•••"),
    ("filter data.token = x type:A", "filter data.token = ••• type:A"),
    ("do A --token=x", "do A --token=•••"), ("do A password= b=1", "do A password= b=1"),
    ("do A password=x\"y z\"w q=1", "do A password=••• q=1"), ("find password", "find password"),
    ("emit s PasswordChanged total:=59", "emit s PasswordChanged total:=59"),
    ("do A tokens=3 secretary=ann", "do A tokens=3 secretary=ann"),
    ("do A password=\"unclosed b=1", "do A password=•••"), ("do A password", "do A password"),
  ])
  func `secrets are not kept`(_ line: String, _ kept: String) {
    var history = BarHistory()
    #expect(history.remember(line, .command) == kept)
  }

  @Test func `Up visits the lines that begin with the typed text`() throws {
    var pilot = try BarPilot(lines: ["step 1", "emit orders A", "step 2", "step 2 event"])
    try pilot.press("st<Up>")
    #expect(pilot.line == "step 2 event|")
    try pilot.press("<Up><Up>")
    #expect(pilot.line == "step 1|")
    try pilot.press("<Up>")
    #expect(pilot.line == "step 1|")
    try pilot.press("<Down>")
    #expect(pilot.line == "step 2|")
    try pilot.press("<Down><Down>")
    #expect(pilot.line == "st|")
    try pilot.press("<Down>")
    #expect(pilot.line == "st|")
  }

  @Test func `Up visits all lines when nothing is typed`() throws {
    var pilot = try BarPilot(lines: ["a", "b"])
    try pilot.press("<Up><C-p>")
    #expect(pilot.line == "a|")
    try pilot.press("<C-n><Backspace>c<Up>")
    #expect(pilot.line == "c|")
  }

  @Test func `the search finds older lines, and leaving it restores the line`() throws {
    var pilot = try BarPilot(text: "x", lines: ["do A", "step", "do AB", "back"])
    try pilot.press("<C-r>do")
    #expect(pilot.bar.text == "do AB")
    #expect(pilot.drawn(60, 4).rows[3].hasPrefix("(reverse-i-search)`do': do AB"))
    try pilot.press("<C-r>")
    #expect(pilot.bar.text == "do A")
    try pilot.press("<C-r>")
    #expect(pilot.drawn(60, 4).rows[3].hasPrefix("(failed reverse-i-search)`do': do A"))
    try pilot.press("<Backspace>")
    #expect(pilot.bar.text == "do AB")
    try pilot.press("<Esc>")
    #expect(pilot.line == "x|")
    #expect(pilot.outcome == .editing)
    #expect(pilot.bar.search == nil)
  }

  @Test func `Enter runs the line that the search found`() throws {
    var pilot = try BarPilot(lines: ["do A", "step"])
    try pilot.press("<C-r>A<Enter>")
    #expect(pilot.outcome == .submit("do A"))
  }

  @Test func `an editing key keeps the line that the search found`() throws {
    var pilot = try BarPilot(lines: ["do A", "step"])
    try pilot.press("<C-r>do<C-a>x")
    #expect(pilot.line == "x|do A")
  }

  @Test func `the line that followed last time is offered in grey`() throws {
    var pilot = try BarPilot(lines: ["step 3 delivery"])
    try pilot.press("st")
    #expect(pilot.bar.ghost == "ep 3 delivery")
    try pilot.press("<Right>")
    #expect(pilot.line == "step 3 delivery|")
    try pilot.press("<C-u>do P<Left>")
    #expect(pilot.bar.ghost == "")
  }

  @Test func `a masked secret is never offered`() throws {
    var pilot = try BarPilot(lines: ["do Login password=x"])
    try pilot.press("do Log")
    #expect(pilot.bar.ghost == "")
  }

  @Test func `a line with a masked secret does not run`() throws {
    var pilot = try BarPilot(lines: ["do Login password=x user=ann"])
    try pilot.press("<Up><Enter>")
    #expect(pilot.outcome == .editing)
    #expect(pilot.bar.problem?.column == 19)
    #expect(pilot.bar.problem?.length == 3)
  }
}
