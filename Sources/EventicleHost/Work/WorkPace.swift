internal import Dispatch
package import EventicleCore
internal import Synchronization

/// Says how long a job runs, and when it is time to show more of it.
package final class WorkPace: Sendable {
  private let start = Atomic<UInt64>(DispatchTime.now().uptimeNanoseconds)
  private let next = Atomic<UInt64>(0)
  private let interval: UInt64
  private let isCounted = Atomic(false)

  /// Creates a pace.
  ///
  /// - Parameter interval: How long to wait between two showings; at least 1 ms.
  package init(every interval: Interval) {
    self.interval = UInt64(max(1, interval.milliseconds)) * 1_000_000
  }

  /// Begins a job: the first showing is due after the interval.
  package func begin() {
    let now = DispatchTime.now().uptimeNanoseconds
    start.store(now, ordering: .relaxed)
    next.store(now + interval, ordering: .relaxed)
    isCounted.store(false, ordering: .relaxed)
  }

  /// Whether it is time to show more: once in every interval.
  ///
  /// Costs a look at the clock.
  package func isDue() -> Bool {
    let now = DispatchTime.now().uptimeNanoseconds
    guard now >= next.load(ordering: .relaxed) else { return false }
    next.store(now + interval, ordering: .relaxed)
    return true
  }

  /// Whether a progress that is due is worth showing.
  ///
  /// One that knows its end always is; another one only if none that knows its end comes soon. One
  /// that is not shown leaves its turn to the next.
  package func prefers(isCounted isNewCounted: Bool) -> Bool {
    if isNewCounted {
      isCounted.store(true, ordering: .relaxed)
      return true
    }
    let patience = Interval(milliseconds: Int64(interval / 1_000_000) * 2)
    if !isCounted.load(ordering: .relaxed), elapsed > patience { return true }
    next.store(0, ordering: .relaxed)
    return false
  }

  /// The time since the job began.
  package var elapsed: Interval {
    let now = DispatchTime.now().uptimeNanoseconds
    return Interval(milliseconds: Int64((now - start.load(ordering: .relaxed)) / 1_000_000))
  }
}
