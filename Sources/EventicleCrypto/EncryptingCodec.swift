public import EventicleCore

/// A codec that seals events before another codec encodes them, and opens them after it.
///
/// What leaves the process is protected whatever the inner codec is, as long as that one brings
/// the data of an event back as it was. The headers hold what the inner codec puts there.
public struct EncryptingCodec: EventCodec {
  /// The codec that turns sealed events into bytes.
  public let inner: any EventCodec
  /// What seals and opens.
  public let protection: any EventProtection

  /// A codec over another one.
  public init(over inner: any EventCodec, protection: any EventProtection) {
    self.inner = inner
    self.protection = protection
  }

  /// A codec over another one that encrypts members by the keys of their subjects.
  public init(
    over inner: any EventCodec, fields: ProtectedFields, keys: any SubjectKeys,
    unknownSubject: EventEncryption.UnknownSubject = .provision
  ) {
    self.init(
      over: inner,
      protection: EventEncryption(fields, keys: keys, unknownSubject: unknownSubject))
  }

  /// The name of both: `encrypted json`.
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

  /// Decodes, then opens what is sealed.
  ///
  /// - Throws: ``EventCodecError`` when the bytes are no event; a member that cannot be opened is
  ///   a ``ProtectionMark`` and no error.
  public func decode(_ encoded: EncodedEvent) throws(EventCodecError) -> Event {
    protection.open(try inner.decode(encoded))
  }
}
