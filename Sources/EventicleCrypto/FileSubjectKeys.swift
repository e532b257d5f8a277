internal import Synchronization

/// Keys in a file of their own, wrapped by a master key that is kept elsewhere.
///
/// The file is readable by its owner alone and replaced as a whole at each change, which is on the
/// disk before the call returns. Several programs may share it: each change is made to what the
/// file says at that moment, and a key that another program shredded is gone here at once. A look
/// at the file's stamp is all that a lookup costs on top; a change costs O(keys) and a write to the
/// disk, so that many subjects are best given to few users.
public final class FileSubjectKeys: SubjectKeys {
  /// Where the keys lie.
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
  /// A file that another master key wrapped opens too, so that it can be listed; its keys are
  /// missing then and nothing can be changed.
  ///
  /// - Throws: ``SubjectKeyError/file(path:reason:)`` when it is not there, is damaged, or may be
  ///   used by others.
  public init(path: String, master: MasterKey) throws(SubjectKeyError) {
    file = PrivateFile(path: path)
    state = Mutex(try Self.load(file, master: master))
  }

  /// Makes a key file without keys, and opens it.
  ///
  /// - Throws: ``SubjectKeyError/file(path:reason:)`` when something is there already or nothing
  ///   can be written.
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

  /// The key of a name.
  public func key(named id: KeyID) -> KeyFinding {
    do throws(SubjectKeyError) {
      return try reading { (ring) throws(SubjectKeyError) in ring.key(named: id) }
    } catch {
      return .missing(error)
    }
  }

  /// Makes sure that a subject has a key, and says whose it is.
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

  /// Wraps all keys by another master key; the old one opens nothing any more.
  ///
  /// With the old master key destroyed, old copies of the file are worth nothing, and the keys
  /// that were shredded since are gone from them too.
  public func rewrap(to master: MasterKey) throws(SubjectKeyError) {
    try changing { (state) throws(SubjectKeyError) in
      state.ring = try state.ring.rewrapped(by: master)
      state.master = master
    }
  }

  /// All keys, in the order they were made.
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

  /// Changes the keys and the file, or neither.
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

  /// Reads the file again when it is another one than before.
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
