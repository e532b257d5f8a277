internal import Foundation

/// Does jobs in order on a thread of its own, on a state that no other thread touches.
///
/// Jobs go into a mailbox; the values that they put out wait until their reader takes them. Nobody
/// waits for a job.
package final class WorkThread<State: Sendable, Output: Sendable>: @unchecked Sendable {
  // All but the state is read and written under the lock; the state belongs to the thread.

  /// A piece of work on the state.
  package typealias Job = @Sendable (inout State, WorkOutlet<Output>) -> Void

  /// Where the jobs put their values.
  package let outlet: WorkOutlet<Output>
  private let lock = NSCondition()
  private var jobs: [Job] = []
  private var hasEnded = false
  private var state: State

  /// Room for handlers and filters that go deep, as on the main thread.
  private static var stackBytes: Int { 8 << 20 }

  /// Starts a thread.
  ///
  /// - Parameters:
  ///   - state: What the jobs work on.
  ///   - name: The thread's name in a debugger.
  ///   - outlet: Where the jobs put their values.
  package init(_ state: State, name: String, outlet: WorkOutlet<Output>) {
    self.state = state
    self.outlet = outlet
    let thread = Thread { [self] in work() }
    thread.name = name
    thread.stackSize = Self.stackBytes
    thread.start()
  }

  /// Posts a job; one that is posted after ``end()`` is not done.
  package func post(_ job: @escaping Job) {
    lock.lock()
    if !hasEnded { jobs.append(job) }
    lock.signal()
    lock.unlock()
  }

  /// Ends the thread after the job that runs, which is told to stop; waiting jobs are dropped.
  package func end() {
    lock.lock()
    hasEnded = true
    jobs = []
    lock.signal()
    lock.unlock()
    outlet.stop()
  }

  private func next() -> Job? {
    lock.lock()
    defer { lock.unlock() }
    while jobs.isEmpty, !hasEnded { lock.wait() }
    guard !hasEnded else { return nil }
    // Under the lock, so that a stop never meets the job before it.
    outlet.begin()
    return jobs.removeFirst()
  }

  private func work() {
    while let job = next() { job(&state, outlet) }
  }
}
