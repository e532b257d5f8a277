internal import EventicleCore
internal import Synchronization

/// Publishes the latest state of the engine, and wakes those who wait for a certain state.
///
/// The engine never waits for a reader.
final class StatePublisher: Sendable {
  typealias Condition = @Sendable (PublishedState) -> Bool

  private struct Waiter {
    let condition: Condition
    let continuation: CheckedContinuation<PublishedState?, Never>
  }

  private struct State {
    var current: PublishedState
    var waiters: [Int: Waiter] = [:]
    var nextWaiter = 0
  }

  private let state: Mutex<State>

  init(_ state: PublishedState) { self.state = Mutex(State(current: state)) }

  /// The latest state.
  var current: PublishedState { state.withLock { $0.current } }

  /// The number of waiting readers.
  var waiting: Int { state.withLock { $0.waiters.count } }

  /// Publishes a state in place of the last one.
  func publish(_ published: PublishedState) {
    let woken = state.withLock { state -> [Waiter] in
      state.current = published
      guard !state.waiters.isEmpty else { return [] }
      let ready = state.waiters.filter { $0.value.condition(published) }
      for number in ready.keys { state.waiters[number] = nil }
      return Array(ready.values)
    }
    for waiter in woken { waiter.continuation.resume(returning: published) }
  }

  /// Publishes that a handler hangs, or that none does; callable on any thread.
  func report(_ hung: HungHandler?) {
    publish(
      state.withLock { state in
        state.current.hung = hung
        return state.current
      })
  }

  /// Waits for a state that meets a condition; the current one counts.
  ///
  /// - Returns: `nil` when the task is cancelled.
  func state(where condition: @escaping Condition) async -> PublishedState? {
    let number = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        enum Finding {
          case now(PublishedState?)
          case later
        }
        let finding = state.withLock { state -> Finding in
          // Checked under the lock, so that a later cancellation finds the waiter below.
          if Task.isCancelled { return .now(nil) }
          if condition(state.current) { return .now(state.current) }
          state.waiters[number] = Waiter(condition: condition, continuation: continuation)
          return .later
        }
        if case .now(let published) = finding { continuation.resume(returning: published) }
      }
    } onCancel: {
      let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
      waiter?.continuation.resume(returning: nil)
    }
  }
}
