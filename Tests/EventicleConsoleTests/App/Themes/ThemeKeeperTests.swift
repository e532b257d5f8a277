import Foundation
import TestSupport
import Testing

@testable import EventicleConsole

@Suite struct ThemeKeeperTests {
  private let folder: TemporaryFolder
  private let terminal = HeadlessTerminal(size: Size(columns: 80, rows: 24))
  private let watch = ThemeWatch {}

  init() throws { folder = try TemporaryFolder() }

  private var loader: ThemeLoader {
    ThemeLoader(folders: [folder.path]) {
      FileManager.default.contents(atPath: $0).map { [UInt8]($0) }
    }
  }

  private func keeper(_ name: String) throws -> ThemeKeeper {
    ThemeKeeper(
      loader, showing: try ThemeChoice(name, loader, nil), terminal: terminal, watch: watch)
  }

  private func texts(_ messages: [Message]) -> [String] {
    messages.compactMap { if case .report(let status) = $0 { status.text } else { nil } }
  }

  // MARK: - The background

  @Test func `auto asks for the background, and follows the answer`() throws {
    let keeper = try keeper("auto")
    #expect(keeper.theme == .terminal && terminal.questions == 1)
    #expect(keeper.take(RGB(251, 250, 246)).count == 1)
    #expect(terminal.theme.name == "harbour-light" && keeper.name == "auto")
    _ = keeper.take(RGB(16, 23, 31))
    #expect(terminal.theme.name == "harbour-dark" && terminal.questions == 1)
    #expect(keeper.take(RGB(0, 0, 0)).isEmpty)
  }

  @Test func `whoever chose a theme is not asked for, and keeps it`() throws {
    let keeper = try keeper("mono")
    #expect(terminal.questions == 0)
    #expect(keeper.take(RGB(255, 255, 255)).isEmpty)
    #expect(keeper.theme.name == "mono")
    try keeper.use("auto")
    #expect(keeper.theme.name == "harbour-light" && terminal.questions == 0)
  }

  @Test func `what the environment says about the background is taken at once`() throws {
    let choice = try ThemeChoice("auto", loader, .light)
    #expect(choice.theme.name == "harbour-light" && choice.name == "auto")
  }

  // MARK: - Files

  @Test func `a theme's file that is edited is shown at once`() throws {
    try folder.write("seed:\n  sea: red", to: "own.yaml")
    let keeper = try keeper("own")
    #expect(!watch.look() && keeper.readChanges().isEmpty)
    try folder.write("seed:\n  sea: green\n", to: "own.yaml")
    #expect(watch.look())
    #expect(texts(keeper.readChanges()) == ["theme own was changed, and is shown"])
    #expect(terminal.theme.resolve(CellStyle(.kindCommand)).foreground == .ansi(2))
    #expect(!watch.look() && keeper.readChanges().isEmpty)
  }

  @Test func `a file that is inherited from counts too`() throws {
    try folder.write("seed:\n  sea: red", to: "base.yaml")
    let path = try folder.write("inherits: base", to: "own.yaml")
    let keeper = try keeper(path)
    try folder.write("seed:\n  sea: yellow", to: "base.yaml")
    #expect(watch.look())
    #expect(keeper.readChanges().count == 2)
    #expect(keeper.theme.resolve(CellStyle(.kindCommand)).foreground == .ansi(3))
  }

  @Test func `a broken file keeps the theme, and its place and reason are said`() throws {
    let path = try folder.write("seed:\n  sea: red", to: "own.yaml")
    let keeper = try keeper("own")
    try folder.write("seed:\n  sea: rde", to: "own.yaml")
    #expect(watch.look())
    let text = try #require(texts(keeper.readChanges()).first)
    #expect(text.hasPrefix("\(path):2:8: \"rde\" is no colour"))
    #expect(text.hasSuffix("The theme stays as it was."))
    #expect(keeper.theme.resolve(CellStyle(.kindCommand)).foreground == .ansi(1))
    // Mended to what it was before, it is said again that all is well.
    try folder.write("seed:\n  sea: red  ", to: "own.yaml")
    #expect(watch.look())
    #expect(texts(keeper.readChanges()) == ["theme own was changed, and is shown"])
  }

