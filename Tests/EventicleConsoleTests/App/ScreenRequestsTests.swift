import EventicleSamples
import TestSupport
import Testing

@testable import EventicleConsole
@testable import EventicleCore
@testable import EventicleWorkbench

/// Lines that need a screen, where there is none.
@Suite struct ScreenRequestsTests {
  @Test(arguments: [
    "set nope=1", "set nope", "set mouse=maybe", "set theme=nope", "theme nope", "demo nope",
  ])
  func `a line that the console refuses is a failed line of a tape, for the same reason`(
    line: String
  ) throws {
    // given
    let loader = ThemeLoader(folder: nil, environment: [:]) { _ in nil }
    let program = ConsoleProgram(
      session: try Session(.shop), size: Size(columns: 80, rows: 24),
      effectRunner: SystemEffectRunner(
        themes: ThemeKeeper(loader), state: StateFolder(environment: [:]), terminal: nil,
        remembersLines: false))
    var session = try Session(.shop)
    var runner = TapeRunner()
    // when
    program.run(line: line)
    let result = runner.run(TapeLine(number: 1, text: line), in: &session) { request, _ in
      ScreenRequests.answer(request)
    }
    // then
    let message = try #require(program.model.message)
    #expect(message.kind == .problem)
    #expect(result?.json["ok"] == false && runner.failed == 1)
    #expect(result?.json["error"].string == message.text)
  }

  @Test(arguments: [
    "set mouse=on", "set mouse", "set theme=terminal", "theme terminal", "theme", "demo",
    "demo shop", "mouse off", "filter id:x", "find x", "pause",
  ])
  func `a line that only needs a screen is told so, and is no failure`(line: String) throws {
    var session = try Session(.shop)
    var runner = TapeRunner()
    let result = runner.run(TapeLine(number: 1, text: line), in: &session) { request, _ in
      ScreenRequests.answer(request)
    }
    #expect(runner.failed == 0)
    #expect(result?.text == ["1: this needs a screen; nothing was done"])
  }

  @Test func `a tape with such a line is opened with its problem`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("hold\nset nope=1\n", to: "a.tape")
    let opened = try SessionFiles.open(path, after: try Session(.shop), domains: [])
    #expect(opened.hasFailed)
    #expect(
      opened.message
        == "\(path), line 2: There is no setting nope; there are typing, theme and mouse.")
  }

  @Test(arguments: [
    ("a.tape", "saved a.tape, 5 bytes"), ("a.ndjson", "saved a.ndjson, 5 bytes"),
    (
      "b.txt",
      "saved b.txt as a tape, 5 bytes; a name that ends with .ndjson saves the events, one with "
        + ".eventicle everything"
    ),
  ])
  func `what was saved is named where the ending does not tell`(path: String, report: String) {
    #expect(SessionFiles.Saved(path: path, bytes: 5, lines: 1).report == report)
  }
}
