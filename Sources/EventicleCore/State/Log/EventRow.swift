/// What the log keeps of one event besides the bytes of its payload: 56 bytes.
///
/// The payload is the domain id, the data, and then the parts that few events have, each preceded
/// by its length in four bytes: an id that is no UUID, a cause that is not in the log, a cause type
/// that differs from the cause's own, a trace, and the members besides an event's own.
struct EventRow: Sendable {
  /// The high half of a UUID id; for other ids the hash of the text.
  var idHigh: UInt64
  var idLow: UInt64
  /// Milliseconds since 1970-01-01T00:00:00Z.
  var createdAt: Int64
  /// The block that holds the payload.
  var block: UInt32
  var offset: UInt32
  var domainLength: UInt32
  var dataLength: UInt32
  /// The position of the causing event when it is in the log, else 0.
  var cause: Int32
  /// Type, stream and source together, as a number of the table of kinds.
  var kind: Int32
  /// The place in the stream, from 1.
  var place: Int32
  var traits: Traits

  /// The parts that not every event has.
  struct Traits: OptionSet, Sendable {
    let rawValue: UInt32

    static let textID = Traits(rawValue: 1)
    static let domain = Traits(rawValue: 2)
    static let causeID = Traits(rawValue: 4)
    /// The type of the cause is the type of the event at ``EventRow/cause``.
    static let typeOfCause = Traits(rawValue: 8)
    static let causeType = Traits(rawValue: 16)
    /// The event belongs to a distributed trace.
    static let trace = Traits(rawValue: 32)
    /// The event has members that are not its own.
    static let additional = Traits(rawValue: 64)

    /// The parts with bytes after the data.
    static let extras: Traits = [
      .textID, .causeID, .causeType, .trace, .additional,
    ]
  }

  /// The hash under which the id is indexed.
  @inline(__always)
  var idHash: UInt32 {
    let hash = traits.contains(.textID) ? idHigh : QuickHash.words(idHigh, idLow)
    return UInt32(truncatingIfNeeded: hash >> 32)
  }
}
