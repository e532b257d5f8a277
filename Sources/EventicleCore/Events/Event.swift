/// Something that happened, named in the past tense: an immutable record.
///
/// The fields are stored behind one reference, because engines pass events around constantly; a
/// copy with a changed field is independent of the original.
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
    /// Behind a reference, because hardly any event has them.
    var additional: AdditionalMembers?
  }

  // Safe to share and to leave unchecked: changed only while one event alone holds it. Exclusivity
  // checks would cost the benchmark `cold_replay` 2 % more instructions.
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

  /// Creates an event with every field given, as a log stores it.
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

  /// The identifier, unique within the workspace.
  public var id: EventID {
    get { fields.id }
    _modify { yield &fields.id }
  }

  /// The kind of thing that happened, such as `OrderPlaced`.
  public var type: EventType {
    get { fields.type }
    _modify { yield &fields.type }
  }

  /// The name of the service that emitted the event.
  public var source: String {
    get { fields.source }
    _modify { yield &fields.source }
  }

  /// The id of the event that the emitter was handling, if any.
  public var causedByID: EventID? {
    get { fields.causedByID }
    _modify { yield &fields.causedByID }
  }

  /// The type of the event named by ``causedByID``.
  public var causedByType: EventType? {
    get { fields.causedByType }
    _modify { yield &fields.causedByType }
  }

  /// The stream the event was appended to; for a tenant's event, the tenant's part of it.
  public var stream: StreamName {
    get { fields.stream }
    _modify { yield &fields.stream }
  }

  /// What the event is about, usually the id of an aggregate.
  public var domainID: DomainID? {
    get { fields.domainID }
    _modify { yield &fields.domainID }
  }

  /// When it happened.
  public var createdAt: Instant {
    get { fields.createdAt }
    _modify { yield &fields.createdAt }
  }

  /// The payload, in the bytes in which it arrived.
  public var data: JSONBytes {
    get { fields.data }
    _modify { yield &fields.data }
  }

  /// The event's place in a distributed trace, as the text of its `traceparent` header.
  public var apmTrace: String? {
    get { fields.apmTrace }
    _modify { yield &fields.apmTrace }
  }

  /// The members of the event's JSON object that are not its own, such as `correlationId`, as one
  /// JSON object; `nil` when there are none.
  ///
  /// They stay beside the event in the bytes and the order in which they arrived, and are written
  /// with it again; nothing else reads them.
  public package(set) var additionalMembers: JSONBytes? {
    get { fields.additional?.bytes }
    set { fields.additional = newValue.map { AdditionalMembers($0) } }
  }

  /// Turns into another event, reusing the storage if nobody else holds it.
  mutating func become(
    id: EventID, type: EventType, source: String, causedByID: EventID?,
    causedByType: EventType?, stream: StreamName, domainID: DomainID?, createdAt: Instant,
    data: JSONBytes, apmTrace: String?, additionalMembers: JSONBytes? = nil
  ) {
    let fields = Fields(
      id: id, type: type, source: source, causedByID: causedByID, causedByType: causedByType,
      stream: stream, domainID: domainID, createdAt: createdAt, data: data, apmTrace: apmTrace,
      additional: additionalMembers.map { AdditionalMembers($0) })
    if isKnownUniquelyReferenced(&box) { box.fields = fields } else { box = Box(fields) }
  }

  /// Whose event it is: a tenant's when its stream is the tenant's part, else the system's.
  public var workspace: Workspace { fields.stream.workspace }

  /// The ordering key: the domain id, or the event's own id when there is none.
  public var key: String { domainID?.text ?? id.text }

  /// The ordering key, unique across all workspaces.
  var ownKey: String {
    fields.stream.isTenants ? workspace.ownName(of: key) : Workspace.systemName(of: key)
  }

  /// Whether all fields are equal.
  public static func == (left: Event, right: Event) -> Bool {
    left.box === right.box || left.fields == right.fields
  }

  /// Hashes all fields.
  public func hash(into hasher: inout Hasher) { hasher.combine(fields) }
}

/// What an event's JSON object holds besides the event.
private final class AdditionalMembers: Sendable, Hashable {
  let bytes: JSONBytes

  init(_ bytes: JSONBytes) { self.bytes = bytes }

  static func == (left: AdditionalMembers, right: AdditionalMembers) -> Bool {
    left.bytes == right.bytes
  }

  func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}

/// An event to emit; what is left out is filled in when it is emitted.
public struct NewEvent: Sendable, Hashable {
  /// The id; the engine makes one when absent.
  public var id: EventID?
  /// The kind of thing that happened, such as `OrderPlaced`.
  public var type: EventType
  /// The name of the emitting service; the engine's own source when absent.
  public var source: String?
  /// The id of the cause; that of the event being handled when absent.
  public var causedByID: EventID?
  /// The type of the event named by ``causedByID``.
  public var causedByType: EventType?
  /// What the event is about, usually the id of an aggregate.
  public var domainID: DomainID?
  /// When it happened; now when absent.
  public var createdAt: Instant?
  /// What happened in detail, as a JSON value; an object unless a caller chose otherwise.
  public var data: JSONBytes
  /// The event's place in a distributed trace, as the text of a `traceparent` header.
  public var apmTrace: String?
  /// The members besides an event's own; see ``Event/additionalMembers``.
  public package(set) var additionalMembers: JSONBytes?

  /// Creates an event to emit; what is left out is filled in then.
  public init(
    _ type: EventType, _ domainID: DomainID? = nil, data: JSON = .emptyObject, id: EventID? = nil
  ) {
    self.type = type
    self.domainID = domainID
    self.data = JSONBytes(data)
    self.id = id
  }

  /// Copies an event that has already happened, keeping every field.
  public init(_ event: Event) {
    self.init(event.type, event.domainID, id: event.id)
    source = event.source
    causedByID = event.causedByID
    causedByType = event.causedByType
    createdAt = event.createdAt
    data = event.data
    apmTrace = event.apmTrace
    additionalMembers = event.additionalMembers
  }
}
