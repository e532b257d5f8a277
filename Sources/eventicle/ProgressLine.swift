import EventicleCore
import EventicleWorkbench
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Says on a terminal how far work is that takes long, in one line that is written over; nothing
/// where standard error is none.
final class ProgressLine: Sendable {
  private let activity: String
  private let isShown: Bool
  /// When something was last written; the first time only after a while.
  private let last: Mutex<ContinuousClock.Instant>
  private let isThere = Mutex(false)

  /// Begins work, such as "checking".
  init(_ activity: String = "") {
    self.activity = activity
    isShown = isatty(2) == 1
    last = Mutex(ContinuousClock.now + .milliseconds(300))
  }

  /// Clears the line.
  deinit { clear() }

  /// Tells how many entries of how many are done.
  func tell(_ done: Int, _ total: Int) {
    write { "\(activity): \(done.grouped) of \(total.grouped) entries" }
  }

  /// Tells how far work is.
  func show(_ progress: WorkProgress) {
    write {
      "\(progress.activity) \(progress.done.grouped)"
        + (progress.total.map { " of \($0.grouped)" } ?? "")
    }
  }

  /// Takes the line away.
  func clear() {
    let wasThere = isThere.withLock { isThere in
      defer { isThere = false }
      return isThere
    }
    if wasThere { Output.progress("") }
  }

  private func write(_ text: () -> String) {
    guard isShown else { return }
    let isDue = last.withLock { last in
      guard ContinuousClock.now - last > .milliseconds(100) else { return false }
      last = ContinuousClock.now
      return true
    }
    guard isDue else { return }
    isThere.withLock { $0 = true }
    Output.progress(text())
  }
}