  @Test func `a file that is gone for a while is looked after on`() throws {
    let path = try folder.write("seed:\n  sea: red", to: "own.yaml")
    let keeper = try keeper("own")
    try FileManager.default.removeItem(atPath: path)
    #expect(watch.look())
    #expect(texts(keeper.readChanges()).first?.hasPrefix("There is no theme \"own\"") == true)
    try folder.write("seed:\n  sea: green", to: "own.yaml")
    #expect(watch.look())
    #expect(keeper.readChanges().count == 2)
  }

  @Test func `a theme of the program has no files to look at`() throws {
    try folder.write("seed:\n  sea: red", to: "own.yaml")
    let keeper = try keeper("own")
    try keeper.use("harbour-dark")
    try folder.write("seed:\n  sea: green", to: "own.yaml")
    #expect(!watch.look() && keeper.readChanges().isEmpty)
  }

  // MARK: - Saying what can be read

  private func runner(_ keeper: ThemeKeeper) -> SystemEffectRunner {
    SystemEffectRunner(
      themes: keeper, state: StateFolder(environment: [:]), terminal: terminal,
      remembersLines: false)
  }

  private func program(_ keeper: ThemeKeeper) throws -> ConsoleProgram {
    ConsoleProgram(
      session: try ConsolePilot().workbench.session, size: Size(columns: 80, rows: 24),
      effectRunner: runner(keeper))
  }

  private func page(_ theme: String) throws -> [String] {
    let program = try program(try keeper(theme))
    program.run(line: "theme check")
    guard case .text(let title, let lines, _) = program.model.overlay else {
      Issue.record("no page is shown")
      return []
    }
    #expect(title == "theme " + theme)
    return lines
  }

  @Test func `theme check lists every hue with its contrasts`() throws {
    let lines = try page("harbour-dark")
    #expect(lines.count == Hue.allCases.count + 3)
    #expect(lines.contains { $0.hasPrefix("sea      #74b9ff         8.6       5.9") })
    #expect(lines.contains { $0.hasPrefix("later    #8391a0         5.6       9.1 ink") })
    #expect(lines.last == "All text has at least 4.5, on the selected row too, and lines have 3.0.")
  }

  @Test func `theme check names what cannot be read, and knows no colours of the terminal`() throws
  {
    try folder.write("inherits: harbour-dark\nseed:\n  sand: \"#5a4a20\"", to: "own.yaml")
    let lines = try page("own")
    #expect(lines.contains("Too faint to read:"))
    #expect(
      lines.contains { $0.hasPrefix("  status.warn has 2.") && $0.hasSuffix("and needs 4.5") })
    #expect(try page("terminal").last?.contains("its contrast is not known") != nil)
    #expect(try page("terminal").last?.hasPrefix("The colours are the terminal's own") == true)
  }

  @Test func `theme inspect names the role and the colours of the cells`() throws {
    let program = try program(try keeper("harbour-dark"))
    program.run(line: "theme inspect")
    #expect(program.model.message?.text.hasPrefix("arrows or a click") == true)
    #expect(program.frame().cursor == program.model.inspected)
    program.send(.mouse(MouseEvent(.press(.left), at: Point(column: 0, row: 1))))
    #expect(
      program.model.message?.text
        == "ui.border.focus: sea, #74b9ff on #10171f, contrast 8.6")
    #expect(program.frame().cursor == Point(column: 0, row: 1))
    program.send(.key(KeyPress(.up)))
    #expect(program.model.message?.text.hasPrefix("ui.header: ink, #d6dee7 on #10171f") == true)
    program.send(.key(KeyPress(.up)))
    #expect(program.model.inspected == Point(column: 0, row: 0))
  }

  @Test func `any other key ends the inspection, and does nothing else`() throws {
    let program = try program(try keeper("mono"))
    program.run(line: "theme inspect")
    let focus = program.model.focus
    program.send(.key(KeyPress("3")))
    #expect(program.model.inspected == nil && program.model.focus == focus)
    #expect(program.model.message == nil && program.frame().cursor == nil)
    program.send(.key(KeyPress("3")))
    #expect(program.model.focus != focus)
  }
}
