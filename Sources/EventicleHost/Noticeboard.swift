internal import EventicleCore
internal import Synchronization

/// What the engine has told last, for everybody to read, and who waits for what comes.
///
/// The engine never waits for a reader: it puts up a notice and wakes those it concerns.
final class Noticeboard: Sendable {
  /// How things stand between two batches of work.
  struct Notice: Sendable {
    var world: World
    var connection: ConnectionState
  }

  typealias Condition = @Sendable (Notice) -> Bool

  private struct Waiter {
    let condition: Condition
    let continuation: CheckedContinuation<Notice?, Never>
  }

  private struct State {
    var notice: Notice
    var waiters: [Int: Waiter] = [:]
    var nextWaiter = 0
  }

  private let state: Mutex<State>

  init(_ notice: Notice) { state = Mutex(State(notice: notice)) }

  /// The last notice.
  var current: Notice { state.withLock { $0.notice } }

  /// How many wait.
  var waiting: Int { state.withLock { $0.waiters.count } }

  /// Puts up a notice in place of the last one.
  func publish(_ notice: Notice) {
    let woken = state.withLock { state -> [Waiter] in
      state.notice = notice
      guard !state.waiters.isEmpty else { return [] }
      let ready = state.waiters.filter { $0.value.condition(notice) }
      for number in ready.keys { state.waiters[number] = nil }
      return Array(ready.values)
    }
    for waiter in woken { waiter.continuation.resume(returning: notice) }
  }

  /// Waits for a notice of which something is true; the last one counts.
  ///
  /// - Returns: `nil` when the task was cancelled meanwhile.
  func notice(where condition: @escaping Condition) async -> Notice? {
    let number = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        enum Finding {
          case now(Notice?)
          case later
        }
        let finding = state.withLock { state -> Finding in
          // Asked under the lock: a cancellation that comes later finds the waiter below.
          if Task.isCancelled { return .now(nil) }
          if condition(state.notice) { return .now(state.notice) }
          state.waiters[number] = Waiter(condition: condition, continuation: continuation)
          return .later
        }
        if case .now(let notice) = finding { continuation.resume(returning: notice) }
      }
    } onCancel: {
      let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
      waiter?.continuation.resume(returning: nil)
    }
  }
}
