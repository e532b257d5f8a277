import EventicleCore
import EventicleWorkbench

@testable import EventicleConsole

/// A workbench that works at once and looks only when it is told to, as looks come after a frame.
final class PatientWorkbench: WorkbenchPort {
  private var session: Session
  private var answers: [WorkbenchAnswer] = []
  private var looks: [@Sendable () -> Look] = []

  init(_ session: Session) { self.session = session }

  func begin(_ work: WorkbenchWork) {
    let outlet = WorkbenchOutlet.collecting { _ in }
    answers += work.body(&session, outlet).map { .message($0) } + [.finished]
  }

  func look(_ body: @escaping @Sendable () -> Look) { looks.append(body) }

  func attaching(
    _ system: AttachedSystem, _ domain: Domain?
  ) throws(FileProblem) -> WorkbenchWork { WorkbenchWork("attach \(system.name)") { _, _ in [] } }

  /// Carries out the next look; whether there was one.
  func lookOnce() -> Bool {
    guard !looks.isEmpty else { return false }
    answers.append(.looked(looks.removeFirst()()))
    return true
  }

  func take() -> [WorkbenchAnswer] {
    defer { answers = [] }
    return answers
  }

  func endWork() {}

  func wait(milliseconds: Int) {}

  func close() {}
}

/// An effect runner for consoles that ask nothing of the outside.
final class SilentEffectRunner: EffectRunner {
  func perform(_ effect: Effect, for workbench: ConsoleProgram) -> [Message] { [] }
}
