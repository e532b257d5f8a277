/// Eventicle's own codec: the body is the event as one JSON object.
public struct JSONEventCodec: EventCodec {
  /// The name `json`.
  public let name = "json"

  /// Creates the codec, which has no settings.
  public init() {}

  /// Encodes the members in Eventicle's order, leaving out those that the event does not have.
  public func encode(_ event: Event) -> EncodedEvent {
    EncodedEvent(
      buffer: event.json, key: event.key, timestamp: event.createdAt,
      headers: [
        .init("type", event.type.text), .init("domainId", event.domainID?.text ?? ""),
        .init("id", event.id.text), .init("source", event.source),
        .init("causedById", event.causedByID?.text ?? ""),
        .init("causedByType", event.causedByType?.text ?? ""),
        .init("createdAt", String(event.createdAt.milliseconds)),
        .init("traceparent", event.apmTrace ?? ""),
      ])
  }

  /// Decodes the body; as in Eventicle, `traceparent` is the only header that is read.
  ///
  /// - Throws: ``EventCodecError`` that says what is missing or wrong.
  public func decode(_ encoded: EncodedEvent) throws(EventCodecError) -> Event {
    do throws(EventFormatError) {
      var event = try EventReader.read(encoded.buffer)
      let trace = encoded[header: "traceparent"]
      if !trace.isEmpty { event.apmTrace = trace }
      return event
    } catch {
      throw EventCodecError(
        codec: name, .decoding, event: encoded[header: "id"], reason: error.description)
    }
  }
}

extension Event {
  /// The event as one JSON object, its members in Eventicle's order.
  ///
  /// A tenant's event has an additional member `workspace` after the stream. The
  /// ``additionalMembers`` follow at the end, byte for byte.
  public var json: [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(data.utf8.count + (additionalMembers?.utf8.count ?? 0) + 256)
    func member(_ name: StaticString, _ text: String) {
      output.append(output.isEmpty ? 0x7B : 0x2C)
      output.append(0x22)
      output.append(
        contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
      output.append(contentsOf: [0x22, 0x3A])
      JSONWriter.append(text, to: &output)
    }
    member("id", id.text)
    member("type", type.text)
    member("source", source)
    if let causedByID { member("causedById", causedByID.text) }
    if let causedByType { member("causedByType", causedByType.text) }
    member("stream", stream.text)
    if stream.isTenants { member("workspace", workspace.text) }
    if let domainID { member("domainId", domainID.text) }
    output.append(contentsOf: ",\"createdAt\":\(createdAt.milliseconds),\"data\":".utf8)
    output.append(contentsOf: data.utf8)
    if let apmTrace, !apmTrace.isEmpty { member("apmTrace", apmTrace) }
    if let additionalMembers {
      output.append(0x2C)
      // An object, so what follows its opening brace ends the event's object as well.
      output.append(contentsOf: additionalMembers.utf8.dropFirst())
    } else {
      output.append(0x7D)
    }
    return output
  }
}
