internal import Dispatch

/// Does something after a time, on a thread of its own.
enum NodeAlarm {
  static func after(milliseconds: Int, _ body: @escaping @Sendable () -> Void) {
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds), execute: body)
  }
}
