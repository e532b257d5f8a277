import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

extension ConsolePilot {
  /// The effects, without those that keep typed lines.
  fileprivate var work: [Effect] {
    effectRunner.effects.filter { if case .remember = $0 { false } else { true } }
  }
}

/// Questions before something that could lose work.
@Suite struct QuestionTests {
  private func placed() throws -> ConsolePilot {
    try ConsolePilot().type("do PlaceOrder customer=c-19 total:=59")
  }

  private let question =
    "1 line is not saved: s save and leave · d leave without · Esc stay"

  @Test(arguments: ["q", ":q <Enter>", ":quit <Enter>", "<C-c> <C-c>"])
  func `leaving asks once when a line is not saved`(keys: String) throws {
    let pilot = try placed().press(keys)
    #expect(!pilot.workbench.isOver)
    #expect(pilot.text.contains(question))
    try pilot.press("<Esc>")
    #expect(!pilot.workbench.isOver && pilot.model.question == nil)
    #expect(!pilot.text.contains("not saved"))
    try pilot.press(keys).press("d")
    #expect(pilot.workbench.isOver)
  }

  @Test(arguments: ["q", ":q <Enter>", "<C-c> <C-c>"])
  func `with nothing to lose there is no question`(keys: String) throws {
    #expect(try ConsolePilot().press(keys).workbench.isOver)
    #expect(try ConsolePilot().type("events").press(keys).workbench.isOver)
    let pilot = try placed()
    pilot.workbench.add(.markSaved(lines: 1))
    #expect(try pilot.press(keys).workbench.isOver)
  }

  @Test func `q! leaves at once`() throws {
    #expect(try placed().type("q!").workbench.isOver)
  }

  @Test func `a screen that is too small shows no question, and takes no answer to it`() throws {
    let pilot = try placed().press("q")
    pilot.resize(60, 8)
    #expect(pilot.text.contains("a question waits"))
    try pilot.press("d y <Enter> : j <Space>")
    #expect(!pilot.workbench.isOver && pilot.model.question != nil && pilot.model.bar == nil)
    pilot.resize(80, 24)
    #expect(pilot.text.contains(question))
    pilot.resize(20, 5)
    try pilot.press("<Esc>")
    #expect(pilot.model.question == nil)
  }

  @Test func `a screen that is too small takes the keys that leave, and no others`() throws {
    let pilot = try placed()
    pilot.resize(20, 5)
    let lines = pilot.text
    try pilot.press("n , : x <Tab> <C-p>")
    #expect(pilot.text == lines && pilot.model.overlay == nil && pilot.model.bar == nil)
    pilot.workbench.add(.markSaved(lines: 1))
    #expect(try pilot.press("q").workbench.isOver)
  }

