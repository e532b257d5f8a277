import TestSupport
import Testing

/// The power is cut at any call that changes a file: what was not synced is lost in part.
@Suite struct PowerCutTests {
  /// Cuts the power again and again.
  ///
  /// - Returns: What was wrong with the stores, and how often the power was cut.
  private func cuts(
    _ count: Int, seed: UInt64
  ) throws -> (problems: [String], cuts: Int) {
    var random = SeededRandom(seed: seed)
    let program = try StoreProgram()
    var (problems, cuts): ([String], Int) = ([], 0)
    while cuts < count {
      let lifeSeed = random.next()
      var life = try Life(in: program, seed: lifeSeed)
      // A store is made in some 115 calls; a line takes four, and closing about 30.
      var last = random.pick([60, 200, 200])
      var problem: String?
      while problem == nil, cuts < count, !life.rest.isEmpty {
        let fault = DiskFault(
          call: random.number(1...last), kind: .cut, seed: random.next())
        problem = try life.round(fault)
        cuts += 1
        Progress.count(cuts, "power cuts from seed \(seed)")
        last = 130
      }
      if problem == nil { problem = try life.finish() }
      if let problem { problems.append("seed \(lifeSeed), cut \(cuts): \(problem)") }
    }
    return (problems, cuts)
  }

  @Test(arguments: Rounds.lanes)
  func `what the program said before the power was cut is there`(lane: Int) throws {
    let (problems, cuts) = try cuts(Rounds.part(of: Rounds.cuts), seed: Rounds.seed(lane))
    #expect(problems == [])
    Progress.note("\(cuts) power cuts, \(problems.count) stores with less than was acknowledged")
  }

  @Test(arguments: [DiskFault.Lie.sync, .folder])
  func `a disk that makes nothing permanent is noticed`(lie: DiskFault.Lie) throws {
    var life = try Life(in: try StoreProgram(), seed: 7)
    #expect(try life.round(DiskFault(lie: lie, cutsAtEnd: true)) != nil)
  }
}
