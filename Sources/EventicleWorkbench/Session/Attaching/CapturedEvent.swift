package import EventicleCore

/// An event of an attached system as it is taken here: with its place there, and what was unusual
/// about it, as members beside its own.
package enum CapturedEvent {
  /// The event that something carried by a transport becomes.
  ///
  /// - Parameter arrival: When it came.
  package static func event(of wire: WireEvent, arrivedAt arrival: Instant) -> Event {
    event(of: wire, WireReader.read(wire, arrival: arrival))
  }

  /// The event of a reading.
  static func event(of wire: WireEvent, _ reading: Reading) -> Event {
    var event = reading.event
    event.additionalMembers = members(of: event, wire, reading)
    return event
  }

  private static func members(
    of event: Event, _ wire: WireEvent, _ reading: Reading
  ) -> JSONBytes? {
    let isTaken = event.additionalMembers?.value.object?["place"] != nil
    var own: [(String, JSON)] = [
      (isTaken ? "$place" : "place", .string(wire.place.text(in: wire.stream)))
    ]
    if case .event(_, let quirks) = reading, !quirks.isEmpty {
      own.append(("$quirks", .array(quirks.marks.map { .string($0) })))
    }
    let mine = JSONBytes(.object(JSONObject(own)))
    guard let theirs = event.additionalMembers else { return mine }
    // What came stays byte for byte.
    return try? JSONBytes(checking: theirs.utf8.dropLast() + [0x2C] + mine.utf8.dropFirst())
  }
}
