import EventicleCore
import EventicleWorkbench
import Synchronization

/// The files of the open session; they change with the session, on the workbench's thread.
final class OpenFiles: Sendable {
  private let files: Mutex<SessionFiles>
  /// Keeps what is left in a session; `nil` where nothing is.
  let keeper: SessionKeeper?
  /// The files that consoles opened last; `nil` where nobody notes them.
  let recent: RecentFiles?

  /// The layouts that are kept of domains; `nil` where none are.
  let layouts: KeptLayouts?

  init(
    _ files: SessionFiles, keeper: SessionKeeper? = nil, recent: RecentFiles? = nil,
    layouts: KeptLayouts? = nil
  ) {
    self.files = Mutex(files)
    (self.keeper, self.recent, self.layouts) = (keeper, recent, layouts)
  }

  /// Notes a file that holds the session as the one opened last.
  func note(_ path: String, _ session: Session) {
    recent?.note(path, domain: session.domain.name, events: session.head.log.count)
  }

  func withFiles<Result: Sendable>(_ body: (inout SessionFiles) -> Result) -> Result {
    files.withLock { files in body(&files) }
  }
}

extension WorkbenchWork {
  /// Saves the session; asks before it replaces what it has not written.
  static func save(_ path: String?, force: Bool, _ files: OpenFiles) -> WorkbenchWork {
    WorkbenchWork(path.map { "save \($0)" } ?? "save") { session, _ in
      let kept = files.withFiles(\.store)
      if let path = path ?? kept, StoreOpener.isStore(path) {
        guard path != kept else {
          return [
            .saved(path),
            .report(StatusMessage("\(path) keeps everything already; nothing is unsaved")),
          ]
        }
        return keep(&session, in: path, files)
      }
      let outcome = files.withFiles { files in
        Result { () throws(SessionFiles.SaveError) in
          try files.save(session, to: path, force: force)
        }
      }
      switch outcome {
      case .success(let saved):
        files.note(saved.path, session)
        let report = Message.report(StatusMessage(saved.report))
        // The file of the session is that of main.
        let named = session.forkInUse == nil ? [Message.saved(saved.path)] : []
        guard saved.lines > 0 else { return named + [report] }
        session.markSaved(lines: saved.lines)
        return [.notice(session.notice())] + named + [report]
      case .failure(.problem(let problem)): return [.report(StatusMessage(problem.text, .problem))]
      case .failure(.occupied(let path, let isOurs)):
        return [.ask(.replacing(path, isOurs: isOurs))]
      }
    }
  }

  /// Keeps the session in a new store from now on.
  private static func keep(
    _ session: inout Session, in path: String, _ files: OpenFiles
  ) -> [Message] {
    let outcome = files.withFiles { files in
      Result { () throws(FileProblem) in try files.keep(&session, in: path) }
    }
    switch outcome {
    case .success:
      let count = session.head.log.count
      let size = Files.identity(of: path).map { ", \(ByteSize($0.size))" } ?? ""
      let others = session.branches.count - 1
      let forks = others == 0 ? "" : others == 1 ? ", 1 fork" : ", \(others) forks"
      files.note(path, session)
      if let keeper = files.keeper {
        _ = keeper.open(path, of: session)
        keeper.endRestoring()
        session.keepsForks = true
      }
      return [
        .notice(session.notice()), .saved(path), .kept(store: StoreOpener.name(of: path)),
        .report(
          StatusMessage(
            "saved \(path)\(size): \(count) \(count == 1 ? "event" : "events")\(forks); it keeps "
              + "what follows")),
      ]
    case .failure(let problem): return [.report(StatusMessage(problem.text, .problem))]
    }
  }

  /// Copies the store that keeps the session.
  static func backup(to path: String, _ files: OpenFiles) -> WorkbenchWork {
    WorkbenchWork("backup \(path)") { _, _ in
      let outcome = files.withFiles { files in
        Result { () throws(FileProblem) in try files.backup(to: path) }
      }
      switch outcome {
      case .success(let sentence): return [.report(StatusMessage(sentence))]
      case .failure(let problem): return [.report(StatusMessage(problem.text, .problem))]
      }
    }
  }

