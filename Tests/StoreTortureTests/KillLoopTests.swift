import Foundation
import TestSupport
import Testing

/// The program is killed from outside, at any moment.
@Suite struct KillLoopTests {
  @Test(arguments: Rounds.lanes)
  func `what the program said before it was killed is there`(lane: Int) throws {
    var random = SeededRandom(seed: Rounds.seed(lane))
    let program = try StoreProgram()
    var kills = 0
    while kills < Rounds.part(of: Rounds.kills) {
      let seed = random.next()
      var life = try Life(in: program, seed: seed)
      while !life.rest.isEmpty, kills < Rounds.part(of: Rounds.kills) {
        let (lines, turns) = (random.below(6), random.below(4_000))
        let problem = try life.round { child in
          var replies: [LineReply] = []
          while replies.count < lines, let line = child.line() {
            if let reply = try LineReply(line) { replies.append(reply) }
          }
          for _ in 0..<turns { sched_yield() }
          child.kill()
          return replies
        }
        try #require(problem == nil, "seed \(seed), kill \(kills): \(problem ?? "")")
        kills += 1
        Progress.count(kills, "kills in lane \(lane)")
      }
      let problem = try life.finish()
      try #require(problem == nil, "seed \(seed), after kill \(kills): \(problem ?? "")")
    }
    Progress.note("\(kills) kills, 0 acknowledged lines lost")
  }

  @Test(.enabled(if: TestEnvironment.isTorture))
  func `what the program said before strace killed it is there`() throws {
    let program = try StoreProgram()
    var rounds = 0
    // The program's own files are opened by some forty calls before it comes to the store.
    for call in 1...200 {
      var life = try Life(in: program, seed: 1, lines: 4)
      let (problem, hasRun) = try life.round { try $0.runTraced($1, killedAt: call) }
      guard hasRun else {
        Progress.note("no kills by strace: it is not there, or may not trace")
        return
      }
      #expect(problem == nil, "call \(call)")
      if problem == nil { #expect(try life.finish() == nil, "after call \(call)") }
      rounds += 1
    }
    Progress.note("\(rounds) kills by strace, 0 acknowledged lines lost")
  }
}
