package import EventicleCore

/// What a person is told of the system that a session is attached to.
package struct RemoteNotice: Sendable, Hashable {
  /// How the connection is.
  package enum State: Sendable, Hashable {
    /// It was never there; why the last try failed, if one did.
    case connecting(String?)
    /// What was asked of the past is being read.
    case reading
    case live
    /// So many events are not read yet.
    case behind(Int)
    /// It is lost since so long, for a reason; the next try comes after so long.
    case lost(for: Interval, String, next: Interval)
    /// It is over, for a reason.
    case refused(String)
  }

  /// How dangerous it would be to change something there.
  package enum Colour: String, Sendable, Hashable, CaseIterable {
    case production, staging, none
  }

  package var name: String
  package var colour: Colour
  /// The kind of system: `redis`.
  package var transport: String
  package var state: State
  /// How long after it was taken in there the newest event came here; `nil` before one came.
  package var lag: Interval?
  /// Events a second, in the last ten.
  package var rate = 0
  package var streams: [RemoteStream] = []
  package var attachment: Attachment

  package init(name: String, colour: Colour, transport: String, state: State) {
    self.name = name
    self.colour = colour
    self.transport = transport
    self.state = state
    attachment = Attachment(name: name)
  }
}

extension RemoteNotice {
  /// The place of an event in the system that it was read from, as it was taken; `nil` when it has
  /// none.
  package static func place(of event: Event) -> String? {
    guard let members = event.additionalMembers?.value.object else { return nil }
    return (members["$place"] ?? members["place"])?.string
  }

  /// What was unusual about an event there, in short names.
  package static func quirks(of event: Event) -> [String] {
    (event.additionalMembers?.value.object?["$quirks"]?.array ?? []).compactMap(\.string)
  }
}
