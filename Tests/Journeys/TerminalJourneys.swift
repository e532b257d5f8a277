import Foundation
import TestSupport
import Testing

/// The console on terminals of several kinds, from any working directory.
@Suite(.serialized, .timeLimit(.minutes(5))) struct TerminalJourneys {
  private func open(
    _ arguments: [String] = [], _ environment: [String: String] = [:], removing: [String] = [],
    columns: Int = 80
  ) throws -> Journey {
    let home = ["HOME": "/nonexistent", "XDG_STATE_HOME": "/nonexistent"]
    return try Journey(
      ProgramUnderTest.path(), arguments, environment: home.merging(environment) { $1 },
      removing: removing, columns: columns, directory: "/")
  }

  private func quit(_ journey: Journey) throws {
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
  }

  @Test func `the mouse is on at the start, and the focus is reported`() throws {
    let journey = try open()
    try journey.wait("the screen with the mouse") {
      $0.contains("1 Start") && $0.reportsMouse && $0.modes.contains(1004)
    }
    journey.send("%")
    try journey.wait("the mouse off") { !$0.reportsMouse }
    journey.send("%")
    try journey.wait("the mouse on") { $0.reportsMouse }
    try quit(journey)
  }

  @Test(arguments: ["truecolor", "24bit"])
  func `a terminal with exact colours gets those of the theme`(_ value: String) throws {
    let journey = try open(["--theme", "harbour-dark"], ["COLORTERM": value])
    try journey.wait("the theme's background") {
      $0.contains("1 Start")
        && $0.cell(row: 10, column: 10).style.background
          == .direct(red: 0x10, green: 0x17, blue: 0x1F)
    }
    try quit(journey)
  }

  @Test func `other terminals get the palette`() throws {
    let journey = try open(["--theme", "harbour-dark"])
    try journey.wait("the background nearest to the theme's") {
      $0.contains("1 Start") && $0.cell(row: 10, column: 10).style.background == .palette(233)
    }
    try quit(journey)
  }

  @Test func `NO_COLOR is obeyed`() throws {
    let journey = try open(["--theme", "harbour-dark"], ["COLORTERM": "24bit", "NO_COLOR": "1"])
    try journey.wait(for: "1 Start")
    let styles = (0..<24).flatMap { row in
      (0..<80).map { journey.terminal.cell(row: row, column: $0).style }
    }
    #expect(styles.allSatisfy { $0.background == .standard && $0.foreground == .standard })
    try quit(journey)
  }

  @Test func `an unknown terminal gets plain ANSI and a word about it`() throws {
    let journey = try open([], ["TERM": "zork-2000"])
    try journey.wait(for: "\"zork-2000\" is unknown here")
    try journey.wait(for: "1 Start")
    journey.send(":do PlaceOrder customer=c-19 total:=59<Enter>")
    try journey.wait(for: "PaymentRequested")
    #expect(journey.terminal.unknown == [])
    journey.send(":q!<Enter>")
    try journey.expectCleanEnd(.exited(code: 0))
  }

  @Test(arguments: ["xterm", "screen-256color", "tmux-256color", "linux", "vt220", "ansi", "rxvt"])
  func `every kind of terminal is left as it was`(_ term: String) throws {
    let journey = try open([], ["TERM": term, "COLORTERM": "truecolor"])
    try journey.wait(for: "1 Start")
    #expect(journey.terminal.unknown == [])
    try quit(journey)
  }

  @Test(arguments: ["dumb", ""])
  func `a terminal that cannot show a screen is refused`(_ term: String) throws {
    let journey = try open([], ["TERM": term])
    #expect(try journey.exitStatus() == .exited(code: 2))
    #expect(journey.terminal.contains("TERM is"))
    #expect(journey.leftovers == [])
  }

  @Test func `without TERM the console is refused`() throws {
    let journey = try open([], [:], removing: ["TERM"])
    #expect(try journey.exitStatus() == .exited(code: 2))
    #expect(journey.terminal.contains("TERM is not set"))
  }

  @Test func `the terminal is asked for its background, and its answer is no keys`() throws {
    let journey = try open(["--theme", "auto"], ["COLORTERM": "truecolor"])
    try journey.wait("the question") {
      $0.contains("1 Start") && $0.operatingSystemCommands.contains("11;?")
    }
    let answer = Array("\u{1B}]11;rgb:ffff/fefe/f0f0\u{1B}\\".utf8)
    // The first piece ends where the Escape key does.
    for piece in [answer.prefix(1), answer[1..<9], answer[9...]] {
      journey.send(bytes: Array(piece))
    }
    try journey.wait("the light theme") {
      $0.cell(row: 10, column: 10).style.background
        == .direct(red: 0xFB, green: 0xFA, blue: 0xF6)
    }
    #expect(!journey.terminal.contains("does nothing here"))
    journey.send(":theme mono<Enter>")
    try journey.wait("no colours") { $0.cell(row: 10, column: 10).style.background == .standard }
    try quit(journey)
  }

  @Test func `a theme's file that is edited is shown again`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("seed:\n  background: \"#000010\"", to: "own.yaml")
    let journey = try open(["--theme", path], ["COLORTERM": "truecolor"])
    func wait(for blue: Int) throws {
      try journey.wait("the background") {
        $0.contains("1 Start")
          && $0.cell(row: 10, column: 10).style.background == .direct(red: 0, green: 0, blue: blue)
      }
    }
    try wait(for: 0x10)
    try folder.write("seed:\n  background: \"#000020\"", to: "own.yaml")
    try wait(for: 0x20)
    try folder.write("seed:\n  background: navyy", to: "own.yaml")
    try journey.wait(for: "own.yaml:2:15")
    try wait(for: 0x20)
    try quit(journey)
  }

  @Test func `an unknown theme is refused with the names there are`() throws {
    let journey = try open(["--theme", "dusk"], columns: 120)
    #expect(try journey.exitStatus() == .exited(code: 2))
    #expect(journey.terminal.contains("harbour-dark, harbour-light"))
    let open = try open(columns: 120)
    try open.wait(for: "1 Start")
    open.send(":theme dusk<Enter>")
    try open.wait(for: "there are terminal, deuteranopia, gruvbox-dark, harbour-dark")
    try quit(open)
  }

  @Test func `a history that is a pipe does not keep the console from opening`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "history-\(UUID())").path
    try FileManager.default.createDirectory(
      atPath: folder + "/eventicle", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(mkfifo(folder + "/eventicle/history", 0o600) == 0)
    let journey = try open([], ["XDG_STATE_HOME": folder])
    try journey.wait(for: "1 Start")
    journey.send(":info<Enter>")
    try journey.wait(for: "limits")
    journey.send("<Esc>")
    try journey.wait(forGone: "limits")
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
  }

  @Test func `frame prints the screen and ends with 1 when a line of its tape fails`() throws {
    let tape = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).tape").path
    try "do PlaceOrder customer=c-1 total:=5\ndo PlaceOrdr\n".write(
      toFile: tape, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: tape) }
    let journey = try Journey(
      ProgramUnderTest.path(), ["frame", "--keys", "<", "--tape", tape],
      environment: ["HOME": "/nonexistent"], columns: 120, rows: 50)
    #expect(try journey.exitStatus() == .exited(code: 1))
    #expect(journey.terminal.contains("1 line of 2 failed."))
    #expect(journey.terminal.contains("OrderCreated"))
  }
}
