internal import Synchronization

/// Keys in a file of their own, wrapped by a master key that is kept elsewhere.
///
/// Only the owner can read the file. Each change replaces it as a whole and is on disk before the
/// call returns. Several programs may share the file: each change applies to its current content,
/// and a key that another program shredded is gone here at once. A lookup costs one `stat` on top;
/// a change costs O(keys) and a write to disk, so that many subjects are best assigned to few
/// users.
public final class FileSubjectKeys: SubjectKeys {
  /// The path of the key file.
  public var path: String { file.path }

  private let file: PrivateFile
  private let state: Mutex<State>

  private struct State: Sendable {
    var master: MasterKey
    var ring: KeyRing
    var stamp: PrivateFile.Stamp
  }

  /// Opens a key file.
  ///
  /// A file wrapped by another master key opens too, so that it can be listed, but its keys count
  /// as missing and nothing can be changed.
  ///
  /// - Throws: ``SubjectKeyError/file(path:reason:)`` when it does not exist, is damaged, or can be
  ///   accessed by others.
  public init(path: String, master: MasterKey) throws(SubjectKeyError) {
    file = PrivateFile(path: path)
    state = Mutex(try Self.load(file, master: master))
  }

  /// Creates an empty key file and opens it.
  ///
  /// - Throws: ``SubjectKeyError/file(path:reason:)`` when something exists there already or the
  ///   file cannot be written.
  public static func create(
    path: String, master: MasterKey
  ) throws(SubjectKeyError) -> FileSubjectKeys {
    let file = PrivateFile(path: path)
    try file.locked { () throws(SubjectKeyError) in
      guard try file.stamp() == nil else {
        throw file.refusal("is there already; open it, or choose another path")
      }
      try file.replace(by: KeyFileText.write(KeyRing(emptyFor: master), master: master))
    }
    return try FileSubjectKeys(path: path, master: master)
  }

  /// The key of a subject; `nil` when it has none.
  public func key(for subject: SubjectID) throws(SubjectKeyError) -> DataKey? {
    try reading { (ring) throws(SubjectKeyError) in try ring.key(for: subject) }
  }

  /// Finds a key by the id that a sealed value names.
  public func key(named id: KeyID) -> KeyFinding {
    do throws(SubjectKeyError) {
      return try reading { (ring) throws(SubjectKeyError) in ring.key(named: id) }
    } catch {
      return .missing(error)
    }
  }

  /// Gives a subject a key, and records which user it belongs to; see ``SubjectKeys``.
  @discardableResult
  public func provision(
    _ subject: SubjectID, user: UserID? = nil
  ) throws(SubjectKeyError) -> DataKey {
    try changing { (state) throws(SubjectKeyError) in
      try state.ring.provision(subject, user: user)
    }
  }

  /// Destroys the key of a subject.
  @discardableResult
  public func shred(_ subject: SubjectID) throws(SubjectKeyError) -> [KeyID] {
    try changing { (state) throws(SubjectKeyError) in try state.ring.shred(subject) }
  }

  /// Destroys every key of a user.
  @discardableResult
  public func shred(user: UserID) throws(SubjectKeyError) -> [KeyID] {
    try changing { (state) throws(SubjectKeyError) in try state.ring.shred(user: user) }
  }

  /// Wraps all keys by another master key; the old one no longer opens the file.
  ///
  /// Once the old master key is destroyed, old copies of the file are worthless, including the keys
  /// in them that have been shredded since.
  ///
  /// - Throws: ``SubjectKeyError`` when a key cannot be unwrapped or the file cannot be written;
  ///   nothing has changed then.
  public func rewrap(to master: MasterKey) throws(SubjectKeyError) {
    try changing { (state) throws(SubjectKeyError) in
      state.ring = try state.ring.rewrapped(by: master)
      state.master = master
    }
  }

  /// All keys without their bytes, in the order they were made.
  public func list() throws(SubjectKeyError) -> [SubjectKeyRecord] {
    try reading { (ring) throws(SubjectKeyError) in ring.records }
  }

  // MARK: - The file

  private func reading<Outcome: Sendable>(
    _ work: (inout KeyRing) throws(SubjectKeyError) -> Outcome
  ) throws(SubjectKeyError) -> Outcome {
    try state.withLock { (state) throws(SubjectKeyError) in
      try refresh(&state)
      return try work(&state.ring)
    }
  }

  /// Changes the keys and the file together, or neither.
  private func changing<Outcome: Sendable>(
    _ work: (inout State) throws(SubjectKeyError) -> Outcome
  ) throws(SubjectKeyError) -> Outcome {
    try state.withLock { (state) throws(SubjectKeyError) in
      try file.locked { () throws(SubjectKeyError) in
        try refresh(&state)
        var draft = state
        let outcome = try work(&draft)
        let isSame =
          draft.ring.entries == state.ring.entries
          && draft.ring.fingerprint == state.ring.fingerprint
        guard !isSame else {
          state = draft
          return outcome
        }
        try file.replace(by: KeyFileText.write(draft.ring, master: draft.master))
        guard let stamp = try file.stamp() else { throw gone() }
        draft.stamp = stamp
        state = draft
        return outcome
      }
    }
  }

  /// Reads the file again if it has changed.
  private func refresh(_ state: inout State) throws(SubjectKeyError) {
    guard let stamp = try file.stamp() else { throw gone() }
    if stamp != state.stamp { state = try Self.load(file, master: state.master) }
  }

  private static func load(
    _ file: PrivateFile, master: MasterKey
  ) throws(SubjectKeyError) -> State {
    let (bytes, stamp) = try file.load()
    do throws(SubjectKeyError) {
      return State(
        master: master, ring: try KeyFileText.read(bytes, master: master), stamp: stamp)
    } catch {
      throw .file(path: file.path, reason: error.description)
    }
  }

  private func gone() -> SubjectKeyError {
    file.refusal("is gone; restore it from a copy")
  }
}
