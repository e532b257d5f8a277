/// Something that happened, in the past tense: an immutable record.
///
/// Its fields rest behind one reference, because engines hand events about all the time; a copy
/// of which a field is changed is an event of its own.
public struct Event: Sendable, Hashable {
  private struct Fields: Sendable, Hashable {
    var id: EventID
    var type: EventType
    var source: String
    var causedByID: EventID?
    var causedByType: EventType?
    var stream: StreamName
    var domainID: DomainID?
    var createdAt: Instant
    var data: JSONBytes
    var apmTrace: String?
  }

  // Safe to share, and to leave unwatched: changed only while one event alone holds it. Watched, the
  // bench `cold_replay` takes 2 % more instructions.
  private final class Box: @unchecked Sendable {
    @exclusivity(unchecked)
    var fields: Fields

    init(_ fields: Fields) { self.fields = fields }
  }

  private var box: Box

  private var fields: Fields {
    @inline(__always)
    _read { yield box.fields }
    _modify {
      if !isKnownUniquelyReferenced(&box) { box = Box(box.fields) }
      yield &box.fields
    }
  }

  /// An event with all its fields, as a log holds it.
  public init(
    id: EventID, type: EventType, source: String, causedByID: EventID? = nil,
    causedByType: EventType? = nil, stream: StreamName, domainID: DomainID? = nil,
    createdAt: Instant, data: JSONBytes, apmTrace: String? = nil
  ) {
    box = Box(
      Fields(
        id: id, type: type, source: source, causedByID: causedByID, causedByType: causedByType,
        stream: stream, domainID: domainID, createdAt: createdAt, data: data, apmTrace: apmTrace))
  }

  /// What identifies it; unique in its workspace.
  public var id: EventID {
    get { fields.id }
    _modify { yield &fields.id }
  }

  /// What kind of thing happened.
  public var type: EventType {
    get { fields.type }
    _modify { yield &fields.type }
  }

  /// Which service said so.
  public var source: String {
    get { fields.source }
    _modify { yield &fields.source }
  }

  /// The event that the emitter was handling, if any.
  public var causedByID: EventID? {
    get { fields.causedByID }
    _modify { yield &fields.causedByID }
  }

  /// The type of that event.
  public var causedByType: EventType? {
    get { fields.causedByType }
    _modify { yield &fields.causedByType }
  }

  /// The stream it was appended to; a tenant's part of one for what is a tenant's.
  public var stream: StreamName {
    get { fields.stream }
    _modify { yield &fields.stream }
  }

  /// What it is about, usually the id of an aggregate.
  public var domainID: DomainID? {
    get { fields.domainID }
    _modify { yield &fields.domainID }
  }

  /// When it happened.
  public var createdAt: Instant {
    get { fields.createdAt }
    _modify { yield &fields.createdAt }
  }

  /// What is known about it, in the bytes it arrived in.
  public var data: JSONBytes {
    get { fields.data }
    _modify { yield &fields.data }
  }

  /// Where in a distributed trace it happened, as the text of its `traceparent` header.
  public var apmTrace: String? {
    get { fields.apmTrace }
    _modify { yield &fields.apmTrace }
  }

  /// Becomes another event, in the memory of this one if nobody else holds it.
  mutating func become(
    id: EventID, type: EventType, source: String, causedByID: EventID?,
    causedByType: EventType?, stream: StreamName, domainID: DomainID?, createdAt: Instant,
    data: JSONBytes, apmTrace: String?
  ) {
    let fields = Fields(
      id: id, type: type, source: source, causedByID: causedByID, causedByType: causedByType,
      stream: stream, domainID: domainID, createdAt: createdAt, data: data, apmTrace: apmTrace)
    if isKnownUniquelyReferenced(&box) { box.fields = fields } else { box = Box(fields) }
  }

  /// Whose it is: that of its stream.
  public var workspace: Workspace { fields.stream.workspace }

  /// The key that keeps events in order: the domain id, else the event's own id.
  public var key: String { domainID?.text ?? id.text }

  /// The key among those of all workspaces.
  var ownKey: String {
    fields.stream.isTenants ? workspace.ownName(of: key) : Workspace.systemName(of: key)
  }

  /// Whether both say the same.
  public static func == (left: Event, right: Event) -> Bool {
    left.box === right.box || left.fields == right.fields
  }

  /// Hashes what it says.
  public func hash(into hasher: inout Hasher) { hasher.combine(fields) }
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
