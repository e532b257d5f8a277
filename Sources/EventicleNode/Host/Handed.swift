internal import Synchronization

/// A value that one closure leaves for another.
final class Handed<Value: Sendable>: Sendable {
  private let value: Mutex<Value?>

  init() { value = Mutex(nil) }

  func put(_ new: Value) { value.withLock { $0 = new } }
  func take() -> Value? { value.withLock { $0 } }
}
