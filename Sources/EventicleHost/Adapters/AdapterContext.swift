public import EventicleCore

/// What the handler of an ``AsyncEventAdapter`` knows about its attempt, and how it dispatches
/// commands and emits events.
///
/// What it dispatches or emits is kept even if the handler fails afterwards, and the next attempt
/// does it again. A command that must run once therefore takes an idempotency key:
///
///     try await context.dispatch(
///       CommandIntent("ConfirmMail", data, idempotencyKey: context.idempotencyKey))
public struct AdapterContext: Sendable {
  /// The number of attempts at the event, this one included, since it was last parked.
  public let attempt: Int
  /// When the attempt is cancelled and counts as failed.
  public let deadline: Instant
  /// The event's position in the whole log.
  public let position: Position
  /// A key that is the same for every attempt at this event, for an external service that must act
  /// once.
  public let idempotencyKey: String
  let executor: EngineExecutor

  /// The world after the last batch of work; it includes the event.
  public var world: World { executor.publisher.current.world }

  /// Dispatches a command and delivers everything that follows from it.
  ///
  /// A host that is shutting down and waits for its handlers still accepts it.
  ///
  /// - Throws: ``EventicleCore/OperationError`` with the sentence of a refusal or failure, and
  ///   `CancellationError` when the attempt ends before the command has begun.
  @discardableResult
  public func dispatch(_ type: String, _ data: JSON = .emptyObject) async throws -> JSON? {
    try await dispatch(CommandIntent(type, data)).response
  }

  /// Dispatches a command with the options of its intent, and delivers everything that follows from
  /// it.
  ///
  /// - Throws: As ``dispatch(_:_:)`` does.
  @discardableResult
  public func dispatch(_ intent: CommandIntent) async throws -> CommandReply {
    let step = try await executor.perform(.dispatch(intent), isFromAdapter: true)
    return CommandReply(step)
  }

  /// Appends events to a stream and delivers them.
  ///
  /// A second attempt appends them again; if they must happen once, give them ids or dispatch a
  /// command.
  public func emit(_ events: [NewEvent], to stream: StreamName) async throws {
    _ = try await executor.perform(.emit(events, to: stream), isFromAdapter: true)
  }
}
