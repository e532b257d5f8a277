import EventicleCore
package import EventicleWorkbench

/// The files of one session: what it may replace without asking, and where it is saved.
package struct SessionFiles: Sendable {
  /// Why a session was not saved.
  package enum SaveError: Error, Sendable, Hashable {
    /// It cannot be.
    case problem(FileProblem)
    /// There is a file that the session has not written, or that was changed since.
    ///
    /// - Parameter isOurs: Whether it is a tape or a file of events of some session.
    case occupied(String, isOurs: Bool)
  }

  /// A file that was written.
  package struct Saved: Sendable, Hashable {
    package let path: String
    package let bytes: Int
    /// How many lines of the session it holds; none when it holds events.
    package let lines: Int

    /// What is said when it is written: `saved shop.tape, 120 bytes`.
    ///
    /// A name that does not tell what the file is gets a word about it.
    package var report: String {
      guard !path.hasSuffix(".tape"), !SessionFiles.holdsEvents(path) else {
        return "saved \(path), \(bytes) bytes"
      }
      return "saved \(path) as a tape, \(bytes) bytes; a name that ends with .ndjson saves the "
        + "events, one with .eventicle everything"
    }
  }

  /// The files that the session wrote or was opened from.
  private var known: Set<FileIdentity> = []
  /// The tape that the session was saved in or opened from last.
  package private(set) var current: String?

  /// Opens stores; `nil` where there are none.
  private(set) var stores: StoreOpener?
  /// The path of the store that keeps the session.
  package private(set) var store: String?

  /// The files of a new session: none.
  package init() {}

  /// Notes how stores are opened, and which one keeps the session.
  package mutating func use(_ stores: StoreOpener?, inUse path: String?) {
    (self.stores, store) = (stores, path)
  }

  /// Keeps a session in a new store from now on.
  ///
  /// - Throws: ``FileProblem`` when there is something at the path, or the store cannot be written.
  mutating func keep(_ session: inout Session, in path: String) throws(FileProblem) {
    guard let stores else {
      throw FileProblem("This program has no stores; save NAME.tape keeps the commands.")
    }
    do {
      try session.keep(in: try stores.open(path))
    } catch {
      throw FileProblem(sentence(of: error, with: path))
    }
    store = path
  }

  /// Copies the store that keeps the session, and says so.
  ///
  /// - Throws: ``FileProblem`` when no store keeps it, or the copy cannot be written.
  package func backup(to path: String) throws(FileProblem) -> String {
    guard let stores, let store else {
      throw FileProblem(
        "backup copies the store of a session, but this one has none; save NAME.eventicle makes one."
      )
    }
    do {
      let count = try stores.backup(store, path)
      return "\(path) has all \(count) \(count == 1 ? "entry" : "entries") of \(store)"
    } catch {
      throw FileProblem(sentence(of: error, with: path))
    }
  }

  /// Saves the branch in use of a session.
  ///
  /// A file whose name ends with `.ndjson` or `.ndjson.gz` gets its events, any other its commands as a
  /// tape; one whose name ends with `.gz` is packed with gzip. The file of the last time is that of
  /// main; a fork is saved in one of its own.
  ///
  /// - Parameters:
  ///   - path: The file; the one of the last time when `nil`.
  ///   - force: Whether a file of somebody else is replaced, and a link followed to its file.
  package mutating func save(
    _ session: Session, to path: String?, force: Bool
  ) throws(SaveError) -> Saved {
    let fork = session.forkInUse
    if let problem = SessionFiles.problem(saving: session, to: path) { throw .problem(problem) }
    guard let path = path ?? current else {
      throw .problem(
        FileProblem(
          "save needs a file: save NAME.tape for the commands, NAME.ndjson for the events."))
    }
    if session.tapeLacksEvents, !SessionFiles.holdsEvents(path) {
      throw .problem(
        FileProblem(
          "Events of a file that is followed are in no line, so that no tape gives them again; "
            + "save NAME.ndjson for its events, or NAME.eventicle for everything."))
    }
    let own = fork == nil ? nil : current.flatMap { Files.identity(of: $0) }
    if !force { try refuseOccupied(path, besides: own) }
    let isEvents = SessionFiles.holdsEvents(path)
    let size = try write(to: path, force: force) { send throws(FileProblem) in
      guard isEvents else { return try send(SessionFile.tape(of: session)) }
      let log = session.head.log
      let written = try EventFile.forEachBlock(of: log) { block, count throws(FileProblem) in
        try send(block)
        let progress = WorkProgress("saving events", done: count, of: log.count)
        guard session.watch.goesOn(progress) else {
          throw FileProblem("Ended by you; \(path) was not written.")
        }
        return true
      }
      guard written == log.count else {
        throw FileProblem(
          "Event #\(written + 1) cannot be read from the store; \(path) was not written. eventicle "
            + "verify says what is wrong.")
      }
    }
    if !isEvents, fork == nil { current = path }
    return Saved(path: path, bytes: size, lines: isEvents ? 0 : session.tape.count)
  }

  /// Writes what a line found.
  ///
  /// - Parameter force: Whether a file of somebody else is replaced, and a link followed to its
  ///   file.
  package mutating func write(_ file: OutputFile, force: Bool) throws(SaveError) {
    if !force { try refuseOccupied(file.path) }
    _ = try write(to: file.path, force: force) { send throws(FileProblem) in try send(file.bytes) }
  }

  /// Refuses a file that this program did not write, or that holds main while a fork is saved.
  private func refuseOccupied(
    _ path: String, besides own: FileIdentity? = nil
  ) throws(SaveError) {
    guard let file = Files.identity(of: path), file.size > 0,
      !known.contains(file) || file == own,
      !Files.isLink(path)
    else { return }
    throw .occupied(path, isOurs: SessionFile.isOurs(Files.beginning(of: path)))
  }

  /// Writes a file, packed when its name says so.
  ///
  /// - Parameter body: Gets what adds bytes.
  /// - Returns: The size of the file.
  private mutating func write(
    to path: String, force: Bool,
    _ body: (_ send: @escaping ([UInt8]) throws(FileProblem) -> Void) throws(FileProblem) -> Void
  ) throws(SaveError) -> Int {
    do throws(FileProblem) {
      let identity = try Files.write(to: path, throughLinks: force) { send throws(FileProblem) in
        guard GzipWriter.isMeant(by: path) else { return try body(send) }
        let gzip = try GzipWriter()
        try body { bytes throws(FileProblem) in try send(gzip.add(bytes[...])) }
        try send(gzip.finish())
      }
      known.insert(identity)
      return identity.size
    } catch {
      throw .problem(error)
    }
  }

  /// Why a fork cannot be saved in a file; `nil` for main.
  private static func problem(saving session: Session, to path: String?) -> FileProblem? {
    guard let fork = session.forkInUse else { return nil }
    guard let path else {
      return FileProblem(
        "save needs a file of its own for the fork \(fork): save NAME.tape for the commands, "
          + "NAME.ndjson for the events.")
    }
    guard !session.tapeIsWhole, !holdsEvents(path) else { return nil }
    return FileProblem(
      "The fork \(fork) left in the middle of a line, or its history was changed, so no tape "
        + "reproduces it; save NAME.ndjson for its events.")
  }

  /// Notes that the session is the content of a tape.
  mutating func note(opened path: String) {
    current = path
    if let identity = Files.identity(of: path) { known.insert(identity) }
  }

  /// Whether a file of this name holds events, one a line, and not commands.
  package static func holdsEvents(_ path: String) -> Bool {
    path.hasSuffix(".ndjson") || path.hasSuffix(".ndjson.gz")
  }
}
