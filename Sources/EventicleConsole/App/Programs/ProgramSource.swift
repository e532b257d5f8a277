import Dispatch
import Synchronization

/// Hears when the program behind a domain wants something by itself, while nothing else is done.
// Safe: the source is thread-safe and never changes; what changes is atomic.
final class ProgramSource: @unchecked Sendable {
  private let source: any DispatchSourceRead
  private let isSuspended = Atomic(false)

  /// - Parameter body: Called on another thread when there is something to take; nothing more is
  ///   heard until ``goOn()``.
  init(_ descriptor: Int32, _ body: @escaping @Sendable (ProgramSource) -> Void) {
    source = DispatchSource.makeReadSource(
      fileDescriptor: descriptor, queue: DispatchQueue(label: "program"))
    source.setEventHandler { [weak self] in
      guard let self else { return }
      // What is not taken yet would be told again and again.
      source.suspend()
      isSuspended.store(true, ordering: .sequentiallyConsistent)
      body(self)
    }
    source.activate()
  }

  /// Hears again, after what there was has been taken.
  func goOn() {
    let change = isSuspended.compareExchange(
      expected: true, desired: false, ordering: .sequentiallyConsistent)
    if change.exchanged { source.resume() }
  }

  deinit {
    source.cancel()
    // Dispatch does not let go of a source that is suspended.
    goOn()
  }
}
