internal import EventicleCore

/// Reads the events that the code gives.
enum NodeEvents {
  private static let own: Set<String> = [
    "id", "type", "source", "causedById", "causedByType", "stream", "workspace", "domainId",
    "createdAt", "data", "apmTrace",
  ]

  /// Events to emit, from a JSON array.
  ///
  /// - Throws: ``NodeCallError`` for what is no event.
  static func new(_ forms: JSON) throws -> [NewEvent] { try (forms.array ?? []).map(new) }

  private static func new(_ form: JSON) throws -> NewEvent {
    guard let members = form.object, let type = members["type"]?.string, !type.isEmpty else {
      throw NodeCallError(
        "An event needs a type, such as OrderCreated, but this is \(form.kindName).")
    }
    var event = NewEvent(
      EventType(type), text("domainId", members).map { DomainID($0) },
      data: members["data"] ?? .null, id: text("id", members).map { EventID($0) })
    event.source = text("source", members)
    event.causedByID = text("causedById", members).map { EventID($0) }
    event.causedByType = text("causedByType", members).map { EventType($0) }
    event.createdAt = members["createdAt"]?.integer.map { Instant(milliseconds: Int64($0)) }
    event.apmTrace = text("apmTrace", members)
    let rest = members.members.filter { !own.contains($0.key) }
    if !rest.isEmpty { event.additionalMembers = JSONBytes(.object(JSONObject(rest))) }
    return event
  }

  private static func text(_ name: String, _ members: JSONObject) -> String? {
    switch members[name] {
    case .string(let text)? where !text.isEmpty: text
    case .number(let number)?: number.description
    default: nil
    }
  }
}
