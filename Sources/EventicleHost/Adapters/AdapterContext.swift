public import EventicleCore

/// What the handler of an ``AsyncEventAdapter`` knows about its attempt, and how its results become
/// inputs of the engine.
///
/// What is dispatched or emitted here is kept even if the handler fails afterwards, and the next
/// attempt asks for it again. A command that must happen once takes an idempotency key:
///
///     try await context.dispatch(
///       CommandIntent("ConfirmMail", data, idempotencyKey: context.idempotencyKey))
public struct AdapterContext: Sendable {
  /// How often the event has been offered, this time included, since it was last parked.
  public let attempt: Int
  /// When the handling is cancelled and counts as failed.
  public let deadline: Instant
  /// The place of the event in the whole log.
  public let position: Position
  /// The same for every attempt at this event: for the service outside, which should do it once.
  public let idempotencyKey: String
  let executor: EngineExecutor

  /// What was true when the last batch of work was done.
  public var world: World { executor.publisher.current.world }

  /// Carries out a command and everything that follows from it.
  ///
  /// A host that is shutting down and waits for its handlers takes it still.
  ///
  /// - Throws: ``EventicleCore/OperationError`` with the sentence of a refusal or failure, and
  ///   `CancellationError` when the attempt is over before the command has begun.
  @discardableResult
  public func dispatch(_ type: String, _ data: JSON = .emptyObject) async throws -> JSON? {
    try await dispatch(CommandIntent(type, data)).response
  }

  /// Carries out a command with the options that the intent gives, and what follows from it.
  ///
  /// - Throws: As ``dispatch(_:_:)`` does.
  @discardableResult
  public func dispatch(_ intent: CommandIntent) async throws -> CommandReply {
    let step = try await executor.perform(.dispatch(intent), isFromAdapter: true)
    return CommandReply(step)
  }

  /// Appends events to a stream and delivers them.
  ///
  /// A second attempt appends them again; give them ids of their own, or dispatch a command, when
  /// they must happen once.
  public func emit(_ events: [NewEvent], to stream: StreamName) async throws {
    _ = try await executor.perform(.emit(events, to: stream), isFromAdapter: true)
  }
}
