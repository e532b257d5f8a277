import EventicleCore
import EventicleSamples
import EventicleWorkbench

@testable import EventicleConsole

/// A workbench whose work runs until the test lets it answer.
final class ScriptedWorkbench: WorkbenchPort {
  private(set) var session: Session
  /// The work that runs.
  private(set) var running: WorkbenchWork?
  /// The titles of all work that was begun.
  private(set) var begun: [String] = []
  /// How many lines were tried.
  private(set) var trials = 0
  /// How often the work was told to end.
  private(set) var endings = 0
  private var answers: [WorkbenchAnswer] = []

  init(_ session: Session) { self.session = session }

  func begin(_ work: WorkbenchWork) {
    running = work
    // A trial ends within a frame by itself.
    if work.isPreview {
      trials += 1
      return finish()
    }
    if let title = work.title { begun.append(title) }
  }

  func look(_ body: @escaping @Sendable () -> Look) { answers.append(.looked(body())) }

  func attaching(
    _ system: AttachedSystem, _ domain: Domain?
  ) throws(FileProblem) -> WorkbenchWork { WorkbenchWork("attach \(system.name)") { _, _ in [] } }

  func take() -> [WorkbenchAnswer] {
    defer { answers = [] }
    return answers
  }

  func endWork() { endings += 1 }

  func wait(milliseconds: Int) {}

  func close() {}

  /// Lets the running work say something.
  func say(_ message: Message) { answers.append(.message(message)) }

  /// Lets the running work be done.
  func finish() {
    guard let work = running else { return }
    running = nil
    let last = work.body(&session, .collecting { _ in })
    answers += last.map { .message($0) } + [.finished]
  }
}

/// Presses keys on a console whose work runs until the test lets it answer.
final class WorkPilot {
  let port: ScriptedWorkbench
  let workbench: ConsoleProgram

  init(after lines: [String] = []) throws {
    var session = try Session(.shop)
    for line in lines { _ = session.run(line) }
    port = ScriptedWorkbench(session)
    workbench = ConsoleProgram(
      port: port, notice: session.notice(), size: Size(columns: 80, rows: 24),
      effectRunner: SystemEffectRunner(
        themes: ThemeKeeper(ThemeLoader(folder: nil, environment: [:]) { _ in nil }),
        state: StateFolder(environment: [:]), terminal: nil, remembersLines: false))
  }

  var model: Model { workbench.model }

  /// The message row.
  var row: String { workbench.frame().buffer.lines.dropLast().last ?? "" }

  func press(_ notation: String) throws {
    for key in try FramePrinter.keys(notation) { workbench.send(.key(key)) }
  }

  func type(_ line: String) throws { try press(":" + line + " <Enter>") }

  /// Lets the running work be done, and shows what came of it.
  func finish() {
    port.finish()
    workbench.collect()
  }
}