  /// Goes on with the code of another domain that the program has.
  static func useDomain(_ name: String, _ domains: [Domain]) -> WorkbenchWork {
    WorkbenchWork("domain \(name)") { session, _ in
      guard let domain = domains.first(where: { $0.name == name }) else {
        let known = domains.map(\.name).joined(separator: ", ")
        return [
          .report(
            StatusMessage(
              "there is no domain \(PaneText.data(name, limit: 60)); there are \(known), and code in "
                + "JavaScript is opened with --domain PATH", .problem))
        ]
      }
      let outcome = session.change(to: domain)
      return [
        .notice(session.notice()),
        .report(StatusMessage(outcome.sentence, outcome.isDone ? .information : .problem)),
      ]
    }
  }

  /// Compares what a store has with a branch of the session.
  static func compare(
    with path: String, _ reference: Located<ComparedReference>?, isFirst: Bool, _ files: OpenFiles
  ) -> WorkbenchWork {
    WorkbenchWork("compare \(path)") { session, _ in
      let outcome = files.withFiles { files in
        Result { () throws(FileProblem) in
          try files.compare(
            with: path, reference, isFirst: isFirst, in: session)
        }
      }
      switch outcome {
      case .success(let reply): return [.notice(session.notice(reply))]
      case .failure(let problem): return [.report(StatusMessage(problem.text, .problem))]
      }
    }
  }

  /// Writes what a line found; asks before it replaces what the session has not written.
  static func write(_ file: OutputFile, force: Bool, _ files: OpenFiles) -> WorkbenchWork {
    WorkbenchWork("write \(file.path)") { _, _ in
      let outcome = files.withFiles { files in
        Result { () throws(SessionFiles.SaveError) in try files.write(file, force: force) }
      }
      switch outcome {
      case .success: return [.report(StatusMessage(file.report))]
      case .failure(.problem(let problem)): return [.report(StatusMessage(problem.text, .problem))]
      case .failure(.occupied(_, let isOurs)):
        return [.ask(.overwriting(file, isOurs: isOurs))]
      }
    }
  }

  /// Opens a file in place of the session.
  ///
  /// - Parameter domains: The domains that a tape may name.
  static func open(_ path: String, domains: [Domain], _ files: OpenFiles) -> WorkbenchWork {
    WorkbenchWork("open \(path)") { session, _ in
      do throws(FileProblem) {
        let (stores, kept) = files.withFiles { ($0.stores, $0.store) }
        let isKept = kept == path && session.storeNotice?.isReadOnly == false
        if isKept {
          return [.report(StatusMessage("\(path) is open already"))]
        }
        // What is only looked at is opened anew to write, and else stays as it is.
        let opened = try SessionFiles.open(
          path, after: session, domains: domains, stores, takingOver: kept == path)
        // The forks of what was open are lost if they cannot be kept.
        let before = session.domain.name
        let lost = files.keeper?.leave().map { " · its forks are not kept: \($0)" } ?? ""
        session.leaveStore()
        let keys = session.keyNames
        session = opened.session
        session.keyNames = keys
        let current = files.withFiles { files in
          files = opened.files
          files.use(stores, inUse: opened.files.store)
          return files.current ?? files.store
        }
        let keeping = Message.kept(store: opened.files.store.map { StoreOpener.name(of: $0) })
        let named = current.map { [Message.saved($0)] } ?? []
        files.note(path, session)
        let kind: StatusMessage.Kind =
          opened.hasFailed ? .problem : (lost.isEmpty ? .information : .warning)
        var messages: [Message] = [.opened(session.notice()), keeping] + named
        messages.append(.report(StatusMessage(opened.message + lost, kind)))
        if before != session.domain.name, let layout = files.layouts?.look(of: session.domain.name)
        {
          messages.append(.laidOut(layout))
        }
        if let store = opened.files.store, let keeper = files.keeper {
          messages += restore(
            keeper.open(store, isReadOnly: session.isStoreReadOnly, of: session), in: &session,
            keeper)
        }
        return messages
      } catch {
        return [.report(StatusMessage(error.text, .problem))]
      }
    }
  }

  /// Notes that a file holds the first lines of the session; all of them when none are counted.
  static func markSaved(lines: Int? = nil) -> WorkbenchWork {
    WorkbenchWork(nil) { session, _ in
      session.markSaved(lines: lines ?? session.tape.count)
      return [.notice(session.notice())]
    }
  }
}
