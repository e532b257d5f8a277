/// Keeps the data keys of subjects, outside the world of any engine.
///
/// A key may serve several subjects of one user. Shredding destroys a key for good: its name is
/// remembered, so that a value that nobody can read any more can be told from a value whose key is
/// not here. A subject that comes back after shredding gets a new key under a new name.
///
/// Calls may come from any thread; each one is atomic.
public protocol SubjectKeys: Sendable {
  /// The key of a subject; `nil` when it has none, or none any more.
  func key(for subject: SubjectID) throws(SubjectKeyError) -> DataKey?

  /// The key of a name, as a sealed value tells it.
  func key(named id: KeyID) -> KeyFinding

  /// Makes sure that a subject has a key, and says whose it is.
  ///
  /// A subject that is new gets the key of the user, if the user has one, else a new key. A subject
  /// that nobody owns keeps its key and belongs to the user from now on. Without a user a new
  /// subject gets a key of its own, and one that exists stays as it is.
  ///
  /// - Throws: ``SubjectKeyError/ownedByAnother(_:owner:wanted:)`` when it belongs to another user.
  @discardableResult
  func provision(_ subject: SubjectID, user: UserID?) throws(SubjectKeyError) -> DataKey

  /// Destroys the key of a subject.
  ///
  /// - Returns: The names of the keys that are no more.
  /// - Throws: ``SubjectKeyError/sharedKey(_:user:subjects:)`` when other subjects need it, and
  ///   ``SubjectKeyError/nothingToShred(_:)`` when there is none.
  @discardableResult
  func shred(_ subject: SubjectID) throws(SubjectKeyError) -> [KeyID]

  /// Destroys every key of a user, for all their subjects.
  ///
  /// - Returns: The names of the keys that are no more.
  /// - Throws: ``SubjectKeyError/nothingToShred(_:)`` when there is none.
  @discardableResult
  func shred(user: UserID) throws(SubjectKeyError) -> [KeyID]

  /// All keys, in the order they were made, without their bytes.
  func list() throws(SubjectKeyError) -> [SubjectKeyRecord]
}

/// What became of the key of a name.
public enum KeyFinding: Sendable {
  /// It is here.
  case found(DataKey)
  /// It was destroyed.
  case shredded
  /// It cannot be had, for a reason that may pass.
  case missing(SubjectKeyError)
}

/// What people may know about a key.
public struct SubjectKeyRecord: Sendable, Hashable {
  /// What identifies the key.
  public let id: KeyID
  /// Who owns it; `nil` when nobody does, and after shredding.
  public let user: UserID?
  /// Whose values it protects, in the order they were provisioned; empty after shredding.
  public let subjects: [SubjectID]
  /// Whether it was destroyed.
  public let isShredded: Bool
}
