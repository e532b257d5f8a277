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
    headers.first { sameBytes($0.name, name) }?.value ?? ""
  }
}

/// Turns events into bytes and back.
public protocol EventCodec: Sendable {
  /// What people call it.
  var name: String { get }
  /// The travelling form of an event.
  func encode(_ event: Event) throws -> EncodedEvent
  /// The event of a travelling form.
  func decode(_ encoded: EncodedEvent) throws -> Event
}
