import EventicleSamples
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// How far behind its writer a follower is.
@Suite struct FollowerPaceTests {
  /// The times at which entries were acknowledged, in seconds.
  private final class Acknowledged: Sendable {
    private let times = Mutex<[Double]>([])
    private let ended = Mutex(false)
    static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }

    func note() { times.withLock { $0.append(Self.now) } }

    /// How long ago the first entry was acknowledged that somebody lacks; 0 when none is lacking.
    func lag(after count: Int) -> Double {
      times.withLock { count < $0.count ? Self.now - $0[count] : 0 }
    }

    var count: Int { times.withLock { $0.count } }
    var hasEnded: Bool { ended.withLock { $0 } }

    func end() { ended.withLock { $0 = true } }
  }

  /// Commits a second; a program that is not optimised does a tenth of the work.
  private static var rate: Int {
    #if DEBUG
      300
    #else
      3_000
    #endif
  }

  @Test(.enabled(if: TestEnvironment.isTorture))
  func `beside a writer that never rests a follower is less than a second behind`() throws {
    let (rate, seconds) = (Self.rate, 5)
    let bench = try StoreBench()
    var plain = try Session(.shop)
    #expect(plain.run("emit notes Noted n-1 number:=1 --count \(rate * seconds)").problem == nil)
    var steps: [StoredStep] = []
    plain.timeline.forEachStep(home: plain.domain.aggregateKey) { step in
      steps.append(step)
      return true
    }
    // The disk's own speed is not what is looked at.
    let journal = try SQLiteJournal.open(
      SQLiteJournal.Opening(path: bench.path("shop"), now: 1, sync: .batch), .write)
    #expect(journal.begin(plain.timeline.start, of: "shop") == nil)
    let reader = try bench.journal("shop", .readWhole)
    var session = try Session(.shop, store: Store(reader))
    let acknowledged = Acknowledged()
    let start = Acknowledged.now
    let writer = Thread { [steps] in
      for (number, step) in steps.enumerated() {
        // Never faster than the rate, as fast as can be when behind it, and not for ever.
        guard Acknowledged.now < start + Double(3 * seconds) else { break }
        while Acknowledged.now < start + Double(number) / Double(rate) { usleep(100) }
        journal.append(step)
        guard journal.commit() == nil else { break }
        acknowledged.note()
      }
      acknowledged.end()
    }
    writer.start()
    var worst = 0.0
    var took = 0.0
    while !acknowledged.hasEnded || session.timeline.count < acknowledged.count {
      usleep(200_000)
      if !acknowledged.hasEnded { took = Acknowledged.now - start }
      var isBehind = true
      while isBehind {
        let before = session.timeline.count
        isBehind = session.rest().next == Interval(milliseconds: 0)
        // When the first of these became visible.
        worst = max(worst, acknowledged.lag(after: before))
      }
    }
    #expect(session.timeline.count == acknowledged.count && session.storeFile?.fault == nil)
    #expect(worst < 1, "\(worst) s behind; \(Double(acknowledged.count) / took) commits a second")
  }
}
