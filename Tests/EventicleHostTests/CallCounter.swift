import Synchronization

/// Counts calls from any thread.
final class CallCounter: Sendable {
  private let total = Mutex(0)

  var count: Int { total.withLock { $0 } }

  func add() { total.withLock { $0 += 1 } }
}
