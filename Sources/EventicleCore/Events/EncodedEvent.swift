/// An event in the form that travels: bytes, a key, a time and headers.
public struct EncodedEvent: Sendable, Hashable {
  /// The body.
  public var buffer: [UInt8]
  /// What keeps events of one thing in order.
  public var key: String
  /// When it happened.
  public var timestamp: Instant
  /// The eight headers, in Eventicle's order, and any others.
  public var headers: [Header]

  /// One header.
  public struct Header: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value.
    public var value: String

    /// One of these parts.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// An encoded event of these parts.
  public init(buffer: [UInt8], key: String, timestamp: Instant, headers: [Header]) {
    self.buffer = buffer
    self.key = key
    self.timestamp = timestamp
    self.headers = headers
  }

  /// The value of a header, or an empty text when it is absent.
  public subscript(header name: String) -> String {
    headers.first { isSameText($0.name, name) }?.value ?? ""
  }
}

/// Turns events into bytes and back.
///
/// The buffer may hold anything: text, or a binary form whose schema the headers name. What cannot
/// be turned is a typed error and never an event made up in its place.
public protocol EventCodec: Sendable {
  /// What people call it.
  var name: String { get }

  /// The travelling form of an event.
  ///
  /// - Throws: ``EventCodecError`` when the event has no such form.
  func encode(_ event: Event) throws(EventCodecError) -> EncodedEvent

  /// The event of a travelling form.
  ///
  /// - Throws: ``EventCodecError`` when the bytes are not an event of this codec.
  func decode(_ encoded: EncodedEvent) throws(EventCodecError) -> Event
}
