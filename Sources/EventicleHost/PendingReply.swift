internal import Synchronization

/// The reply that a caller waits for, while the caller may be cancelled or lose patience.
///
/// A job is withdrawn only before the engine has begun with it; after that a cancelled caller is
/// answered all the same, because the thing is done.
final class PendingReply<Value: Sendable>: Sendable {
  private enum Phase {
    case waiting
    case begun
    case over
  }

  private struct State {
    var phase = Phase.waiting
    var continuation: CheckedContinuation<Value, any Error>?
    /// How it ended before anybody waited: cancelled, or with a timeout that was over at once.
    var early: Result<Value, any Error>?
  }

  private let state = Mutex(State())

  /// Posts the job and waits for its reply.
  ///
  /// - Parameter post: Leaves the job in a mailbox; whether it was taken.
  func value(posting post: () -> Bool, refusal: any Error) async throws -> Value {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let early = state.withLock { state in
          if state.early == nil { state.continuation = continuation }
          return state.early
        }
        if let early { return continuation.resume(with: early) }
        if !post() { answer(.failure(refusal)) }
      }
    } onCancel: {
      end(with: .failure(CancellationError())) { $0 == .waiting }
    }
  }

  /// Whether the job is still wanted; from now on it cannot be withdrawn.
  func begin() -> Bool {
    state.withLock { state in
      guard state.phase == .waiting else { return false }
      state.phase = .begun
      return true
    }
  }

  /// Tells the caller, unless it has been told something else.
  func answer(_ result: Result<Value, any Error>) { end(with: result) { _ in true } }

  /// Ends the wait.
  ///
  /// - Parameter error: What the caller is told, by whether the job has begun.
  func expire(_ error: (_ hasBegun: Bool) -> any Error) {
    let hasBegun = state.withLock { $0.phase == .begun }
    // A job that begins meanwhile is told as one that has begun.
    if !hasBegun, end(with: .failure(error(false)), if: { $0 == .waiting }) { return }
    end(with: .failure(error(true))) { _ in true }
  }

  @discardableResult
  private func end(
    with result: Result<Value, any Error>, if condition: (Phase) -> Bool
  ) -> Bool {
    let (isEnded, continuation) = state.withLock { state in
      guard state.phase != .over, condition(state.phase) else {
        return (false, nil as CheckedContinuation<Value, any Error>?)
      }
      state.phase = .over
      if state.continuation == nil { state.early = result }
      defer { state.continuation = nil }
      return (true, state.continuation)
    }
    continuation?.resume(with: result)
    return isEnded
  }
}
