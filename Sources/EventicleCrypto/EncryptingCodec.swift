public import EventicleCore

/// A codec that seals events before another codec encodes them, and opens them after decoding.
///
/// What leaves the process is protected whatever the inner codec is, as long as that codec
/// preserves the data of events. It does not touch the headers, which are the inner codec's.
public struct EncryptingCodec: EventCodec {
  /// The codec that turns sealed events into bytes.
  public let inner: any EventCodec
  /// The protection that seals and opens events.
  public let protection: any EventProtection

  /// Adds a protection to another codec.
  public init(over inner: any EventCodec, protection: any EventProtection) {
    self.inner = inner
    self.protection = protection
  }

  /// Adds encryption of members, with the keys of their subjects, to another codec.
  public init(
    over inner: any EventCodec, fields: ProtectedFields, keys: any SubjectKeys,
    unknownSubject: EventEncryption.UnknownSubject = .provision
  ) {
    self.init(
      over: inner,
      protection: EventEncryption(fields, keys: keys, unknownSubject: unknownSubject))
  }

  /// The name with the inner codec's: `encrypted json`.
  public var name: String { "encrypted \(inner.name)" }

  /// Seals the event, then encodes it.
  ///
  /// - Throws: ``EventCodecError`` when a member cannot be protected; nothing is encoded then.
  public func encode(_ event: Event) throws(EventCodecError) -> EncodedEvent {
    let sealed: Event
    do {
      sealed = try protection.seal(event)
    } catch {
      throw EventCodecError(codec: name, .encoding, event: event.id.text, reason: "\(error)")
    }
    return try inner.encode(sealed)
  }

  /// Decodes an event, then opens its sealed members.
  ///
  /// - Throws: ``EventCodecError`` when the bytes are no event. A member that cannot be opened is
  ///   not an error; it becomes a ``ProtectionMark``.
  public func decode(_ encoded: EncodedEvent) throws(EventCodecError) -> Event {
    protection.open(try inner.decode(encoded))
  }
}
