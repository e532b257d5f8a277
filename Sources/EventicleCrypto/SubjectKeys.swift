/// A store of the data keys of subjects, outside the world of any engine.
///
/// A key may serve several subjects of one user. Shredding destroys a key for good; its id is
/// remembered, so that a value whose key is destroyed differs from one whose key is merely missing.
/// A subject that returns after shredding gets a new key with a new id.
///
/// Calls may come from any thread; each one is atomic.
public protocol SubjectKeys: Sendable {
  /// The key of a subject; `nil` when it has none, or none any more.
  func key(for subject: SubjectID) throws(SubjectKeyError) -> DataKey?

  /// Finds a key by the id that a sealed value names.
  func key(named id: KeyID) -> KeyFinding

  /// Gives a subject a key, and records which user it belongs to.
  ///
  /// A new subject gets the key of the user, if the user has one, else a new key. A subject without
  /// an owner keeps its key and belongs to the user from now on. Without a user, a new subject gets
  /// a key of its own and an existing one stays as it is.
  ///
  /// - Throws: ``SubjectKeyError/ownedByAnother(_:owner:wanted:)`` when it belongs to another user.
  @discardableResult
  func provision(_ subject: SubjectID, user: UserID?) throws(SubjectKeyError) -> DataKey

  /// Destroys the key of a subject.
  ///
  /// - Returns: The ids of the destroyed keys.
  /// - Throws: ``SubjectKeyError/sharedKey(_:user:subjects:)`` when other subjects need it, and
  ///   ``SubjectKeyError/nothingToShred(_:)`` when there is none.
  @discardableResult
  func shred(_ subject: SubjectID) throws(SubjectKeyError) -> [KeyID]

  /// Destroys every key of a user, for all their subjects.
  ///
  /// - Returns: The ids of the destroyed keys.
  /// - Throws: ``SubjectKeyError/nothingToShred(_:)`` when there is none.
  @discardableResult
  func shred(user: UserID) throws(SubjectKeyError) -> [KeyID]

  /// All keys without their bytes, in the order they were made.
  func list() throws(SubjectKeyError) -> [SubjectKeyRecord]
}

/// The result of looking up a key by its id.
public enum KeyFinding: Sendable {
  /// The key is available.
  case found(DataKey)
  /// The key was destroyed.
  case shredded
  /// The key is not available, for a reason that may be temporary.
  case missing(SubjectKeyError)
}

/// The public facts about a key.
public struct SubjectKeyRecord: Sendable, Hashable {
  /// The key's id.
  public let id: KeyID
  /// The owner; `nil` when there is none, and after shredding.
  public let user: UserID?
  /// The subjects whose values it protects, in the order they were provisioned; empty after
  /// shredding.
  public let subjects: [SubjectID]
  /// Whether it was destroyed.
  public let isShredded: Bool
}
