/// Why a codec could not turn an event into bytes, or bytes into an event.
///
/// A reader that meets this error parks the encoded event; no codec makes up an event instead.
public struct EventCodecError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Which way an event went when its codec failed.
  public enum Direction: Sendable, Hashable {
    /// From an event to bytes.
    case encoding
    /// From bytes to an event.
    case decoding
  }

  /// Which codec failed, as ``EventCodec/name`` has it.
  public let codec: String
  /// The direction of the conversion that failed.
  public let direction: Direction
  /// The event, as far as its headers identify it; empty when they do not.
  public let event: String
  /// What was expected and what was found.
  public let reason: String

  /// Creates an error; the reason is a sentence for people.
  public init(codec: String, _ direction: Direction, event: String, reason: String) {
    self.codec = codec
    self.direction = direction
    self.event = event
    self.reason = reason
  }

  /// Which event, what was tried, and why it failed.
  public var description: String {
    let subject = event.isEmpty ? "an event" : "event \(event)"
    let verb = direction == .encoding ? "encoded" : "decoded"
    return "\(subject) cannot be \(verb) as \(codec): \(reason)"
  }
}
