import TestSupport
import Testing

/// A disk that is full again and again, until somebody makes room.
@Suite struct FullDiskTests {
  @Test(arguments: Rounds.lanes)
  func `a full disk costs the line alone`(lane: Int) throws {
    var random = SeededRandom(seed: Rounds.seed(lane))
    let program = try StoreProgram()
    var (rounds, refused, lost) = (0, 0, 0)
    while rounds < Rounds.part(of: Rounds.fullDisks) {
      try program.clear()
      let seed = random.next()
      var ledger = try Ledger()
      let lines = Story.lines(30, seed: seed)
      let fault = DiskFault(
        room: random.number(100_000...900_000), relief: random.number(1...6))
      let outcome = try program.run(lines, fault)
      guard !outcome.replies.isEmpty else {
        // Not even the store had room.
        #expect(outcome.ending == .exited(3) && outcome.complaint.hasSuffix(".\n"))
        #expect(try program.run([]).ending == .exited(0), "seed \(seed)")
        refused += outcome.report?.refused ?? 0
        rounds += 1
        continue
      }
      #expect(outcome.ending == .exited(0) || outcome.ending == .exited(1), "seed \(seed)")
      let problem = ledger.audit(program.path(), lines, outcome.replies)
      #expect(problem == nil, "seed \(seed)")
      var position = 0
      for reply in outcome.replies {
        // What the session shows after a failure is what the store has.
        if !reply.isKept { #expect(reply.position == position, "seed \(seed)") }
        if !reply.isKept { lost += 1 }
        position = reply.position
      }
      refused += outcome.report?.refused ?? 0
      rounds += max(1, (outcome.report?.refused ?? 0) / max(1, fault.relief))
      Progress.note("\(rounds) full disks in lane \(lane) so far")
      let rest = try program.run(["emit notes Noted n-end"])
      #expect(rest.ending == .exited(0), "seed \(seed): \(rest.complaint)")
      #expect(
        ledger.audit(program.path(), ["emit notes Noted n-end"], rest.replies) == nil,
        "seed \(seed)")
    }
    #expect(refused > 0)
    Progress.note("\(rounds) full disks, \(refused) refusals, \(lost) lines to be done again")
  }

  @Test(.enabled(if: TestEnvironment.isTorture))
  func `a small file system that is full costs the line alone`() throws {
    guard let disk = try SmallDisk(megabytes: 3) else {
      Progress.note("no small file system: only the superuser can mount one")
      return
    }
    let program = try StoreProgram(disk: disk.folder)
    var random = SeededRandom(seed: 11)
    var (rounds, lost) = (0, 0)
    while rounds < Rounds.fullDisks {
      let seed = random.next()
      try disk.empty()
      var life = try Life(in: program, seed: seed, lines: 60, on: nil)
      while rounds < Rounds.fullDisks, !life.rest.isEmpty {
        try disk.fill(leaving: random.number(0...400_000))
        let problem = try life.round { child in
          var replies: [LineReply] = []
          while let line = child.line() {
            if let reply = try LineReply(line) { replies.append(reply) }
          }
          lost += replies.count { !$0.isKept }
          try disk.empty()
          return replies
        }
        #expect(problem == nil, "seed \(seed), round \(rounds)")
        if problem != nil { break }
        rounds += 1
        Progress.count(rounds, "full file systems")
      }
    }
    #expect(lost > 0)
    Progress.note("\(rounds) full file systems, \(lost) lines to be done again")
  }
}
