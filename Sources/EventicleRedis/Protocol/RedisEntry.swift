package import EventicleCore

/// An entry of a Redis stream, as the Node library writes it: `buf` with the body in base64, `key`,
/// `ts` and `hdrs`.
package enum RedisEntry {
  /// The event of an entry's reply; `nil` when it is no entry, such as one that was deleted.
  package static func event(_ entry: RespValue, of stream: String) -> WireEvent? {
    let parts = entry.elements
    guard parts.count == 2, let id = parts[0].text, let place = EventPlace(redis: id) else {
      return nil
    }
    let fields = parts[1].elements
    var (body, key): (ArraySlice<UInt8>?, ArraySlice<UInt8>?)
    var (time, headers): (ArraySlice<UInt8>?, ArraySlice<UInt8>?)
    for index in stride(from: 0, to: fields.count - 1, by: 2) {
      // Of fields that are there twice the last one counts, as there.
      switch fields[index].text {
      case "buf": body = fields[index + 1].bytes
      case "key": key = fields[index + 1].bytes
      case "ts": time = fields[index + 1].bytes
      case "hdrs": headers = fields[index + 1].bytes
      default: break
      }
    }
    return event(stream, place, body: body, key: key, time: time, headers: headers)
  }

  /// The event of the four fields.
  package static func event(
    _ stream: String, _ place: EventPlace, body: ArraySlice<UInt8>?, key: ArraySlice<UInt8>?,
    time: ArraySlice<UInt8>?, headers: ArraySlice<UInt8>?
  ) -> WireEvent {
    var event = WireEvent(
      stream: stream, place: place, body: body.map { LooseBase64.bytes(of: $0) },
      key: Array(key ?? []))
    if let text = time.map({ String(decoding: $0, as: UTF8.self) }), let digits = Int64(text) {
      event.recordTime = Instant(milliseconds: digits)
    }
    if body == nil { event.damage = "the entry has no field buf" }
    guard let headers, !headers.isEmpty else { return event }
    switch RedisHeaders.read(headers) {
    case .success(let headers): event.headers = headers
    case .failure(let damage): event.damage = event.damage ?? damage.reason
    }
    return event
  }
}

/// The headers of an entry: a JSON object of texts, or of bytes as Node spells buffers.
enum RedisHeaders {
  struct Damage: Error {
    let reason: String
  }

  static func read(_ bytes: ArraySlice<UInt8>) -> Result<[WireEvent.Header], Damage> {
    let text = String(decoding: bytes, as: UTF8.self)
    let value: JSON
    do throws(JSONError) { value = try JSON(parsing: text) } catch {
      return .failure(Damage(reason: "its headers are no JSON: \(error.reason)"))
    }
    guard case .object(let object) = value else {
      return .failure(Damage(reason: "its headers are \(value.kindName), not an object"))
    }
    return .success(
      object.members.compactMap { member in
        Self.content(of: member.value).map { WireEvent.Header(member.key, $0) }
      })
  }

  /// The bytes of a header's value; `nil` for null.
  private static func content(of value: JSON) -> [UInt8]? {
    switch value {
    case .string(let text): return Array(text.utf8)
    case .null: return nil
    default: break
    }
    guard case .object(let object) = value, object["type"]?.string == "Buffer",
      case .array(let numbers)? = object["data"]
    else { return Array(value.description.utf8) }
    return numbers.compactMap { $0.integer.flatMap { UInt8(exactly: $0) } }
  }
}

/// Base64 as Node reads it: both alphabets, with or without padding, and whatever is no letter passed
/// over.
enum LooseBase64 {
  static func bytes(of text: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count / 4 * 3)
    var (word, bits) = (UInt32(0), UInt32(0))
    for byte in text {
      let value: UInt32
      switch byte {
      case 0x41...0x5A: value = UInt32(byte) - 0x41
      case 0x61...0x7A: value = UInt32(byte) - 0x61 + 26
      case 0x30...0x39: value = UInt32(byte) - 0x30 + 52
      case 0x2B, 0x2D: value = 62
      case 0x2F, 0x5F: value = 63
      // What follows the padding is passed over.
      case 0x3D: return output
      default: continue
      }
      word = word << 6 | value
      bits += 6
      guard bits >= 8 else { continue }
      bits -= 8
      output.append(UInt8(truncatingIfNeeded: word >> bits))
      word &= 1 << bits - 1
    }
    return output
  }
}
