internal import Synchronization

/// Keys in memory, lost when the process ends.
public final class InMemorySubjectKeys: SubjectKeys {
  private let ring: Mutex<KeyRing>

  /// An empty store, with a random master key by default.
  public init(master: MasterKey = .random()) {
    ring = Mutex(KeyRing(emptyFor: master))
  }

  /// The key of a subject; `nil` when it has none.
  public func key(for subject: SubjectID) throws(SubjectKeyError) -> DataKey? {
    try ring.withLock { (ring) throws(SubjectKeyError) in try ring.key(for: subject) }
  }

  /// Finds a key by the id that a sealed value names.
  public func key(named id: KeyID) -> KeyFinding {
    ring.withLock { $0.key(named: id) }
  }

  /// Gives a subject a key, and records which user it belongs to; see ``SubjectKeys``.
  @discardableResult
  public func provision(
    _ subject: SubjectID, user: UserID? = nil
  ) throws(SubjectKeyError) -> DataKey {
    try ring.withLock { (ring) throws(SubjectKeyError) in
      try ring.provision(subject, user: user)
    }
  }

  /// Destroys the key of a subject.
  @discardableResult
  public func shred(_ subject: SubjectID) throws(SubjectKeyError) -> [KeyID] {
    try ring.withLock { (ring) throws(SubjectKeyError) in try ring.shred(subject) }
  }

  /// Destroys every key of a user.
  @discardableResult
  public func shred(user: UserID) throws(SubjectKeyError) -> [KeyID] {
    try ring.withLock { (ring) throws(SubjectKeyError) in try ring.shred(user: user) }
  }

  /// Wraps all keys by another master key.
  public func rewrap(to master: MasterKey) throws(SubjectKeyError) {
    try ring.withLock { (ring) throws(SubjectKeyError) in
      ring = try ring.rewrapped(by: master)
    }
  }

  /// All keys without their bytes, in the order they were made.
  public func list() -> [SubjectKeyRecord] { ring.withLock { $0.records } }
}
