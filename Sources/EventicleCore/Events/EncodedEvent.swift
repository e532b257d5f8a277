/// An event in its transport form: bytes, a key, an instant and headers.
public struct EncodedEvent: Sendable, Hashable {
  /// The body as the codec wrote it; only that codec can read it.
  public var buffer: [UInt8]
  /// The ordering key: events with the same key stay in order.
  public var key: String
  /// When the event happened.
  public var timestamp: Instant
  /// The eight standard headers in Eventicle's order, followed by any others.
  public var headers: [Header]

  /// One header: a name and its value.
  public struct Header: Sendable, Hashable {
    /// The header's name, compared byte by byte.
    public var name: String
    /// The header's value; may be empty.
    public var value: String

    /// Creates a header; neither text is checked.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Creates an encoded event; nothing is checked before it is decoded.
  public init(buffer: [UInt8], key: String, timestamp: Instant, headers: [Header]) {
    self.buffer = buffer
    self.key = key
    self.timestamp = timestamp
    self.headers = headers
  }

  /// The value of the first header with a name, or an empty text when there is none.
  public subscript(header name: String) -> String {
    headers.first { isSameText($0.name, name) }?.value ?? ""
  }
}

/// Encodes events as bytes and decodes them.
///
/// The buffer may hold anything: text, or a binary form whose schema the headers name. What cannot
/// be converted is a typed error; a codec never makes up an event instead.
public protocol EventCodec: Sendable {
  /// The name shown to people, such as `json`.
  var name: String { get }

  /// Encodes an event for transport.
  ///
  /// - Throws: ``EventCodecError`` when the event cannot be encoded.
  func encode(_ event: Event) throws(EventCodecError) -> EncodedEvent

  /// Decodes an event from its transport form.
  ///
  /// - Throws: ``EventCodecError`` when the bytes are not an event of this codec.
  func decode(_ encoded: EncodedEvent) throws(EventCodecError) -> Event
}
