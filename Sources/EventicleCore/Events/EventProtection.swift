/// What protects events at rest.
///
/// An engine seals an event before it is stored and opens it before anybody reads it, so that
/// protected members of its data lie in the log, the journal and every file as cipher texts. Keys
/// belong to the protection and never to the world: a world that goes back in time would bring a
/// destroyed key back.
///
/// Sealing the same event with the same key gives the same bytes, so that a run can be repeated
/// and compared.
public protocol EventProtection: Sendable {
  /// What people call it.
  var name: String { get }

  /// The event as it is stored: protected members of its data stand in their sealed form.
  ///
  /// What is sealed already stays as it is; sealing twice is sealing once. An event with nothing
  /// to protect comes back as it is.
  ///
  /// - Throws: A sentence when a member cannot be protected; the event must not be stored then.
  func seal(_ event: Event) throws -> Event

  /// The event as it is read: sealed members stand in clear.
  ///
  /// A member that cannot be opened becomes a ``ProtectionMark`` that says why; an event without
  /// sealed members comes back as it is.
  func open(_ event: Event) -> Event
}
