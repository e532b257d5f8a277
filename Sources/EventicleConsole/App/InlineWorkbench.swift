import EventicleCore
import EventicleHost
import EventicleWorkbench
import Synchronization

/// A workbench that does its work at once, on the thread of the caller.
final class InlineWorkbench: WorkbenchPort {
  /// The session.
  private(set) var session: Session
  private var answers: [WorkbenchAnswer] = []

  /// Creates a workbench on a session.
  init(_ session: Session) { self.session = session }

  func begin(_ work: WorkbenchWork) {
    let passed = Mutex<[Message]>([])
    let outlet = WorkbenchOutlet.collecting { message in passed.withLock { $0.append(message) } }
    var last = work.body(&session, outlet)
    if let program = session.domain.domainProgram { last += session.hear(program) }
    answers += (passed.withLock { $0 } + last).map { .message($0) } + [.finished]
  }

  func look(_ body: @escaping @Sendable () -> Look) {
    answers.append(.looked(body()))
    guard session.hasTrouble, let notice = session.rest().notice else { return }
    answers.append(.message(.notice(notice)))
  }

  func attaching(
    _ system: AttachedSystem, _ domain: Domain?
  ) throws(FileProblem) -> WorkbenchWork {
    throw FileProblem("A system is attached to on a screen; eventicle attach opens one.")
  }

  func take() -> [WorkbenchAnswer] {
    defer { answers = [] }
    return answers
  }

  func endWork() {}

  func wait(milliseconds: Int) {}

  func close() {}
}
