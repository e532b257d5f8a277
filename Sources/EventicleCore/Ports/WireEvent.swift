/// An event as a transport carries it, before anything is made of its bytes.
package struct WireEvent: Sendable, Hashable {
  /// One header: a name and the bytes of its value.
  package struct Header: Sendable, Hashable {
    package var name: String
    package var value: [UInt8]

    package init(_ name: String, _ value: [UInt8]) {
      self.name = name
      self.value = value
    }
  }

  /// The stream that it was read from.
  package var stream: String
  package var place: EventPlace
  /// The body; `nil` when the entry has none.
  package var body: [UInt8]?
  /// The ordering key; empty when there is none.
  package var key: [UInt8]
  /// When the system took it in, as the transport tells it beside the body; `nil` when it does not.
  package var recordTime: Instant?
  package var headers: [Header]
  /// Why its transport form could not be taken apart, without a full stop; `nil` when it could.
  package var damage: String?

  package init(
    stream: String, place: EventPlace, body: [UInt8]?, key: [UInt8] = [],
    recordTime: Instant? = nil, headers: [Header] = [], damage: String? = nil
  ) {
    self.stream = stream
    self.place = place
    self.body = body
    self.key = key
    self.recordTime = recordTime
    self.headers = headers
    self.damage = damage
  }

  /// The text of the first header with a name; `nil` when there is none or it is empty.
  package func header(_ name: StaticString) -> String? {
    for header in headers where header.name.utf8.count == name.utf8CodeUnitCount {
      guard header.name == name.description, !header.value.isEmpty else { continue }
      return String(decoding: header.value, as: UTF8.self)
    }
    return nil
  }
}

/// What was made of an event from elsewhere.
package enum Reading: Sendable, Hashable {
  /// An event of Eventicle, with what had to be filled in or passed over.
  case event(Event, Quirks)
  /// What is no event of Eventicle, as one whose data are its bytes, and why it is none.
  case opaque(Event, why: String)

  /// The event in either case.
  package var event: Event {
    switch self {
    case .event(let event, _), .opaque(let event, _): event
    }
  }

  /// Whether it was no event of Eventicle.
  package var isOpaque: Bool { if case .opaque = self { true } else { false } }
}
