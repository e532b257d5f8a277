import Dispatch
import EventicleCore

/// One timer for what a session does while nobody works.
final class RestTimer: Sendable {
  // A dispatch source may be used from any thread.
  nonisolated(unsafe) private let source: any DispatchSourceTimer

  /// Creates a timer that rings on another thread once it is set.
  init(_ ring: @escaping @Sendable (RestTimer) -> Void) {
    source = DispatchSource.makeTimerSource(queue: .global(qos: .userInitiated))
    source.setEventHandler { [weak self] in if let self { ring(self) } }
    source.schedule(deadline: .distantFuture)
    source.activate()
  }

  deinit { source.cancel() }

  /// Lets it ring once after so long, in place of any earlier setting; `nil` turns it off.
  func set(_ delay: Interval?) {
    guard let delay else { return source.schedule(deadline: .distantFuture) }
    source.schedule(
      deadline: .now() + .milliseconds(Int(delay.milliseconds)), leeway: .milliseconds(1))
  }
}
