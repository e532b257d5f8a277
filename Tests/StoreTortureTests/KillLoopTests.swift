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
}