  @Test(arguments: seeds(30))
  func `no other key answers the question`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let pilot = try placed().press("q")
    let key = random.pick([
      "y", "q", "<Enter>", "<Space>", "D", "S", "<C-c>", "n", ":", "j", "<Tab>",
    ])
    try pilot.press(key == ":" ? "<Esc>" : key)
    #expect(!pilot.workbench.isOver && pilot.model.question == nil)
    #expect(pilot.work.isEmpty)
  }

  @Test func `s saves to the known file, else asks for a name`() throws {
    let pilot = try placed().press("q s")
    #expect(pilot.model.bar?.text == "wq ")
    try pilot.press("<Esc>")
    pilot.workbench.send(.saved("a.tape"))
    pilot.effectRunner.answer = [.saved("a.tape")]
    try pilot.press("q s")
    #expect(pilot.work == [.save(nil, force: false)])
    #expect(pilot.workbench.isOver)
  }

  @Test func `a file that is there is replaced after y`() throws {
    let pilot = try placed()
    pilot.effectRunner.answer = [.ask(.replacing("a.tape", isOurs: true))]
    try pilot.type("save a.tape")
    #expect(pilot.text.contains("a.tape exists: y replace it · Esc keep it"))
    pilot.effectRunner.answer = [.saved("a.tape")]
    try pilot.press("n")
    #expect(pilot.work == [.save("a.tape", force: false)])
    pilot.effectRunner.answer = [.ask(.replacing("a.tape", isOurs: false))]
    try pilot.type("w a.tape")
    #expect(pilot.text.contains("a.tape exists and is not a file of eventicle: y replace it"))
    pilot.effectRunner.answer = [.saved("a.tape")]
    try pilot.press("y")
    #expect(pilot.work.last == .save("a.tape", force: true))
    #expect(!pilot.workbench.isOver)
  }

  @Test func `on the way out, y replaces and leaves`() throws {
    let pilot = try placed()
    pilot.effectRunner.answer = [.ask(.replacing("a.tape", isOurs: true))]
    try pilot.type("wq a.tape")
    #expect(!pilot.workbench.isOver)
    pilot.effectRunner.answer = [.saved("a.tape")]
    try pilot.press("y")
    #expect(pilot.work.last == .save("a.tape", force: true))
    #expect(pilot.workbench.isOver)
  }

  @Test func `opening asks when a line is not saved, and open! does not`() throws {
    let pilot = try placed().type("open b.tape")
    #expect(pilot.text.contains("1 line is not saved: y open b.tape without"))
    try pilot.press("n")
    #expect(pilot.work.isEmpty)
    try pilot.type("open b.tape").press("y")
    try pilot.type("open! c.tape")
    #expect(pilot.work == [.open("b.tape"), .open("c.tape")])
    let fresh = try ConsolePilot().type("e d.tape")
    #expect(fresh.work == [.open("d.tape")])
  }

  @Test func `clicks do nothing while a question waits`() throws {
    let pilot = try placed().press("q")
    let focus = pilot.model.focus
    pilot.workbench.send(.mouse(MouseEvent(.press(.left), at: Point(column: 60, row: 20))))
    #expect(pilot.model.question != nil && pilot.model.focus == focus)
  }

  // MARK: - With files

  /// A console whose files are real.
  private func console(_ domains: [Domain] = []) throws -> ConsoleProgram {
    ConsoleProgram(
      session: try Session(.shop), size: Size(columns: 100, rows: 24),
      effectRunner: SystemEffectRunner(
        themes: ThemeKeeper(ThemeLoader(folder: nil, environment: [:]) { _ in nil }),
        state: StateFolder(environment: [:]), terminal: nil, remembersLines: false,
        domains: domains))
  }

  @Test func `a file opens in place of what was open`() throws {
    let folder = try TemporaryFolder()
    let bank = try folder.write(
      "# A tape of the domain bank.\n# eventicle run THIS --domain bank --at "
        + "2026-03-01T09:00:00.000Z --seed 5\ndo OpenAccount owner=Ada\n", to: "a.tape")
    let console = try console([.bank])
    console.run(line: "do PlaceOrder customer=c-19 total:=59")
    console.run(line: "open \(bank)")
    #expect(console.model.question != nil)
    console.send(.key(KeyPress("y")))
    #expect(console.session.domain.name == "bank" && console.session.seed == 5)
    #expect(console.session.head.log.count == 1)
    #expect(console.model.unsavedLines == 0 && console.model.fileName == bank)
    #expect(console.model.moment.domain.name == "bank")
    #expect(console.frame().buffer.text.contains("AccountOpened"))
    #expect(!console.frame().buffer.text.contains("OrderCreated"))
    console.run(line: "do OpenAccount owner=Bob")
    #expect(console.model.unsavedLines == 1)
    console.run(line: "save")
    #expect(console.model.question == nil && console.model.unsavedLines == 0)
    #expect(folder.text("a.tape")?.contains("owner=Bob") == true)
  }

  @Test func `a file that cannot be opened leaves everything as it was`() throws {
    let console = try console()
    console.run(line: "do PlaceOrder customer=c-19 total:=59")
    console.run(line: "open! /nonexistent/a.tape")
    #expect(console.session.head.log.count == 3 && console.model.unsavedLines == 1)
    #expect(console.model.message?.kind == .problem)
  }

  @Test func `events that are saved hold no lines`() throws {
    let folder = try TemporaryFolder()
    let console = try console()
    console.run(line: "do PlaceOrder customer=c-19 total:=59")
    console.run(line: "save \(folder.file("e.ndjson"))")
    #expect(console.model.unsavedLines == 1)
    console.run(line: "save \(folder.file("a.tape"))")
    #expect(console.model.unsavedLines == 0)
    console.run(line: "open \(folder.file("e.ndjson"))")
    #expect(console.session.head.log.count == 3 && console.model.fileName == nil)
  }

  @Test func `a mistyped command is a message and no row`() throws {
    let pilot = try ConsolePilot().type("do PlaceOrder customer=c-19 total=59")
    #expect(pilot.text.contains("total must be a number"))
    #expect(pilot.model.bar != nil && pilot.workbench.session.timeline.count == 0)
  }

  @Test func `the inspector shows what came beside an event`() throws {
    let console = try console()
    let line =
      #"{"id":"a","type":"Noted","stream":"notes","createdAt":0,"data":{"n":1},"#
      + #""correlationId":"c-1","metadata":{"user":"ada"}}"#
    console.add(.importEvents(Array(line.utf8), from: nil))
    console.send(.key(KeyPress("2")))
    console.send(.resize(Size(columns: 80, rows: 40)))
    let text = console.frame().buffer.text
    #expect(text.contains("beside the event") && text.contains("correlationId"))
    #expect(text.contains("\"c-1\"") && text.contains("ada"))
  }
}
