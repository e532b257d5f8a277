import Foundation
import TestSupport
import Testing

/// What the real program does with files, and what is left of it when it is ended.
@Suite(.serialized, .timeLimit(.minutes(5))) struct FileJourneys {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(_ arguments: [String] = []) throws -> Journey {
    try Journey(
      ProgramUnderTest.path(), ["--at", "2026-01-01T09:00:00Z"] + arguments,
      environment: [
        "TERM": "xterm-256color", "HOME": folder.path, "XDG_STATE_HOME": folder.file("state"),
      ], columns: 100, directory: folder.path)
  }

  private func placeOrder(_ journey: Journey) throws {
    try journey.wait(for: "1 Start")
    journey.send(":do PlaceOrder customer=c-19 total:=59<Enter>")
    // While the line is typed, the bar names the events that it would append.
    try journey.wait("the events of the order") {
      $0.contains("PaymentRequested") && !$0.contains(":do PlaceOrder")
    }
  }

  /// The files for recovery.
  private var kept: [String] {
    let all = try? FileManager.default.contentsOfDirectory(atPath: folder.file("state/eventicle"))
    return (all ?? []).filter { $0.hasPrefix("recover-") }
  }

  @Test func `leaving asks, and saves under a name that was not known`() throws {
    let journey = try open()
    try placeOrder(journey)
    journey.send("q")
    try journey.wait(for: "not saved")
    journey.send("s")
    try journey.wait(for: ":wq")
    journey.send("mine.tape<Enter>")
    try journey.expectCleanEnd(.exited(code: 0))
    #expect(folder.text("mine.tape")?.contains("do PlaceOrder") == true)
    #expect(kept.isEmpty)
  }

  @Test func `a file that is there is asked about, and opens in place of what is open`() throws {
    try folder.write("my notes\n", to: "mine.tape")
    let journey = try open()
    try placeOrder(journey)
    journey.send(":save mine.tape<Enter>")
    try journey.wait(for: "is not a file of eventicle")
    journey.send("n:save mine.tape<Enter>")
    try journey.wait(for: "is not a file of eventicle")
    #expect(folder.text("mine.tape") == "my notes\n")
    journey.send("y")
    try journey.wait(for: "saved mine.tape")
    journey.send(":do PlaceOrder customer=c-20 total:=60<Enter>")
    try journey.wait(for: "order-2")
    journey.send(":open mine.tape<Enter>")
    try journey.wait(for: "y open mine.tape without")
    journey.send("y")
    try journey.wait(for: "opened mine.tape")
    #expect(!journey.terminal.contains("order-2"))
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
  }

  @Test(arguments: [SIGHUP, SIGTERM])
  func `a session that is hung up can be recovered`(signal: Int32) throws {
    let journey = try open()
    try placeOrder(journey)
    journey.signal(signal)
    try journey.waitUntilNobodyIsLeft()
    let name = try #require(kept.first)
    #expect(try folder.mode("state/eventicle/\(name)") == 0o600)
    #expect(folder.text("state/eventicle/\(name)")?.contains("do PlaceOrder") == true)

    let hinted = try open()
    try hinted.wait(for: "eventicle --recover opens the newest")
    hinted.send("q")
    try hinted.expectCleanEnd(.exited(code: 0))

    let again = try open(["--recover"])
    try again.wait(for: "save FILE keeps them")
    #expect(again.terminal.contains("PaymentRequested"))
    #expect(kept.count == 1 && kept.first != name)
    again.send(":save mine.tape<Enter>")
    try again.wait(for: "saved mine.tape")
    again.send("q")
    try again.expectCleanEnd(.exited(code: 0))
    #expect(kept.isEmpty)

    let none = try open(["--recover"])
    try none.wait(for: "nothing to recover")
    #expect(try none.exitStatus() == .exited(code: 3))
  }

  @Test func `a killed session can be recovered`() throws {
    let journey = try open()
    try placeOrder(journey)
    let path = "/proc/\(journey.process)/task/\(journey.process)/children"
    let children = try String(contentsOfFile: path, encoding: .utf8).split(separator: " ")
    let child = try #require(children.first.flatMap { pid_t($0) })
    try #require(kill(child, SIGKILL) == 0)
    try journey.waitUntilNobodyIsLeft()
    let again = try open(["--recover"])
    try again.wait(for: "save FILE keeps them")
    again.send("q")
    try again.wait(for: "not saved")
    again.send("d")
    try again.expectCleanEnd(.exited(code: 0))
    #expect(kept.isEmpty)
  }

  // MARK: - Without a screen

  /// Runs a shell script in which `$E` is the program.
  private func shell(_ script: String) throws -> (status: Int32, output: String) {
    try Shell.run(
      script, in: folder.path,
      ProcessInfo.processInfo.environment.merging(["E": try ProgramUnderTest.path()]) { $1 })
  }

  /// A tape of so many events of a kilobyte that it saves in the end.
  private func tape(_ count: Int) -> String {
    let text = String(repeating: "a", count: 900)
    return (1...count).map { "emit notes Noted n-\($0) a=\(text)\n" }.joined()
      + "save! w.ndjson\n"
  }

  @Test func `a file over the limit of the system leaves the good one whole`() throws {
    try folder.write(tape(4), to: "small.tape")
    try folder.write(tape(20), to: "large.tape")
    #expect(try shell("\"$E\" run small.tape").status == 0)
    let good = folder.text("w.ndjson")
    // Blocks of 512 or 1,024 bytes, as the shell has it.
    let run = try shell("ulimit -f 8; \"$E\" run large.tape")
    #expect(run.status == 1)
    #expect(run.output.contains("larger than the system allows. The file there is as it was."))
    #expect(folder.text("w.ndjson") == good)
    #expect(folder.names == ["large.tape", "small.tape", "w.ndjson"])
  }

  @Test(.enabled(if: geteuid() == 0, "only root can mount a small disk"))
  func `a full disk leaves the good file whole`() throws {
    try folder.write(tape(8), to: "small.tape")
    try folder.write(tape(16), to: "large.tape")
    let mount = try shell("mkdir disk && mount -t tmpfs -o size=16k none disk")
    // In a container even root may not mount.
    guard mount.status == 0 else { return }
    defer { _ = try? shell("umount disk") }
    #expect(try shell("cd disk && \"$E\" run ../small.tape").status == 0)
    let good = folder.text("disk/w.ndjson")
    let run = try shell("cd disk && \"$E\" run ../large.tape")
    #expect(run.status == 1 && run.output.contains("the disk is full"))
    #expect(folder.text("disk/w.ndjson") == good)
    #expect(try shell("ls -A disk").output == "w.ndjson\n")
  }

  @Test func `without a screen nothing is replaced that the run did not write`() throws {
    try folder.write("my notes\n", to: "a.tape")
    let run = try shell(
      "printf 'hold\\nsave a.tape\\nsave b.tape\\nsave b.tape\\nsave! a.tape\\n' | \"$E\" run -")
    #expect(run.status == 1)
    #expect(run.output.contains("neither a tape nor a file of events; save! a.tape replaces it."))
    #expect(run.output.contains("1 line of 5 failed"))
    #expect(folder.text("a.tape")?.contains("hold") == true)
  }

  @Test(
    arguments: ["yes 'emit a B' |", "tr '\\0' a </dev/zero |"], [("run -", 3), ("import -", 1)])
  func `endless input is refused`(input: String, command: (String, Int32)) throws {
    let run = try shell("\(input) \"$E\" \(command.0)")
    #expect(run.status == command.1)
    #expect(run.output.hasPrefix("eventicle: standard input"), "\(run.output.prefix(300))")
    #expect(run.output.utf8.count < 500)
  }
}
