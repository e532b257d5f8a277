import Foundation
import TestSupport
import Testing

/// File systems that are shut down under the program; the simulated power cuts are compared with them.
@Suite(.serialized) struct ShutdownTests {
  @Test(.enabled(if: Rounds.shutdowns > 0), arguments: LoopDisk.Kind.allCases)
  func `what the program said before a file system was shut down is there`(
    kind: LoopDisk.Kind
  ) throws {
    if let obstacle = LoopDisk.obstacle(kind) {
      Progress.note("no shutdowns of \(kind): \(obstacle)")
      return
    }
    let disk = try LoopDisk(kind)
    let program = try StoreProgram(disk: disk.folder)
    var random = SeededRandom(seed: 5)
    var rounds = 0
    while rounds < Rounds.shutdowns {
      let seed = random.next()
      var life = try Life(in: program, seed: seed, on: nil)
      while rounds < Rounds.shutdowns, !life.rest.isEmpty {
        let (lines, turns) = (random.below(6), random.below(4_000))
        let problem = try life.round { child in
          var replies: [LineReply] = []
          while replies.count < lines, let line = child.line() {
            if let reply = try LineReply(line) { replies.append(reply) }
          }
          for _ in 0..<turns { sched_yield() }
          // A sync that is under way while the file system ends may say that it worked.
          child.stop()
          try disk.cutPower()
          child.kill()
          _ = child.wait()
          try disk.unmount()
          try disk.mount()
          return replies
        }
        try #require(problem == nil, "seed \(seed), shutdown \(rounds): \(problem ?? "")")
        rounds += 1
        Progress.count(rounds, "shutdowns of \(kind)")
      }
      let problem = try life.finish()
      try #require(problem == nil, "seed \(seed), after shutdown \(rounds): \(problem ?? "")")
    }
    Progress.note("\(rounds) shutdowns of \(kind), 0 acknowledged lines lost")
  }
}
