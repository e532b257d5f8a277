/// Protects events at rest.
///
/// An engine seals an event before storing it and opens it before anybody reads it, so that the
/// log, the journal and every file hold the protected members of its data as cipher texts. Keys
/// belong to the protection and never to the world: otherwise going back in time would restore a
/// destroyed key.
///
/// Sealing the same event with the same key gives the same bytes, so that a run can be repeated
/// and compared.
public protocol EventProtection: Sendable {
  /// The name shown to people.
  var name: String { get }

  /// The event as it is stored, with the protected members of its data sealed.
  ///
  /// Sealing is idempotent: what is sealed already stays unchanged. An event with nothing to
  /// protect is returned unchanged.
  ///
  /// - Throws: An error whose description is a sentence when a member cannot be protected; the
  ///   event must not be stored then.
  func seal(_ event: Event) throws -> Event

  /// The event as it is read, with its sealed members in clear text.
  ///
  /// A member that cannot be opened becomes a ``ProtectionMark`` that says why; an event without
  /// sealed members is returned unchanged.
  func open(_ event: Event) -> Event
}
