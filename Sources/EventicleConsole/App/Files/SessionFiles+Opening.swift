import EventicleCore
package import EventicleWorkbench

extension SessionFiles {
  /// A session made from a file.
  struct Opened {
    var session: Session
    /// The files of the new session.
    var files = SessionFiles()
    /// What was done, or what failed on the way.
    var message: String
    var hasFailed = false
  }

  /// Makes a session from a file of events or a tape.
  ///
  /// A tape begins as its header says: in its domain, at its time, with its seed.
  ///
  /// - Parameters:
  ///   - session: What is open now; its domain, start and seed stand in for what a file lacks.
  ///   - domains: The domains that a tape may name.
  ///   - takingOver: Whether a store is opened to write and not at all when that cannot be.
  static func open(
    _ path: String, after session: Session, domains: [Domain], _ stores: StoreOpener? = nil,
    takingOver: Bool = false
  ) throws(FileProblem) -> Opened {
    if StoreOpener.isStore(path) {
      return try openStore(path, after: session, domains, stores, takingOver: takingOver)
    }
    if holdsEvents(path) {
      var opened = Opened(
        session: try fresh(session.domain, session.start, session.seed), message: "")
      opened.session.watch = session.watch
      opened.message = try take(ImportedFile(path), into: &opened.session)
      opened.session.markSaved(lines: opened.session.tape.count)
      return opened
    }
    let bytes = try Files.bytes(path, limit: Limits.tapeBytes)
    let header = SessionFile.header(of: bytes)
    var domain = session.domain
    if let name = header?.domain, name != domain.name {
      guard let found = domains.first(where: { $0.name == name }) else {
        let known = Set(domains.map(\.name) + [domain.name]).sorted().joined(separator: ", ")
        throw FileProblem(
          "\(path) is a tape of the domain \(name), which is not known here; there are \(known).")
      }
      domain = found
    }
    var opened = Opened(
      session: try fresh(
        domain, header?.start ?? session.start, header?.seed ?? session.seed), message: "")
    opened.session.watch = session.watch
    try play(bytes, path, &opened)
    opened.session.markSaved(lines: opened.session.tape.count)
    opened.files.note(opened: path)
    return opened
  }

  /// Makes a session from a store, in the domain whose history it has.
  private static func openStore(
    _ path: String, after session: Session, _ domains: [Domain], _ stores: StoreOpener?,
    takingOver: Bool
  ) throws(FileProblem) -> Opened {
    guard let stores else { throw FileProblem("This program has no stores to open.") }
    do {
      func begin(_ store: Store) throws -> Session {
        let name = store.domain ?? session.domain.name
        guard let domain = (domains + [session.domain]).first(where: { $0.name == name }) else {
          store.close()
          let known = Set(domains.map(\.name) + [session.domain.name]).sorted()
          throw FileProblem(
            "\(path) has the history of the domain \(name), which is not known here; there are "
              + "\(known.joined(separator: ", ")).")
        }
        return try Session(domain, startingAt: session.start, seed: session.seed, store: store)
      }
      var opened = Opened(
        session: takingOver
          ? try begin(stores.open(path)) : try stores.openOrLook(path, begin),
        message: "")
      opened.session.watch = session.watch
      let count = opened.session.tape.count
      opened.message = "opened \(path), \(count) \(count == 1 ? "line" : "lines")"
      if let remark = opened.session.storeRemark { opened.message += ". \(remark)" }
      if let status = opened.session.storeNotice, status.isReadOnly {
        let message = StatusMessage(of: status)
        (opened.message, opened.hasFailed) = (message.text, message.kind == .problem)
      }
      opened.files.use(stores, inUse: path)
      return opened
    } catch let problem as FileProblem {
      throw problem
    } catch {
      throw FileProblem(sentence(of: error, with: path))
    }
  }

  /// Compares what a store has with a branch of a session; the store is only looked at.
  ///
  /// - Throws: ``FileProblem`` when the store cannot be read, or has another domain's history.
  package func compare(
    with path: String, _ reference: Located<ComparedReference>?, isFirst: Bool,
    in session: Session
  ) throws(FileProblem) -> Reply {
    guard let stores else { throw FileProblem("This program has no stores to open.") }
    do {
      let store = try stores.look(path)
      defer { store.close() }
      let name = store.domain ?? session.domain.name
      guard name == session.domain.name else {
        throw FileProblem(
          "\(path) has the history of the domain \(name), and \(session.domain.name) is open; only "
            + "histories of one domain are compared.")
      }
      let other = try Session(
        session.domain, startingAt: session.start, seed: session.seed, store: store)
      var mine = session
      return mine.compare(with: other, called: path, reference, isFirst: isFirst)
    } catch let problem as FileProblem {
      throw problem
    } catch {
      throw FileProblem(sentence(of: error, with: path))
    }
  }

  private static func fresh(
    _ domain: Domain, _ start: Instant, _ seed: UInt64
  ) throws(FileProblem) -> Session {
    do throws(DomainError) {
      return try Session(domain, startingAt: start, seed: seed)
    } catch {
      throw FileProblem("The domain \(domain.name) cannot be used: \(error)")
    }
  }

  /// Imports a file of events and says what came of it.
  static func take(
    _ file: ImportedFile, into session: inout Session
  ) throws(FileProblem) -> String {
    var work = try EventImport(file)
    // A tape that is opened may be anybody's; it changes no files.
    work.badLines = nil
    let watch = session.watch
    work.goesOn = { watch.goesOn($0) }
    do throws(EventImport.Problem) { _ = try work.run(&session) } catch {
      throw FileProblem(error.text)
    }
    return session.lastImport?.description ?? ""
  }

  /// Carries out a request of a line that runs because something is opened.
  ///
  /// What is opened may be anybody's, so it changes no files.
  static func answer(_ request: SessionRequest, in session: inout Session) -> Reply? {
    switch request {
    case .write(let file, _):
      var reply = Reply()
      reply.message = "\(file.path) was not written, because its line only ran while opening"
      return reply
    case .importFile(let path):
      do throws(FileProblem) {
        var reply = Reply()
        reply.message = try take(path, into: &session)
        return reply
      } catch {
        return Reply(problem: Reply.Problem(error.text))
      }
    default: return ScreenRequests.answer(request)
    }
  }

  private static func play(
    _ tape: [UInt8], _ path: String, _ opened: inout Opened
  ) throws(FileProblem) {
    let lines: [TapeLine]
    do throws(TapeError) {
      lines = try TapeLine.lines(of: tape)
    } catch {
      throw FileProblem("\(path), \(error)")
    }
    var runner = TapeRunner()
    var firstProblem: String?
    for line in lines {
      let result = runner.run(line, in: &opened.session, reading: Files.reader) {
        request, session in
        answer(request, in: &session)
      }
      if runner.failed > 0, firstProblem == nil {
        firstProblem = "line \(line.number): \(result?.json["error"].string ?? "it failed")"
      } else if runner.failed == 0 {
        firstProblem = nil
      }
      if result?.endsTape ?? false { break }
    }
    opened.hasFailed = runner.failed > 0
    let count = "\(runner.lines) \(runner.lines == 1 ? "line" : "lines")"
    opened.message =
      firstProblem.map { "\(path), \($0)" } ?? "opened \(path), \(count)"
  }
}
