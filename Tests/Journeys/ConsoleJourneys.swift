import Foundation
import TestSupport
import Testing

/// Runs the real program on a real pty.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ConsoleJourneys {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Starts the program at a size, with a home folder of its own.
  private func open(
    _ arguments: [String] = [], columns: Int = 80, rows: Int = 24
  ) throws -> Journey {
    try Journey(
      ProgramUnderTest.path(), arguments,
      environment: [
        "TERM": "xterm-256color", "HOME": folder.path, "XDG_STATE_HOME": folder.path,
      ], columns: columns, rows: rows)
  }

  /// The process that draws; the one started directly only watches it.
  private func onlyChild(of journey: Journey) throws -> pid_t {
    try #require(LiveProcess.firstChild(of: journey.process)).pid
  }

  @Test func `the console opens, runs a command, steps back and forth and leaves no trace`() throws
  {
    let journey = try open(["--at", "2026-01-01T09:00:00Z"])
    try journey.wait(for: "1 Start")
    journey.send(":do PlaceOrder customer=c-19 total:=59<Enter>")
    try journey.wait(for: "PaymentRequested")
    journey.send("3")
    try journey.wait(for: "Order order-1")
    try journey.wait(for: "paying")
    journey.send("1<Space>")
    try journey.wait(for: "HELD")
    journey.send(",")
    try journey.wait(for: "PAST")
    journey.send(",,,....")
    try journey.wait(for: "HELD")
    journey.send("5")
    try journey.wait(for: "queue     empty")
    journey.send("q")
    try journey.wait(for: "not saved")
    journey.send("d")
    try journey.expectCleanEnd(.exited(code: 0))
  }

  @Test(arguments: [true, false])
  func `a killed console leaves the terminal usable`(child: Bool) throws {
    let journey = try open(["demo", "--story"])
    try journey.wait(for: "HELD")
    if child {
      try #require(kill(onlyChild(of: journey), 9) == 0)
    } else {
      journey.signal(9)
    }
    try journey.waitUntilNobodyIsLeft()
    #expect(journey.leftovers == [])
  }

  @Test func `a suspended console gives the terminal back and takes it again`() throws {
    let journey = try open(["demo", "--story"])
    try journey.wait(for: "HELD")
    journey.send("<C-z>")
    try journey.wait(forState: "stopped") { state in
      if case .stopped = state { true } else { false }
    }
    #expect(journey.leftovers == [])
    journey.pty.bringToForeground()
    try journey.wait("the screen again") { $0.isAlternateScreen && $0.contains("HELD") }
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
  }

  @Test func `a megabyte of pasted text goes into the prompt and runs nothing`() throws {
    let journey = try open()
    try journey.wait(for: "1 Start")
    journey.send(":")
    journey.paste(String(repeating: "do PlaceOrder customer=c-19 total:=59\n", count: 26_000))
    try journey.wait(for: "bytes")
    journey.send("<C-g>")
    try journey.wait("the prompt to close") { !$0.isCursorVisible }
    #expect(journey.terminal.contains("1 Start"))
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
  }

  @Test func `a crash leaves the terminal usable and is reported`() throws {
    let journey = try open(["--trap-after-first-key"])
    try journey.wait(for: "1 Start")
    journey.send("j")
    try journey.wait(for: "ended unexpectedly")
    try journey.waitUntilNobodyIsLeft()
    #expect(journey.leftovers == [])
  }

  @Test func `the console ends when its terminal is gone`() throws {
    let journey = try open()
    try journey.wait(for: "1 Start")
    journey.closeMaster()
    try journey.waitUntilNobodyIsLeft()
  }

  @Test func `many resizes do no harm`() throws {
    let journey = try open(["demo", "--story"])
    try journey.wait(for: "HELD")
    for size in [(1, 1), (200, 50), (40, 12), (500, 3), (2, 100), (39, 11), (160, 40)] {
      journey.resize(columns: size.0, rows: size.1)
      journey.send("j")
    }
    journey.resize(columns: 80, rows: 24)
    try journey.wait(for: "HELD")
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
  }

  @Test func `without a usable terminal the console says so and exits with 2`() throws {
    let journey = try Journey(
      ProgramUnderTest.path(), [], environment: ["TERM": "dumb", "HOME": "/nonexistent"])
    try journey.wait(for: "cannot place")
    #expect(try journey.exitStatus() == .exited(code: 2))
  }
}
