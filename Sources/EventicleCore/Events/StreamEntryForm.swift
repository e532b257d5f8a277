/// An encoded event as the fields of one entry of a Redis stream.
///
/// Four names and their values, in this order: `buf` with the bytes in base64, `key`, `ts` with the
/// instant in milliseconds, and `hdrs` with the headers as a JSON object.
package enum StreamEntryForm {
  /// The four names and values of an event, alternating.
  package static func fields(of event: EncodedEvent) -> [String] {
    let headers = JSONObject(event.headers.map { ($0.name, JSON.string($0.value)) })
    return [
      "buf", Base64.text(of: event.buffer), "key", event.key,
      "ts", String(event.timestamp.milliseconds), "hdrs", JSON.object(headers).description,
    ]
  }

  /// The event of an entry; missing fields are empty, and unknown ones are ignored.
  ///
  /// - Throws: ``EventCodecError`` when a name has no value, or when the value of a field is not
  ///   base64, not a whole number, or not an object of texts. Nothing is guessed.
  package static func event(of fields: [String]) throws(EventCodecError) -> EncodedEvent {
    guard fields.count.isMultiple(of: 2) else {
      throw failure("an entry is names and values in turn, but it has \(fields.count) fields", "")
    }
    var event = EncodedEvent(
      buffer: [], key: "", timestamp: Instant(milliseconds: 0), headers: [])
    var texts: [String: String] = [:]
    for place in stride(from: 0, to: fields.count, by: 2) {
      texts[fields[place]] = texts[fields[place]] ?? fields[place + 1]
    }
    if let text = texts["hdrs"] { event.headers = try headers(text) }
    let id = event[header: "id"]
    event.key = texts["key"] ?? ""
    if let text = texts["buf"] {
      guard let bytes = Base64.bytes(of: text) else {
        throw failure("buf must be base64, but it is \"\(text.prefix(40))\"", id)
      }
      event.buffer = bytes
    }
    if let text = texts["ts"] {
      guard let milliseconds = Int64(text) else {
        throw failure("ts must be a whole number of milliseconds, but it is \"\(text)\"", id)
      }
      event.timestamp = Instant(milliseconds: milliseconds)
    }
    return event
  }

  private static func headers(_ text: String) throws(EventCodecError) -> [EncodedEvent.Header] {
    let value: JSON
    do throws(JSONError) {
      value = try JSON(parsing: text)
    } catch {
      throw failure("hdrs must be JSON: \(error)", "")
    }
    guard case .object(let object) = value else {
      throw failure("hdrs must be an object of texts, but it is \(value.kindName)", "")
    }
    var headers: [EncodedEvent.Header] = []
    for member in object.members {
      guard let text = member.value.string else {
        throw failure(
          "the header \(member.key) must be a text, but it is \(member.value.kindName)", "")
      }
      headers.append(EncodedEvent.Header(member.key, text))
    }
    return headers
  }

  private static func failure(_ reason: String, _ id: String) -> EventCodecError {
    EventCodecError(codec: "stream entry", .decoding, event: id, reason: "\(reason).")
  }
}
