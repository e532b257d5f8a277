/// Makes events of what a transport carries, as the Node library does, and says what was unusual.
///
/// Nothing is refused: what is no event becomes an opaque one, so that it is seen.
package enum WireReader {
  /// Reads one event.
  ///
  /// - Parameter arrival: When it came here; counts only when nothing else tells a time.
  package static func read(_ wire: WireEvent, arrival: Instant) -> Reading {
    if let damage = wire.damage { return opaque(wire, arrival, because: damage) }
    guard let body = wire.body else { return opaque(wire, arrival, because: "it has no body") }
    var (bytes, quirks) = (body, Quirks())
    if !UTF8Check.isValid(body) {
      bytes = Array(String(decoding: body, as: UTF8.self).utf8)
      quirks.insert(.replaced)
    }
    let result = bytes.withUnsafeBufferPointer { buffer in
      Result<WireFields, JSONError> { () throws(JSONError) in try WireFields(buffer) }
    }
    do throws(JSONError) {
      let fields = try result.get()
      return .event(event(fields, wire, arrival, &quirks), quirks)
    } catch {
      return opaque(wire, arrival, because: reason(error, body))
    }
  }

  private static func reason(_ error: JSONError, _ body: [UInt8]) -> String {
    if body.isEmpty { return "its body is empty" }
    if body.starts(with: [0xEF, 0xBB, 0xBF]) {
      return "its body begins with a byte order mark, which JSON has not"
    }
    return "its body is no event: \(error.reason) at byte \(error.offset + 1)"
  }

  // MARK: - Events

  private static func event(
    _ fields: WireFields, _ wire: WireEvent, _ arrival: Instant, _ quirks: inout Quirks
  ) -> Event {
    quirks.formUnion(fields.quirks)
    if let stream = fields.text(.stream), stream != wire.stream { quirks.insert(.otherStream) }
    if fields.data == nil { quirks.insert(.noData) }
    let type =
      fields.text(.type)
      ?? {
        quirks.insert(.typeOfHeader)
        return wire.header("type") ?? "?"
      }()
    for (member, name) in [
      (WireFields.Member.type, "type"), (.id, "id"), (.domainID, "domainId"),
    ] as [(WireFields.Member, StaticString)] {
      if let own = fields.text(member), let other = wire.header(name), own != other {
        quirks.insert(.otherHeader)
      }
    }
    let moment = time(fields, wire, arrival, &quirks)
    let trace = wire.header("traceparent") ?? fields.text(.trace)
    var event = Event(
      id: id(fields, wire, &quirks), type: EventType(type), source: fields.text(.source) ?? "",
      causedByID: fields.text(.causedByID).map { EventID($0) },
      causedByType: fields.text(.causedByType).map { EventType($0) },
      stream: stream(wire.stream, of: fields.text(.workspace)),
      domainID: fields.text(.domainID).map { DomainID($0) }, createdAt: moment,
      data: fields.data ?? JSONBytes(.null), apmTrace: trace)
    event.additionalMembers = fields.additional
    return event
  }

  private static func stream(_ name: String, of workspace: String?) -> StreamName {
    guard let workspace, let own = StreamName(shown: name, of: Workspace(workspace)) else {
      return StreamName(name)
    }
    return own
  }

  private static func id(
    _ fields: WireFields, _ wire: WireEvent, _ quirks: inout Quirks
  ) -> EventID {
    if let id = fields.text(.id) { return EventID(id) }
    if let id = wire.header("id") {
      quirks.insert(.idOfHeader)
      return EventID(id)
    }
    quirks.insert(.idOfPlace)
    return PlaceID.id(of: wire.place, in: wire.stream)
  }

  private static func time(
    _ fields: WireFields, _ wire: WireEvent, _ arrival: Instant, _ quirks: inout Quirks
  ) -> Instant {
    switch fields.moment {
    case .exact(let instant)? where instant.isInCommonYears: return instant
    case .tooFine(let instant)? where instant.isInCommonYears:
      quirks.insert(.fineTime)
      return instant
    default: break
    }
    if let text = wire.header("createdAt"), let digits = Int64(text),
      Instant(milliseconds: digits).isInCommonYears
    {
      quirks.insert(.timeOfHeader)
      return Instant(milliseconds: digits)
    }
    for time in [wire.recordTime, wire.place.recordTime].compactMap({ $0 })
    where isLikely(time, arrival) {
      quirks.insert(.timeOfRecord)
      return time
    }
    quirks.insert(.timeOfArrival)
    return arrival
  }

  /// A century, beyond which no record was really taken in.
  private static let century: Int64 = 3_155_760_000_000

  private static func isLikely(_ time: Instant, _ arrival: Instant) -> Bool {
    (-century...century).contains((time - arrival).milliseconds)
  }

  // MARK: - What is no event

  private static func opaque(
    _ wire: WireEvent, _ arrival: Instant, because why: String
  ) -> Reading {
    var quirks = Quirks()
    let fields = WireFields()
    return .opaque(
      Event(
        // Of its place, because one header may be carried by many of them.
        id: PlaceID.id(of: wire.place, in: wire.stream),
        type: EventType(wire.header("type") ?? "?"), source: wire.header("source") ?? "",
        causedByID: wire.header("causedById").map { EventID($0) },
        causedByType: wire.header("causedByType").map { EventType($0) },
        stream: StreamName(wire.stream),
        domainID: wire.header("domainId").map { DomainID($0) },
        createdAt: time(fields, wire, arrival, &quirks),
        data: OpaqueData.data(wire.body ?? [], because: why)), why: why)
  }
}
