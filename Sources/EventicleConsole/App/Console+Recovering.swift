import EventicleCore
import EventicleWorkbench

extension Console {
  /// The session of a file that another process left, if the options ask for it.
  func recover(
    _ file: RecoveryFile.Abandoned?, in state: StateFolder, after session: Session
  ) throws -> SessionFiles.Opened? {
    guard options.recovers else { return nil }
    guard let file else {
      throw ConsoleError(
        "There is nothing to recover: no session in \(state.path) ended without being left.",
        isAboutFile: true)
    }
    do throws(FileProblem) {
      return try RecoveryFile.recover(file, after: session, domains: options.domains)
    } catch {
      throw ConsoleError(error.text, isAboutFile: true)
    }
  }

  /// What was recovered, and how to keep it.
  static func message(_ recovered: SessionFiles.Opened, rest: Int) -> StatusMessage {
    let count = recovered.session.unsavedLines
    let lines = "\(count) \(count == 1 ? "line" : "lines")"
    let more = rest > 0 ? "; \(rest) more: eventicle --recover again" : ""
    guard !recovered.hasFailed else {
      return StatusMessage("recovered \(lines), but \(recovered.message)\(more)", .problem)
    }
    return StatusMessage("recovered \(lines); save FILE keeps them\(more)")
  }

  /// Says that there is something to recover.
  static func hint(_ count: Int) -> StatusMessage {
    let what =
      count == 1
      ? "a session ended without being left" : "\(count) sessions ended without being left"
    return StatusMessage("\(what); eventicle --recover opens the newest")
  }
}
