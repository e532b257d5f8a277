import Foundation
import TestSupport
import Testing

/// Two programs on one store.
@Suite(.serialized, .timeLimit(.minutes(5))) struct FollowerJourneys {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func start(_ arguments: [String]) throws -> Journey {
    try Journey(
      ProgramUnderTest.path(), arguments,
      environment: [
        "TERM": "xterm-256color", "HOME": folder.path, "XDG_STATE_HOME": folder.file("state"),
      ], columns: 110, directory: folder.path)
  }

  private func console(_ arguments: [String] = []) throws -> Journey {
    try start(["--at", "2026-01-01T09:00:00Z", "--store", "shop.eventicle"] + arguments)
  }

  private func placeOrder(_ journey: Journey, _ number: Int) throws {
    journey.send(":do PlaceOrder customer=c-\(number) total:=59<Enter>")
    try journey.wait("the events of the order") {
      $0.contains("order-\(number)") && !$0.contains(":do PlaceOrder")
    }
  }

  @Test func `a second console follows the first, and takes over when it has left`() throws {
    let writer = try console()
    try writer.wait(for: "1 Start")
    try placeOrder(writer, 1)

    let reader = try console()
    try reader.wait(for: "READ ONLY pid")
    try reader.wait(for: "this program follows it and writes nothing")
    try reader.wait(for: "order-1")
    // Without a key pressed.
    try placeOrder(writer, 2)
    try reader.wait(for: "order-2")
    reader.send(":do PlaceOrder customer=c-9 total:=9<Enter>")
    try reader.wait("the refusal under the line") {
      $0.contains(":do PlaceOrder customer=c-9") && $0.contains("writes nothing")
    }
    reader.send("<Esc>")
    try reader.wait(forGone: ":do PlaceOrder")
    // It cannot be taken over yet, and is followed on.
    reader.send(":open shop.eventicle<Enter>")
    try reader.wait(for: "open it for reading, or end that process")
    // Who looks at the past stays there while the writer goes on.
    reader.send(":goto #1<Enter>")
    try reader.wait(for: "PAST")
    try placeOrder(writer, 3)
    reader.send("L")
    try reader.wait(for: "order-3")
    try reader.wait(forGone: "PAST")

    writer.send("q")
    try writer.expectCleanEnd(.exited(code: 0))
    try reader.wait(for: "READ ONLY")
    try reader.wait(for: "has left shop.eventicle; open shop.eventicle goes on with it")
    reader.send(":open shop.eventicle<Enter>")
    try reader.wait(for: "opened shop.eventicle")
    try reader.wait(for: "LIVE")
    try placeOrder(reader, 4)
    reader.send("q")
    try reader.expectCleanEnd(.exited(code: 0))
  }

  @Test func `many commits of a program without a screen are shown as they come`() throws {
    let lines = (1...1_500).map { "emit notes Noted n-\($0) number:=\($0)" }
    try folder.write("emit notes Begun n-0\n", to: "first.tape")
    try folder.write(lines.joined(separator: "\n") + "\n", to: "many.tape")
    let first = try start(["run", "first.tape", "--store", "shop.eventicle"])
    #expect(try first.exitStatus() == .exited(code: 0))
    let reader = try console(["--read-only"])
    try reader.wait(for: "READ ONLY")
    try reader.wait(for: "Begun")

    let writer = try start(["run", "many.tape", "--store", "shop.eventicle", "--sync", "batch"])
    try reader.wait(for: "READ ONLY pid")
    #expect(try writer.exitStatus() == .exited(code: 0))
    try reader.wait(for: "n-1500")
    try reader.wait(for: "READ ONLY")
    reader.send("q")
    try reader.expectCleanEnd(.exited(code: 0))
  }

  @Test func `programs without a screen refuse a store that is held, and look at it if asked`()
    throws
  {
    let writer = try console()
    try writer.wait(for: "1 Start")
    try placeOrder(writer, 1)
    try folder.write("events type:OrderCreated\n", to: "look.tape")
    try folder.write("emit notes Noted n-1\n", to: "act.tape")
    for arguments in [["run", "act.tape"], ["import", "none.ndjson"]] {
      let other = try start(arguments + ["--store", "shop.eventicle"])
      #expect(try other.exitStatus() == .exited(code: 3))
      #expect(other.terminal.contains("The store is open in process"))
    }
    let look = try start(["run", "look.tape", "--store", "shop.eventicle", "--read-only"])
    #expect(try look.exitStatus() == .exited(code: 0))
    #expect(look.terminal.contains("order-1"))
    let act = try start(["run", "act.tape", "--store", "shop.eventicle", "--read-only"])
    #expect(try act.exitStatus() == .exited(code: 1))
    #expect(act.terminal.contains("writes nothing"))
    let frame = try start(["frame", "--store", "shop.eventicle", "--size", "100x24"])
    #expect(try frame.exitStatus() == .exited(code: 0))
    #expect(frame.terminal.contains("order-1"))
    writer.send("q")
    try writer.expectCleanEnd(.exited(code: 0))
  }

  @Test func `a damaged store is shown as far as it is whole, and never written to`() throws {
    var writer = try console()
    try writer.wait(for: "1 Start")
    try placeOrder(writer, 1)
    writer.send("q")
    try writer.expectCleanEnd(.exited(code: 0))
    writer = try console()
    try writer.wait(for: "order-1")
    try placeOrder(writer, 2)
    let program = try #require(LiveProcess.firstChild(of: writer.process))
    kill(program.pid, SIGKILL)
    try writer.waitUntilNobodyIsLeft()
    try FileManager.default.removeItem(atPath: folder.file("shop.eventicle-wal"))

    let before = try Data(contentsOf: URL(fileURLWithPath: folder.file("shop.eventicle")))
    try folder.write("emit notes Noted n-1\n", to: "act.tape")
    let run = try start(["run", "act.tape", "--store", "shop.eventicle"])
    #expect(try run.exitStatus() == .exited(code: 3))
    #expect(run.terminal.contains("whole up to j"))
    let reader = try console()
    try reader.wait(for: "READ ONLY")
    try reader.wait(for: "damaged")
    try reader.wait(for: "whole up to j")
    try reader.wait(for: "order-1")
    reader.send("q")
    try reader.expectCleanEnd(.exited(code: 0))
    let after = try Data(contentsOf: URL(fileURLWithPath: folder.file("shop.eventicle")))
    #expect(after == before)
  }

  @Test func `the header says how long a commit may wait`() throws {
    let journey = try console(["--sync", "batch"])
    try journey.wait(for: "sync ≤50ms")
    try placeOrder(journey, 1)
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
  }
}
