internal import CSupervisor

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Keeps a child and the thread that asks it on one core while many requests follow each other.
///
/// The two alternate strictly, so that neither gains from a core of its own, and waking one on another
/// core takes longer than most requests.
struct NodeBurst {
  /// After how many requests without a rest it begins.
  private static let beginning = 64

  private var requests = 0
  private var isKept = false
  private var child: pid_t = 0
  private var thread = pthread_self()

  /// Counts a request to a child.
  mutating func count(_ pid: pid_t) {
    requests += 1
    guard requests == NodeBurst.beginning else { return }
    let core = supervisor_core()
    guard core >= 0, supervisor_pin(0, core) == core else { return }
    (isKept, child, thread) = (true, pid, pthread_self())
    _ = supervisor_pin(pid, core)
  }

  /// Lets both run anywhere again.
  mutating func rest() {
    requests = 0
    // Another thread cannot let that one go.
    guard isKept, pthread_equal(thread, pthread_self()) != 0 else { return }
    isKept = false
    _ = supervisor_pin(0, -1)
    _ = supervisor_pin(child, -1)
  }
}
