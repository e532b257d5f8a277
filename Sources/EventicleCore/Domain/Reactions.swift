/// Handles one event of a consumer.
public typealias EventHandler = @Sendable (Event, Transaction) throws -> Void

/// Handles one event of a consumer in its transport form.
public typealias RawEventHandler = @Sendable (EncodedEvent, Transaction) throws -> Void

/// A delivery that failed: the event and why the consumer could not handle it.
public struct ConsumerFailure: Sendable {
  /// The consumer's name.
  public let consumer: String
  /// The event that could not be handled.
  public let event: Event
  /// What the handler threw, in words, or why it was not run.
  public let reason: String
  /// The number of attempts so far.
  public let attempts: Int
}

/// Handlers by type of event, or one for all.
package struct Reactions: Sendable {
  package let byType: [EventType: EventHandler]
  let any: EventHandler?
  let raw: RawEventHandler?
  let onError: EventAdapter.ErrorStep?
  /// Set when a worker outside the engine handles the events.
  let worker: WorkerReaction?

  static let none = Reactions()

  init(
    byType: [EventType: EventHandler] = [:], any: EventHandler? = nil,
    raw: RawEventHandler? = nil, onError: EventAdapter.ErrorStep? = nil,
    worker: WorkerReaction? = nil
  ) {
    self.worker = worker
    self.byType = byType
    self.any = any
    self.raw = raw
    self.onError = onError
  }

  /// The types of event that are handled; `nil` for every type.
  var types: Set<EventType>? {
    if let worker { return worker.types }
    return any == nil && raw == nil ? Set(byType.keys) : nil
  }

  /// Whether events of a type are handled.
  func handles(_ type: EventType) -> Bool {
    byType[type] != nil || any != nil || raw != nil
      || (worker.map { $0.types?.contains(type) ?? true } ?? false)
  }

  /// Handles an event, if its type is handled.
  func handle(_ event: Event, _ codec: any EventCodec, _ transaction: Transaction) throws {
    if let any { return try any(event, transaction) }
    if let handler = byType[event.type] { return try handler(event, transaction) }
    if let raw { try raw(try codec.encode(event), transaction) }
  }
}
