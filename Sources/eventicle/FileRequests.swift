import EventicleCore
import EventicleWorkbench

/// Carries out a tape's requests for files when there is no screen.
enum FileRequests {
  /// Carries out a request; `nil` when it is not about files.
  static func perform(_ request: SessionRequest, in session: inout Session) -> Reply? {
    switch request {
    case .importFile(let path): return take(path, &session)
    case .save(let path): return save(path, session)
    case .quit(.saving(let path)): return save(path?.value, session)
    case .open(let path):
      return path.hasSuffix(".ndjson")
        ? take(path, &session)
        : failed("A tape cannot open another one; import takes a file of events.")
    case .find, .filter, .set, .theme, .mouse, .pause, .demo:
      var reply = Reply()
      reply.message = "this needs a screen; nothing was done"
      return reply
    default: return nil
    }
  }

  private static func failed(_ message: String) -> Reply {
    var reply = Reply()
    reply.problem = Reply.Problem(message)
    return reply
  }

  private static func take(_ path: String, _ session: inout Session) -> Reply {
    var reply = Reply()
    do {
      let count = try session.importEvents(try Files.bytes(path), from: path)
      reply.message = session.lastImport?.description ?? ""
      reply.output = ["imported": .int(count)]
      return reply
    } catch let failure as Failure {
      return failed(failure.message)
    } catch {
      return failed("\(path), \(error)")
    }
  }

  private static func save(_ path: String?, _ session: Session) -> Reply {
    guard let path else {
      return failed("save needs a file: NAME.tape for the commands, NAME.ndjson for the events.")
    }
    let bytes =
      path.hasSuffix(".ndjson")
      ? EventFile.bytes(of: session.head.log) : SessionFile.tape(of: session)
    do {
      try Files.write(bytes, to: path)
    } catch {
      return failed(error.message)
    }
    var reply = Reply()
    reply.message = "saved \(path)"
    return reply
  }
}
