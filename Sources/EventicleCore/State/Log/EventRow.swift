/// What the log keeps of one event besides the bytes of its payload: 56 bytes.
///
/// The payload begins with the domain id, then come the data, then what few events have, each with
/// its length in four bytes before it: an id that is no UUID, a cause that is not in the log, a
/// type of the cause that is not the cause's own, and a trace.
struct EventRow: Sendable {
  /// The id when it is a UUID; else the hash of its text and 0.
  var idHigh: UInt64
  var idLow: UInt64
  /// Milliseconds since 1970.
  var createdAt: Int64
  /// Where the payload lies.
  var block: UInt32
  var offset: UInt32
  var domainLength: UInt32
  var dataLength: UInt32
  /// The position of the causing event when it is in the log, else 0.
  var cause: Int32
  /// Type, stream and source together, as a number of the kind table.
  var kind: Int32
  /// The place in the stream, from 1.
  var place: Int32
  var traits: Traits

  /// What an event has besides what every event has.
  struct Traits: OptionSet, Sendable {
    let rawValue: UInt32

    static let textID = Traits(rawValue: 1)
    static let domain = Traits(rawValue: 2)
    static let causeID = Traits(rawValue: 4)
    /// The type of the cause is the type of the event at ``EventRow/cause``.
    static let typeOfCause = Traits(rawValue: 8)
    static let causeType = Traits(rawValue: 16)
    /// It happened in a distributed trace.
    static let trace = Traits(rawValue: 32)

    /// Those that have bytes behind the data.
    static let extras: Traits = [.textID, .causeID, .causeType, .trace]
  }

  /// The hash under which the id is indexed.
  @inline(__always)
  var idHash: UInt32 {
    let hash = traits.contains(.textID) ? idHigh : QuickHash.words(idHigh, idLow)
    return UInt32(truncatingIfNeeded: hash >> 32)
  }
}
