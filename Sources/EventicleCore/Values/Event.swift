/// Something that happened, in the past tense: an immutable record.
public struct Event: Sendable, Hashable {
  /// What identifies it; unique in a log.
  public var id: EventID
  /// What kind of thing happened.
  public var type: EventType
  /// Which service said so.
  public var source: String
  /// The event that the emitter was handling, if any.
  public var causedByID: EventID?
  /// The type of that event.
  public var causedByType: EventType?
  /// The stream it was appended to.
  public var stream: StreamName
  /// What it is about, usually the id of an aggregate.
  public var domainID: DomainID?
  /// When it happened.
  public var createdAt: Instant
  /// What is known about it, in the bytes it arrived in.
  public var data: JSONBytes
  /// Where in a distributed trace it happened, as the text of its `traceparent` header.
  public var apmTrace: String?

  /// An event with all its fields, as a log holds it.
  public init(
    id: EventID, type: EventType, source: String, causedByID: EventID? = nil,
    causedByType: EventType? = nil, stream: StreamName, domainID: DomainID? = nil,
    createdAt: Instant, data: JSONBytes, apmTrace: String? = nil
  ) {
    self.id = id
    self.type = type
    self.source = source
    self.causedByID = causedByID
    self.causedByType = causedByType
    self.stream = stream
    self.domainID = domainID
    self.createdAt = createdAt
    self.data = data
    self.apmTrace = apmTrace
  }

  /// The key that keeps events in order: the domain id, else the event's own id.
  public var key: String { domainID?.text ?? id.text }
}

/// An event on its way to a stream: what is left out is filled in when it is emitted.
public struct NewEvent: Sendable, Hashable {
  /// The id; made by the engine when absent.
  public var id: EventID?
  /// What kind of thing happened.
  public var type: EventType
  /// The service; the engine's own source when absent.
  public var source: String?
  /// The cause; the event being handled when absent.
  public var causedByID: EventID?
  /// The type of the cause.
  public var causedByType: EventType?
  /// What it is about.
  public var domainID: DomainID?
  /// When it happened; now when absent.
  public var createdAt: Instant?
  /// What is known about it.
  public var data: JSONBytes
  /// Where in a distributed trace it happened.
  public var apmTrace: String?

  /// An event of a type, about something.
  public init(
    _ type: EventType, _ domainID: DomainID? = nil, data: JSON = .emptyObject, id: EventID? = nil
  ) {
    self.type = type
    self.domainID = domainID
    self.data = JSONBytes(data)
    self.id = id
  }

  /// A copy of an event that happened already, with every field kept.
  public init(_ event: Event) {
    self.init(event.type, event.domainID, id: event.id)
    source = event.source
    causedByID = event.causedByID
    causedByType = event.causedByType
    createdAt = event.createdAt
    data = event.data
    apmTrace = event.apmTrace
  }
}
