internal import Synchronization

/// Where the jobs of a ``WorkThread`` put their values, and learn that they must end.
package final class WorkOutlet<Output: Sendable>: Sendable {
  private struct Entry: Sendable {
    let output: Output
    let kind: Int?
  }

  private let waiting = Mutex<[Entry]>([])
  private let isStopped = Atomic(false)
  private let wake: @Sendable () -> Void

  /// Creates an outlet.
  ///
  /// - Parameter wake: Called on the job's thread when values wait that did not before.
  package init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  /// Whether the job that runs may go on; cheap enough to ask after every step.
  package var goesOn: Bool { !isStopped.load(ordering: .relaxed) }

  /// Puts a value out.
  ///
  /// - Parameter kind: A value of this kind that nobody has taken yet is dropped: only the newest
  ///   counts.
  package func put(_ output: Output, replacing kind: Int? = nil) {
    let isFirst = waiting.withLock { entries in
      let wasEmpty = entries.isEmpty
      if let kind { entries.removeAll { $0.kind == kind } }
      entries.append(Entry(output: output, kind: kind))
      return wasEmpty
    }
    if isFirst { wake() }
  }

  /// Takes all values put out since the last call, oldest first.
  package func take() -> [Output] {
    waiting.withLock { entries in
      defer { entries = [] }
      return entries.map(\.output)
    }
  }

  /// Tells the job that runs to end at its next step.
  package func stop() { isStopped.store(true, ordering: .relaxed) }

  func begin() { isStopped.store(false, ordering: .relaxed) }
}
