internal import Synchronization

/// A reply that a caller waits for, with cancellation and timeout.
///
/// A job can be withdrawn only before the engine has begun it; after that a cancelled caller still
/// gets the reply, because the job is done.
final class PendingReply<Value: Sendable>: Sendable {
  private enum Phase {
    case waiting
    case begun
    case over
  }

  private struct State {
    var phase = Phase.waiting
    var continuation: CheckedContinuation<Value, any Error>?
    /// The outcome of a wait that ended before it started: cancelled, or with a timeout of zero.
    var early: Result<Value, any Error>?
  }

  private let state = Mutex(State())

  /// Posts the job and waits for its reply.
  ///
  /// - Parameter post: Posts the job to a mailbox; returns whether it was accepted.
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

  /// Whether the job is still wanted; from then on it cannot be withdrawn.
  func begin() -> Bool {
    state.withLock { state in
      guard state.phase == .waiting else { return false }
      state.phase = .begun
      return true
    }
  }

  /// Gives the caller its reply, unless it has one already.
  func answer(_ result: Result<Value, any Error>) { end(with: result) { _ in true } }

  /// Ends the wait with an error.
  ///
  /// - Parameter error: The error, which depends on whether the job has begun.
  func expire(_ error: (_ hasBegun: Bool) -> any Error) {
    let hasBegun = state.withLock { $0.phase == .begun }
    // A job that begins between these two checks gets the error of one that has begun.
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
