import EventicleCore
import EventicleWorkbench
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Keeps the unsaved lines of a session on disk, for when the program ends without being left.
///
/// One file a process, readable by its owner only: `recover-PID.tape`. Each new line is appended at
/// once, so that even a killed program loses none. The process locks the file while it lives; a
/// file without a lock can be recovered.
// The workbench's thread keeps it, another one closes it; the lock is for both.
final class RecoveryFile: @unchecked Sendable {
  private let folder: String
  private let path: String
  private let lock = Mutex(())
  private var descriptor: Int32 = -1
  /// How many lines of the session the file holds.
  private var lines = 0
  private var isClosed = false

  /// The file of this process in a folder, which is made when it is needed.
  init(folder: String) {
    self.folder = folder
    path = "\(folder)/recover-\(getpid()).tape"
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Brings the file up to the session; cheap when nothing is new.
  ///
  /// Without unsaved lines there is no file. A folder that cannot be written costs only recovery.
  func keep(_ session: Session) { lock.withLock { _ in bringUp(to: session) } }

  private func bringUp(to session: Session) {
    guard !isClosed else { return }
    // A fork ends with its process.
    let (tape, unsaved) = session.linesOfMain
    guard unsaved > 0 else { return discard() }
    if descriptor < 0 || tape.count < lines { begin(session) }
    guard descriptor >= 0, tape.count > lines else { return }
    append(tape[lines...])
    lines = tape.count
  }

  /// Whether the lines are on disk.
  var isKept: Bool { lock.withLock { _ in descriptor >= 0 } }

  /// Removes the file for good: the user has left the session.
  func finish() {
    lock.withLock { _ in
      discard()
      isClosed = true
    }
  }

  private func discard() {
    lines = 0
    guard descriptor >= 0 else { return }
    unlink(path)
    close(descriptor)
    descriptor = -1
  }

  private func begin(_ session: Session) {
    discard()
    Files.makeFolder(folder)
    unlink(path)
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    _ = flock(descriptor, LOCK_EX | LOCK_NB)
    append((SessionFile.header(of: session) + RecoveryFile.remarks)[...])
  }

  private func append(_ lines: ArraySlice<String>) {
    var bytes = lines.map { $0 + "\n" }.joined()
    _ = bytes.withUTF8 { write(descriptor, $0.baseAddress, $0.count) }
  }

  /// The folder in which the files of the session were named.
  private static var remarks: [String] {
    guard let current = getcwd(nil, 0) else { return [] }
    defer { free(current) }
    return ["\(folderTitle)\(String(cString: current))"]
  }

  private static let folderTitle = "# in the folder "

  // MARK: - What is left of others

  /// A file whose process has ended.
  struct Abandoned {
    let path: String
    /// When it was written last, in seconds since 1970.
    let written: Int
  }

  /// The files of processes that have ended, the newest first.
  static func abandoned(in folder: String) -> [Abandoned] {
    guard let entries = opendir(folder) else { return [] }
    defer { closedir(entries) }
    var found: [Abandoned] = []
    while let entry = readdir(entries) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasPrefix("recover-"), name.hasSuffix(".tape") else { continue }
      let path = "\(folder)/\(name)"
      let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard file >= 0 else { continue }
      defer { close(file) }
      var status = stat()
      guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        status.st_uid == geteuid(), flock(file, LOCK_SH | LOCK_NB) == 0
      else { continue }
      #if canImport(Darwin)
        let written = status.st_mtimespec.tv_sec
      #else
        let written = status.st_mtim.tv_sec
      #endif
      found.append(Abandoned(path: path, written: written))
    }
    return found.sorted { ($0.written, $0.path) > ($1.written, $1.path) }
  }

  /// Makes a session from such a file; none of its lines counts as saved.
  ///
  /// Works in the folder in which the session did, so that the files it names are found.
  static func recover(
    _ file: Abandoned, after session: Session, domains: [Domain]
  ) throws(FileProblem) -> SessionFiles.Opened {
    let beginning = String(decoding: Files.beginning(of: file.path, 8_192), as: UTF8.self)
    let titled = beginning.split(separator: "\n").prefix(4).first { $0.hasPrefix(folderTitle) }
    if let titled { chdir(String(titled.dropFirst(folderTitle.count))) }
    var opened = try SessionFiles.open(file.path, after: session, domains: domains)
    opened.files = SessionFiles()
    opened.session.markUnsaved()
    return opened
  }

  /// Removes a file that was recovered.
  static func remove(_ file: Abandoned) { unlink(file.path) }
}
