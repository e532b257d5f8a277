import Foundation
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(5))) struct PtyTests {
  private func shell(_ script: String, columns: Int = 80, rows: Int = 24) throws -> Journey {
    try Journey("/bin/sh", ["-c", script], columns: columns, rows: rows)
  }

  @Test func `cat echoes what is typed`() throws {
    let journey = try Journey("/bin/cat")
    journey.send("hello<Enter>")
    try journey.wait("two lines", until: { $0.rows[1].hasPrefix("hello") })
    journey.send("<C-d>")
    try journey.expectCleanEnd()
  }

  @Test func `an exit code is reported`() throws {
    #expect(try shell("exit 7").exitStatus() == .exited(code: 7))
  }

  @Test func `a signal that ends a program is reported`() throws {
    let journey = try shell("echo up; exec cat")
    try journey.wait(for: "up")
    journey.signal(SIGTERM)
    #expect(try journey.exitStatus() == .signaled(SIGTERM))
  }

  @Test func `a program can be waited for while nobody reads its output`() throws {
    let journey = try shell("echo up; read line; exec yes")
    try journey.wait(for: "up")
    journey.send("<Enter>")
    #expect(!journey.pty.waitUnread(before: ContinuousClock.now + .milliseconds(50)))
    journey.signal(SIGKILL)
    try journey.waitUnreadUntilNobodyIsLeft()
    #expect(journey.pty.state == .signaled(SIGKILL))
  }

  @Test func `all output before the end is read`() throws {
    let journey = try shell("i=0; while [ $i -lt 3000 ]; do echo line$i; i=$((i+1)); done")
    try journey.exitStatus()
    #expect(journey.terminal.contains("line2999"))
    #expect(journey.pty.output.count == 2 * 3000 + 10 * 5 + 90 * 6 + 900 * 7 + 2000 * 8)
  }

  @Test func `a program gets its size and later changes`() throws {
    let journey = try shell(
      "trap 'stty size; exit 0' WINCH; stty size; while :; do read x; done", columns: 33, rows: 5)
    try journey.wait(for: "5 33")
    journey.resize(columns: 40, rows: 6)
    try journey.wait(for: "6 40")
    #expect(try journey.exitStatus() == .exited(code: 0))
  }

  @Test func `changed settings are visible after the end`() throws {
    let journey = try shell("stty raw -echo")
    try journey.exitStatus()
    #expect(journey.leftovers.count == 1)
    #expect(journey.pty.settings?.isLineBuffered == false)
  }

  @Test func `restored settings are visible after the end`() throws {
    let journey = try shell("old=$(stty -g); stty raw -echo; stty \"$old\"")
    try journey.expectCleanEnd()
  }

  @Test func `suspend stops the job, and foreground continues it`() throws {
    let journey = try shell("echo up; exec cat")
    try journey.wait(for: "up")
    journey.send("<C-z>")
    try journey.wait(forState: "stopped") { $0 == .stopped(signal: SIGTSTP) }
    journey.pty.bringToForeground()
    try journey.wait(forState: "running") { $0 == .running }
    journey.send("again<Enter><C-d>")
    #expect(try journey.exitStatus() == .exited(code: 0))
  }

  @Test func `closing the terminal hangs the program up`() throws {
    // A program that reads may see the end of input before the signal; this one does not read.
    let journey = try shell("echo up; exec sleep 1000")
    try journey.wait(for: "up")
    journey.closeMaster()
    #expect(try journey.exitStatus() == .signaled(SIGHUP))
  }

  @Test func `children that outlive the program are reported, then ended`() throws {
    let journey = try shell("(trap '' HUP; read x < /dev/zero) & echo up $!")
    #expect(try journey.exitStatus() == .exited(code: 0))
    #expect(!journey.pty.isNobodyLeft)
    let words = journey.terminal.text.split(separator: " ")
    let process = try #require(words.last.flatMap { Int32($0) })
    journey.pty.close()
    #expect(kill(process, 0) == -1)
  }

  @Test func `nothing is left after a program without children`() throws {
    let journey = try shell("true")
    try journey.waitUntilNobodyIsLeft()
    #expect(journey.pty.state == .exited(code: 0))
  }

  @Test func `a missing program is an error with its name`() throws {
    let error = #expect(throws: Pty.StartError.self) { try Journey("/no/such/program") }
    #expect(error?.description == "cannot run /no/such/program: No such file or directory")
  }

  @Test func `a failed wait shows the screen`() throws {
    let journey = try shell("echo here; exec cat")
    try journey.wait(for: "here")
    let failure = #expect(throws: Journey.Failure.self) {
      try journey.wait(for: "there", within: .milliseconds(20))
    }
    #expect(failure?.description.contains("|here ") == true)
  }

  @Test func `waiting for a program that has ended fails at once`() throws {
    let journey = try shell("echo here")
    let failure = #expect(throws: Journey.Failure.self) { try journey.wait(for: "there") }
    #expect(failure?.description.contains("ended before") == true)
  }

  @Test func `a question to the terminal is answered`() throws {
    let journey = try shell(
      "old=$(stty -g); stty raw -echo; printf '\\033[6n'; head -c 6 | od -An -c; stty \"$old\"")
    try journey.wait(for: "R")
    #expect(try journey.exitStatus() == .exited(code: 0))
  }

  @Test func `modes left on are reported`() throws {
    let journey = try shell("printf '\\033[?1049h\\033[?1000h\\033[?2004h\\033[?25l\\033[?1000l'")
    try journey.exitStatus()
    let expected = ["mode 25 is reset", "mode 1049 is set", "mode 2004 is set"]
    #expect(journey.leftovers == expected)
  }

  @Test func `the built program is found beside the tests`() throws {
    #expect(try ProgramUnderTest.path().hasSuffix("/eventicle"))
    #expect(throws: ProgramUnderTest.Missing.self) { try ProgramUnderTest.path("no-such-program") }
  }
}
