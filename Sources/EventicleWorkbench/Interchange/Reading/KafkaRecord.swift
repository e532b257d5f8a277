import EventicleCore

/// A record of Kafka as a tool wrote it in a line, and the event in it.
///
/// A value that is an event of Eventicle is that event, byte for byte; what it lacks is taken from the
/// record. Any other value becomes the data of an event whose type a header names.
struct KafkaRecord {
  var topic: String?
  var partition: String?
  var offset: String?
  /// Milliseconds since 1970, as written; `nil` when the record has no time.
  var time: String?
  var key: String?
  var value: JSONBytes?
  var headers: [(name: String, value: String)] = []

  init() {}

  /// The event's JSON.
  func eventText() throws(RecordError) -> [UInt8] {
    guard let value else {
      throw RecordError("the record has no value (a tombstone), and so no event")
    }
    if let members = value.memberTexts, Self.isEvent(members) {
      return try completed(value, members)
    }
    return try made(of: value)
  }

  // MARK: - A value that is an event

  private static let ownNames: Set<String> = [
    "id", "source", "stream", "domainId", "createdAt", "data",
  ]

  private static func isEvent(_ members: [JSONMemberText]) -> Bool {
    members.contains { $0.name == "type" && $0.value.exactText?.isEmpty == false }
      && Set(members.map(\.name)).intersection(ownNames).count >= 2
  }

  /// The event with what it lacks, which is added in front; unchanged when it lacks nothing.
  private func completed(
    _ value: JSONBytes, _ members: [JSONMemberText]
  ) throws(RecordError) -> [UInt8] {
    let empty: Set<String> = ["null", "\"\"", "\"undefined\""]
    let lacking = ["id", "stream", "createdAt"].filter { name in
      members.allSatisfy { $0.name != name || empty.contains($0.value.description) }
    }
    guard !lacking.isEmpty else { return Array(value.utf8) }
    var text = ObjectText()
    for name in lacking {
      switch name {
      case "id": text.add(name, .string(try id()))
      case "stream": text.add(name, .string(try stream()))
      default: text.add(name, try createdAt())
      }
    }
    for member in members where !lacking.contains(member.name) { text.add(member) }
    return text.bytes
  }

  // MARK: - A value that is data

  private func made(of value: JSONBytes) throws(RecordError) -> [UInt8] {
    guard let type = header("type", "ce_type", "eventType") else {
      throw RecordError(
        "the value is no event of Eventicle, and no header says its type; a mapping can say which "
          + "member is the type")
    }
    var text = ObjectText()
    text.add("id", .string(try id()))
    text.add("type", .string(type))
    text.add("source", .string(header("source", "ce_source") ?? ""))
    if let cause = header("causedById") { text.add("causedById", .string(cause)) }
    if let cause = header("causedByType") { text.add("causedByType", .string(cause)) }
    text.add("stream", .string(try stream()))
    if let subject = header("domainId") ?? key, !subject.isEmpty {
      text.add("domainId", .string(subject))
    }
    text.add("createdAt", try createdAt())
    text.add("data", value)
    if let trace = header("traceparent") { text.add("apmTrace", .string(trace)) }
    let rest = headers.filter { !Self.knownHeaders.contains($0.name) }
    if !rest.isEmpty {
      var object = ObjectText()
      for header in rest { object.add(header.name, .string(header.value)) }
      text.add("headers", object)
    }
    return text.bytes
  }

  private static let knownHeaders: Set<String> = [
    "id", "ce_id", "type", "ce_type", "eventType", "source", "ce_source", "causedById",
    "causedByType", "domainId", "createdAt", "traceparent",
  ]

  // MARK: - Parts

  /// The first of these headers that says something.
  private func header(_ names: String...) -> String? {
    for name in names {
      if let found = headers.first(where: { $0.name == name })?.value, !found.isEmpty,
        found != "undefined"
      {
        return found
      }
    }
    return nil
  }

  private func id() throws(RecordError) -> String {
    if let id = header("id", "ce_id") { return id }
    guard let topic, let partition, let offset else {
      throw RecordError(
        "the record has no id: none in its value or its headers, and no topic, partition and offset "
          + "to make one of")
    }
    // The same at every import, so that what is there already is known.
    return "\(topic)/\(partition)/\(offset)"
  }

  private func stream() throws(RecordError) -> String {
    if let topic { return topic }
    throw RecordError(
      "the record says neither its stream nor its topic; a mapping can say the stream")
  }

  private func createdAt() throws(RecordError) -> JSON {
    if let text = header("createdAt") {
      if let milliseconds = Int(text) { return .int(milliseconds) }
      if let moment = Instant(parsing: text) { return .int(Int(moment.milliseconds)) }
    }
    if let time, let milliseconds = Int(time), milliseconds >= 0 { return .int(milliseconds) }
    throw RecordError("neither the record nor its headers say when the event happened")
  }
}

/// A JSON object that is put together of texts.
struct ObjectText {
  private var content: [UInt8] = []

  /// How many bytes it has so far.
  var count: Int { content.count + 1 }

  /// The object.
  var bytes: [UInt8] { content.isEmpty ? Array("{}".utf8) : content + [0x7D] }

  mutating func add(_ name: String, _ value: JSON) { add(name, value.utf8) }

  mutating func add(_ name: String, _ value: JSONBytes) { add(name, Array(value.utf8)) }

  mutating func add(_ name: String, _ value: ObjectText) { add(name, value.bytes) }

  /// Adds a member as it was.
  mutating func add(_ member: JSONMemberText) { add(member.nameText, Array(member.value.utf8)) }

  private mutating func add(_ name: String, _ value: [UInt8]) {
    add(JSON.string(name).utf8, value)
  }

  private mutating func add(_ nameText: [UInt8], _ value: [UInt8]) {
    content.append(content.isEmpty ? 0x7B : 0x2C)
    content += nameText
    content.append(0x3A)
    content += value
  }
}
