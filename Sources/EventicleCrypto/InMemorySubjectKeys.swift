internal import Synchronization

/// Keys that live as long as the process.
public final class InMemorySubjectKeys: SubjectKeys {
  private let ring: Mutex<KeyRing>

  /// A store without keys, under a master key of its own unless one is given.
  public init(master: MasterKey = .random()) {
    ring = Mutex(KeyRing(emptyFor: master))
  }

  /// The key of a subject; `nil` when it has none.
  public func key(for subject: SubjectID) throws(SubjectKeyError) -> DataKey? {
    try ring.withLock { (ring) throws(SubjectKeyError) in try ring.key(for: subject) }
  }

  /// The key of a name.
  public func key(named id: KeyID) -> KeyFinding {
    ring.withLock { $0.key(named: id) }
  }

  /// Makes sure that a subject has a key, and says whose it is.
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

  /// All keys, in the order they were made.
  public func list() -> [SubjectKeyRecord] { ring.withLock { $0.records } }
}
