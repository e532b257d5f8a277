/// What the `createdAt` of an event's JSON says.
package enum EventMoment: Sendable, Hashable {
  /// A moment, to the millisecond.
  case exact(Instant)
  /// A moment with parts of a millisecond; the one at or before it.
  case tooFine(Instant)

  /// Reads a number of milliseconds since 1970 or an ISO 8601 text, as JSON.
  ///
  /// - Returns: `nil` when it is neither.
  package static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> EventMoment? {
    let text = String(decoding: bytes, as: UTF8.self)
    if text.hasPrefix("\"") { return read(iso: text.dropFirst().dropLast()) }
    if let whole = Int64(text) { return .exact(Instant(milliseconds: whole)) }
    guard let value = Double(text), abs(value) < 9e15 else { return nil }
    let instant = Instant(milliseconds: Int64(value.rounded(.down)))
    // By the digits, because a number near a whole one may be rounded to it.
    let isWhole = JSONNumber(trusted: text) == JSONNumber(Int(instant.milliseconds))
    return isWhole ? .exact(instant) : .tooFine(instant)
  }

  /// Reads an ISO 8601 text.
  package static func read(iso text: some StringProtocol) -> EventMoment? {
    guard let instant = Instant(parsing: text) else { return nil }
    let fraction = text.utf8.drop { $0 != 0x2E }.dropFirst().prefix { $0 >= 0x30 && $0 <= 0x39 }
    return fraction.dropFirst(3).allSatisfy { $0 == 0x30 } ? .exact(instant) : .tooFine(instant)
  }
}
