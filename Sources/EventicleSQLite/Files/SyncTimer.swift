internal import Dispatch

/// A timer that rings on a thread of its own once it is set.
final class SyncTimer {
  private let source: any DispatchSourceTimer

  init(_ ring: @escaping @Sendable () -> Void) {
    source = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "eventicle.sync"))
    source.setEventHandler(handler: ring)
    source.schedule(deadline: .distantFuture)
    source.activate()
  }

  deinit { source.cancel() }

  /// Lets it ring once after so long, in place of any earlier setting.
  func set(milliseconds: Int) {
    source.schedule(deadline: .now() + .milliseconds(milliseconds), leeway: .milliseconds(1))
  }
}
