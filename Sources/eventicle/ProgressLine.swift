import EventicleCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Says on a terminal how far work is that takes long, in one line that is written over.
final class ProgressLine: Sendable {
  private let activity: String
  private let isShown: Bool
  /// When something was last written; the first time only after a while.
  private let last: Mutex<ContinuousClock.Instant>

  /// Begins work, such as "checking".
  init(_ activity: String) {
    self.activity = activity
    isShown = isatty(2) == 1
    last = Mutex(ContinuousClock.now + .milliseconds(400))
  }

  /// Clears the line.
  deinit { if isShown, last.withLock({ $0 }) < ContinuousClock.now { Output.progress("") } }

  /// Tells how many parts of how many are done.
  func tell(_ done: Int, _ total: Int) {
    guard isShown else { return }
    let isDue = last.withLock { last in
      guard ContinuousClock.now - last > .milliseconds(100) else { return false }
      last = ContinuousClock.now
      return true
    }
    if isDue { Output.progress("\(activity): \(done.grouped) of \(total.grouped) entries") }
  }
}
