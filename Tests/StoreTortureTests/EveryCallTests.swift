import Foundation
import TestSupport
import Testing

/// Every call that changes a file is, one after the other, the last one or one that fails.
@Suite struct EveryCallTests {
  /// The calls to try: all of them in the slow tier, one that a seed draws in the fast one.
  private func calls(_ count: Int, seed: Int) -> [Int] {
    if TestEnvironment.isTorture || count < 2 { return Array(1..<(count + 1)) }
    var random = SeededRandom(seed: UInt64(seed))
    return [random.number(1...count)]
  }

  @Test(arguments: Scenario.allCases)
  func `the end at any call loses nothing that was said`(scenario: Scenario) throws {
    let stage = try Stage(scenario)
    let count = try stage.count().count(of: "owtsu")
    var rounds = 0
    for kind in [DiskFault.Kind.cut, .kill, .killInWrite].prefix(TestEnvironment.isTorture ? 3 : 2)
    {
      for call in calls(count, seed: rounds) {
        let played = try stage.play(DiskFault(call: call, kind: kind, seed: UInt64(call)))
        #expect(played.problem == nil, "\(kind) at call \(call) of \(count)")
        rounds += 1
        Progress.count(rounds, "ends of \(scenario)")
      }
    }
    Progress.note("\(scenario): \(rounds) ends at \(count) calls")
  }

  @Test func `a store whose making was cut off is made again`() throws {
    let stage = try Stage(.making)
    for call in stride(from: 12, through: 60, by: TestEnvironment.isTorture ? 1 : 8) {
      let played = try stage.play(DiskFault(call: call, kind: .kill))
      #expect(played.problem == nil, "kill at call \(call)")
      #expect(played.outcome.replies.isEmpty)
    }
  }

  private static let errors: [(calls: String, number: Int32)] = [
    ("w", EIO), ("s", EIO), ("w", ENOSPC), ("s", ENOSPC), ("w", EINTR), ("s", EINTR), ("t", EIO),
    ("o", EMFILE), ("o", EACCES), ("u", EIO),
  ]

  /// The errors to try: all in the slow tier, some of them in the fast one.
  private func errors(_ scenario: Scenario) -> [(calls: String, number: Int32)] {
    guard !TestEnvironment.isTorture else { return Self.errors }
    let first = 2 * (Scenario.allCases.firstIndex(of: scenario) ?? 0)
    return (first..<first + 2).map { Self.errors[$0 % Self.errors.count] }
  }

  @Test(arguments: Scenario.allCases)
  func `an error at any call is told, and loses nothing that was said`(scenario: Scenario) throws {
    let stage = try Stage(scenario)
    let report = try stage.count()
    var (rounds, told) = (0, 0)
    for (calls, number) in errors(scenario) {
      let count = report.count(of: calls)
      for call in self.calls(count, seed: rounds) {
        let fault = DiskFault(
          calls: calls, call: call, kind: .error(number), cutsAtEnd: !scenario.makesAnother)
        let played = try stage.play(fault)
        let place = "error \(number) at \(calls)\(call) of \(count)"
        #expect(played.problem == nil, "\(place)")
        if number == EINTR, calls == "w" {
          #expect(played.outcome.ending == .exited(0), "\(place): \(played.outcome.complaint)")
        }
        let failed = played.outcome.replies.filter { !$0.isKept }
        let isUnsure = failed.contains { $0.problem?.hasPrefix("Writing to the store") ?? false }
        if isUnsure, scenario != .making {
          #expect(played.outcome.report?.later == 0, "\(place): it writes after that")
          #expect(played.outcome.replies.last?.isKept == false, "\(place)")
        }
        rounds += 1
        Progress.count(rounds, "errors of \(scenario)")
        told += played.outcome.ending == .exited(0) ? 0 : 1
      }
    }
    Progress.note("\(scenario): \(rounds) errors, \(told) told at the end")
  }

  @Test(arguments: TestEnvironment.isTorture ? Scenario.allCases : [.making, .recovering])
  func `a write that is done in part is gone on with`(scenario: Scenario) throws {
    let stage = try Stage(scenario)
    let count = try stage.count().count(of: "w")
    for call in calls(count, seed: 0) {
      let played = try stage.play(DiskFault(calls: "w", call: call, kind: .short))
      #expect(played.problem == nil, "short write \(call) of \(count)")
      #expect(played.outcome.ending == .exited(0), "\(played.outcome.complaint)")
    }
  }
}
