import EventicleConsole
import EventicleCore
import EventicleHost
import EventicleWorkbench

/// Carries out a tape's requests for files when there is no screen.
struct FileRequests {
  private var files = SessionFiles()
  private let store: String?
  private let domains: (String) throws -> Domain

  /// Creates what carries them out.
  ///
  /// - Parameters:
  ///   - store: The path of the store that keeps the session.
  ///   - domains: Makes a domain ready that is named as with `--domain`.
  init(store: String?, domains: @escaping (String) throws -> Domain) {
    self.store = store
    self.domains = domains
    files.use(.files(), inUse: store)
  }

  /// Carries out a request; `nil` when it is not about files.
  mutating func perform(_ request: SessionRequest, in session: inout Session) -> Reply? {
    switch request {
    case .importFile(let file): return take(file, &session)
    case .save(let path, let force): return save(path, force, session)
    case .backup(let path): return backup(path)
    case .domain(let name): return use(name, &session)
    case .compare(let path, let reference, let isFirst):
      do throws(FileProblem) {
        return try files.compare(with: path, reference, isFirst: isFirst, in: session)
      } catch { return failed(error.text) }
    case .agree(let fork, _):
      // Nobody can be asked here.
      return session.run("adopt! \(Quoting.word(fork))")
    case .write(let file, let force): return write(file, force)
    case .quit(.saving(let path, let force)): return save(path?.value, force, session)
    case .open(let path, _):
      return SessionFiles.holdsEvents(path)
        ? take(ImportedFile(path), &session)
        : failed("A tape cannot open another one; import takes a file of events.")
    default: return ScreenRequests.answer(request)
    }
  }

  private func failed(_ message: String) -> Reply {
    var reply = Reply()
    reply.problem = Reply.Problem(message)
    return reply
  }

  private func take(_ file: ImportedFile, _ session: inout Session) -> Reply {
    do throws(FileProblem) {
      var work = try EventImport(file)
      work.use(store: store) { _ in true }
      do throws(EventImport.Problem) { _ = try work.run(&session) } catch {
        return failed(error.text)
      }
      var reply = Reply()
      let report = session.lastImport
      reply.message = report?.description ?? ""
      reply.output = report?.json()
      return reply
    } catch {
      return failed(error.text)
    }
  }

  private func use(_ name: String, _ session: inout Session) -> Reply {
    let domain: Domain
    do { domain = try domains(name) } catch {
      return failed((error as? Failure)?.message ?? "\(error)")
    }
    let program = session.domain.domainProgram
    let outcome = session.change(to: domain)
    guard outcome.isDone else {
      domain.domainProgram?.close()
      return failed(outcome.sentence)
    }
    program?.close()
    var reply = Reply()
    reply.message = outcome.sentence
    reply.output = ["domain": .string(domain.name), "changed": .string(outcome.sentence)]
    return reply
  }

  private func backup(_ path: String) -> Reply {
    do throws(FileProblem) {
      var reply = Reply()
      reply.message = try files.backup(to: path)
      return reply
    } catch { return failed(error.text) }
  }

  private mutating func write(_ file: OutputFile, _ force: Bool) -> Reply {
    do throws(SessionFiles.SaveError) {
      try files.write(file, force: force)
      var reply = Reply()
      reply.message = file.report
      return reply
    } catch {
      switch error {
      case .problem(let problem): return failed(problem.text)
      // A script that runs again replaces what it wrote the last time.
      case .occupied(_, isOurs: true): return write(file, true)
      case .occupied(let path, isOurs: false):
        return failed(
          "\(path) exists and is no file of events; >! \(Quoting.word(path)) replaces it.")
      }
    }
  }

  private mutating func save(_ path: String?, _ force: Bool, _ session: Session) -> Reply {
    do throws(SessionFiles.SaveError) {
      let saved = try files.save(session, to: path, force: force)
      var reply = Reply()
      reply.message = saved.report
      return reply
    } catch {
      switch error {
      case .problem(let problem): return failed(problem.text)
      // A script that runs again replaces what it saved the last time.
      case .occupied(let path, isOurs: true): return save(path, true, session)
      case .occupied(let path, isOurs: false):
        return failed(
          "\(path) exists and is neither a tape nor a file of events; save! "
            + "\(Quoting.word(path)) replaces it.")
      }
    }
  }
}
