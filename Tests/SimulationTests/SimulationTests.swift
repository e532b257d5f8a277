import Simulation
import TestSupport
import Testing

@Suite struct SimulationTests {
  @Test(arguments: Array(0..<8).map { UInt64($0) })
  func `random domains keep every invariant through crashes`(batch: UInt64) {
    for seed in batch * 25..<(batch + 1) * 25 {
      let result = Simulation.run(seed)
      #expect(
        result.violation == nil,
        """
        seed \(seed), action \(result.violation?.action ?? 0): \
        \(result.violation?.sentence ?? ""); again: eventicle-simulate --seed \(seed)
        """)
    }
  }

  @Test(arguments: Array(0..<8).map { UInt64($0) })
  func `a world that rests on a store does the same, through crashes too`(batch: UInt64) {
    var options = RunOptions()
    options.restsOnStore = true
    for seed in batch * 25..<(batch + 1) * 25 {
      let (result, plain) = (Simulation.run(seed, options), Simulation.run(seed))
      #expect(
        result.violation == nil,
        "seed \(seed), action \(result.violation?.action ?? 0): \(result.violation?.sentence ?? "")"
      )
      #expect(result.digest == plain.digest, "seed \(seed)")
    }
  }

  @Test(arguments: Array(0..<16).map { UInt64($0) })
  func `inputs performed again give the same steps, and every moment its world`(batch: UInt64) {
    for seed in batch * 625..<(batch + 1) * 625 {
      let result = Simulation.run(seed, .brief)
      #expect(
        result.violation == nil,
        """
        seed \(seed): \(result.violation?.sentence ?? ""); again: \
        eventicle-simulate --brief yes --seed \(seed)
        """)
    }
  }

  @Test(arguments: seeds(4)) func `the same seed gives the same run`(seed: UInt64) {
    let first = Simulation.run(seed)
    let second = Simulation.run(seed)
    #expect(first.digest == second.digest)
    #expect(first.steps == second.steps)
    #expect(first.recoveries == second.recoveries)
    #expect(Simulation.run(seed + 1_000).digest != first.digest)
  }

  @Test func `the same seeds print the same, in any number of lanes`() async {
    let first = await Simulation.run(300..<312, lanes: 1)
    let again = await Simulation.run(300..<312, lanes: 1)
    let beside = await Simulation.run(300..<312, lanes: 3)
    let others = await Simulation.run(301..<313, lanes: 1)
    #expect(again.text == first.text)
    #expect(beside.text == first.text)
    #expect(others.text != first.text)
    #expect(first.text.contains("12 seeds"))
    #expect(first.text.contains("0 violations"))
  }

  @Test func `actions to be left out are left out`() {
    let whole = Simulation.run(7)
    var options = RunOptions()
    options.without = Set(0..<options.actions)
    let empty = Simulation.run(7, options)
    #expect(empty.violation == nil)
    #expect(empty.deliveries == 0)
    #expect(empty.steps < whole.steps)
  }

  @Test func `a run without crashes loses no engine`() {
    var options = RunOptions()
    options.hasCrashes = false
    var summary = Simulation.Summary()
    for seed in 0..<4 { summary.add(UInt64(seed), Simulation.run(UInt64(seed), options)) }
    #expect(summary.violations.isEmpty)
    // Only those who come and go are begun anew, at the end.
    #expect(summary.recoveries <= 4)
  }

  @Test func `the digest does not depend on the order of the seeds`() {
    let results = (0..<6).map { (UInt64($0), Simulation.run(UInt64($0))) }
    var forward = Simulation.Summary()
    var backward = Simulation.Summary()
    for (seed, result) in results { forward.add(seed, result) }
    for (seed, result) in results.reversed() { backward.add(seed, result) }
    #expect(forward.digest == backward.digest)
    #expect(forward.recoveries == backward.recoveries)
  }

  @Test func `runs include crashes, sagas and the passing of time`() {
    var summary = Simulation.Summary()
    for seed in 0..<20 { summary.add(UInt64(seed), Simulation.run(UInt64(seed))) }
    #expect(summary.recoveries > 100)
    #expect(summary.sagas > 5)
    #expect(summary.endedSagas == summary.sagas)
    #expect(summary.milliseconds > 0)
  }

  @Test func `a run that breaks no invariant is not shrunk`() {
    #expect(Simulation.shrink(1) == nil)
  }
}
