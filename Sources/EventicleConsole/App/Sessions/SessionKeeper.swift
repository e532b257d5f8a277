import EventicleCore
import EventicleWorkbench
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Keeps beside a store what a person left in its session: the place in time, the forks, the screen.
///
/// Nothing of it is needed to open the store. A file that cannot be used is put aside under another
/// name and never changed; one of a newer program stays where it is, and nothing is kept then.
// The workbench's thread tells it of the session, the terminal's of the screen; both may write.
final class SessionKeeper: Sendable {
  /// What there is of a session that is opened again.
  struct Opened: Sendable {
    /// What was kept; `nil` when nothing was, or it cannot be used.
    var kept: KeptSession?
    /// Why it cannot be used, as a sentence.
    var problem: String?
  }

  private struct State {
    /// `nil` while no store is open.
    var place: SessionPlace?
    var history = ""
    var session = KeptSession()
    /// What the file holds.
    var written = KeptSession()
    var isChanged = false
    /// Whether what was kept is still to be made again, so that the session lacks it.
    var isRestoring = false
  }

  private let folder: String
  private let state = Mutex(State())
  /// Held while the file is written, so that the older of two states never comes last.
  private let writing = Mutex(())

  /// Creates a keeper.
  ///
  /// - Parameter folder: The folder of the console's state, for stores that are only read.
  init(folder: String) { self.folder = folder }

  // MARK: - Opening and leaving

  /// Begins to keep the session of a store, and reads what was kept of it.
  ///
  /// Until ``endRestoring()`` nothing is written.
  func open(_ store: String, isReadOnly: Bool = false, of session: Session) -> Opened {
    let place = SessionPlace(store: store, isReadOnly: isReadOnly, state: folder)
    var next = State()
    next.history = KeptSession.history(of: session)
    next.isRestoring = true
    var opened = Opened()
    do throws(KeptSessionError) {
      opened.kept = try SessionKeeper.read(place.path, of: next.history)
      next.session = opened.kept ?? KeptSession()
      next.written = next.session
      next.place = place
    } catch {
      let why = "\(SessionKeeper.name(of: place.path)) is not used: \(error.reason)"
      if case .newer = error {
        opened.problem = "\(why). It stays as it is, and nothing is kept of this one."
      } else if let other = SessionKeeper.putAside(place.path) {
        next.place = place
        opened.problem = "\(why). It is \(SessionKeeper.name(of: other)) now."
      } else {
        opened.problem = "\(why). It stays as it is; rename it, so that this one can be kept."
      }
    }
    state.withLock { $0 = next }
    return opened
  }

  /// Notes that what was kept has been made again.
  func endRestoring() { state.withLock { $0.isRestoring = false } }

  /// Writes what is not written yet and keeps nothing more.
  ///
  /// - Returns: Why forks of the session could not be kept; `nil` when nothing is lost.
  func leave() -> String? {
    let hasForks = state.withLock { state in
      // The time that passed since the last change belongs to it.
      if state.session != state.written, !state.isRestoring { state.isChanged = true }
      return !state.session.forks.isEmpty
    }
    let problem = write()
    state.withLock { $0 = State() }
    return hasForks ? problem : nil
  }

  private static func read(
    _ path: String, of history: String
  ) throws(KeptSessionError) -> KeptSession? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    // What others put there is not followed.
    guard status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid() else { throw .unreadable }
    guard let bytes = try? Files.bytes(path, limit: Limits.tapeBytes) else { throw .unreadable }
    return try KeptSession(bytes, of: history)
  }

  /// The name of a file without its folder, so that a sentence about it has room.
  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map { String($0) } ?? path
  }

  /// Gives a file another name; `nil` when that cannot be done.
  private static func putAside(_ path: String) -> String? {
    for number in 1...20 {
      let other = "\(path)-old\(number == 1 ? "" : "\(number)")"
      var status = stat()
      guard lstat(other, &status) != 0, errno == ENOENT else { continue }
      return rename(path, other) == 0 ? other : nil
    }
    return nil
  }

  // MARK: - Keeping

  /// Takes over what is of the session itself.
  func take(_ session: Session) {
    state.withLock { state in
      guard state.place != nil, !state.isRestoring else { return }
      let before = state.session.settled
      state.session.take(session)
      if state.session.settled != before { state.isChanged = true }
    }
  }

  /// Takes over what is of the screen.
  func take(_ look: KeptLook) {
    state.withLock { state in
      guard state.place != nil, !state.isRestoring, state.session.look != look else { return }
      state.session.look = look
      state.isChanged = true
    }
  }

  /// Whether there is something to write.
  var isChanged: Bool { state.withLock { $0.isChanged } }

  /// Writes what has changed; does nothing when nothing has.
  ///
  /// - Returns: Why it could not be written.
  func write() -> String? {
    writing.withLock { _ in
      let (place, bytes) = state.withLock { state -> (SessionPlace?, [UInt8]) in
        guard let place = state.place, state.isChanged, !state.isRestoring else { return (nil, []) }
        state.isChanged = false
        state.written = state.session
        return (place, state.session.bytes(of: state.history))
      }
      guard let place else { return nil }
      if let folder = place.folder { Files.makeFolder(folder) }
      do throws(FileProblem) {
        try Files.write(bytes, to: place.path, mode: 0o600)
        return nil
      } catch {
        return error.text
      }
    }
  }
}
