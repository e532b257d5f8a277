import EventicleCore
import TestSupport
import Testing

@testable import EventicleSQLite

/// Several programs on one store.
@Suite struct RaceTests {
  @Test func `of programs at once one writes, and the others are told`() throws {
    let programs = [try StoreProgram()]
    let disk = programs[0].disk
    let all =
      programs + [
        try StoreProgram(disk: disk), try StoreProgram(disk: disk), try StoreProgram(disk: disk),
      ]
    // The folder goes with the first of them, which optimised code could let go before the end.
    defer { withExtendedLifetime(all) {} }
    var (kept, refused): ([String], Int) = ([], 0)
    for round in 0..<(TestEnvironment.isTorture ? 500 : 3) {
      let lines = all.indices.map { "emit notes Noted n-\(round)-\($0)" }
      let children = try zip(all, lines).map { program, line in
        try program.start(StoreProgram.running(program.path()), [line])
      }
      for (number, child) in children.enumerated() {
        let outcome = try all[number].outcome(of: child)
        if outcome.ending == .exited(0) {
          #expect(outcome.replies.map(\.isKept) == [true])
          kept.append(lines[number])
        } else {
          #expect(outcome.ending == .exited(3) && outcome.replies.isEmpty)
          #expect(
            outcome.complaint.hasPrefix("eventicle: ") && outcome.complaint.hasSuffix(".\n"),
            "\(outcome.complaint)")
          refused += 1
        }
      }
      #expect(try Store.verify(all[0].path()) == [])
    }
    let store = try Store.open(all[0].path(), .read)
    #expect(store.file.lines.map(\.line).sorted() == kept.sorted())
    #expect(!kept.isEmpty)
    Progress.note("\(kept.count) lines of programs at once, \(refused) programs refused")
  }

  @Test func `who reads with SQL beside a writer sees a store that grows`() throws {
    let program = try StoreProgram()
    _ = try program.run(["emit notes Noted n-0"])
    let lines = Story.lines(TestEnvironment.isTorture ? 400 : 25, seed: 3)
    var (looks, last) = (0, 0)
    for run in 0..<(TestEnvironment.isTorture ? 20 : 2) {
      let lines = lines.map { $0.replacing("n-", with: "n-\(run)-") }
      let child = try program.start(StoreProgram.running(program.path()), lines)
      let database = try Database(program.path(), .read)
      defer { database.close() }
      var replies: [LineReply] = []
      while let line = child.line() {
        guard let reply = try LineReply(line) else { continue }
        replies.append(reply)
        let count = try database.number("SELECT count(*) FROM event")
        let reached = try database.number("SELECT max(position) FROM event")
        // At least what was acknowledged, and no hole; more when the writer has gone on.
        #expect(reached >= reply.position && reached >= last && count <= reached)
        #expect(try database.number("SELECT count(*) FROM event WHERE position <= 0") == 0)
        (last, looks) = (reached, looks + 1)
      }
      #expect(child.wait() == .exited(0))
      #expect(replies.count == lines.count && replies.allSatisfy(\.isKept))
    }
    #expect(try Store.verify(program.path()) == [])
    Progress.note("\(looks) looks beside a writer")
  }
}
