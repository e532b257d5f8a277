import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// An effect runner that only records effects, and answers with fixed messages.
final class RecordingEffectRunner: EffectRunner {
  var effects: [Effect] = []
  var answer: [Message] = []

  func perform(_ effect: Effect, for workbench: ConsoleProgram) -> [Message] {
    effects.append(effect)
    return answer
  }
}

extension ConsoleProgram {
  /// The session of a workbench that works at once.
  var session: Session {
    guard let inline = port as? InlineWorkbench else { preconditionFailure("it works elsewhere") }
    return inline.session
  }
}

/// Presses keys on a console without a terminal, and advances its clock.
final class ConsolePilot {
  let workbench: ConsoleProgram
  let effectRunner = RecordingEffectRunner()

  /// Creates a console on a domain, the shop by default.
  convenience init(
    columns: Int = 80, rows: Int = 24, domain: Domain = .shop, seed: UInt64 = 1
  ) throws {
    self.init(try Session(domain, seed: seed), columns: columns, rows: rows)
  }

  /// Creates a console on a session.
  init(_ session: Session, columns: Int = 80, rows: Int = 24) {
    workbench = ConsoleProgram(
      session: session, size: Size(columns: columns, rows: rows), effectRunner: effectRunner)
  }

  var model: Model { workbench.model }

  /// Presses keys in their notation; spaces between keys are ignored.
  @discardableResult
  func press(_ notation: String) throws -> ConsolePilot {
    for key in try FramePrinter.keys(notation) { workbench.send(.key(key)) }
    return self
  }

  /// Types a command line and presses Enter.
  @discardableResult
  func type(_ line: String) throws -> ConsolePilot {
    workbench.send(.key(KeyPress(":")))
    for character in line { workbench.send(.key(KeyPress(character))) }
    workbench.send(.key(KeyPress(.enter)))
    return self
  }

  /// Makes a fork that leaves at an event's moment, and uses it.
  func fork(_ name: String, after position: Position) {
    workbench.add(
      WorkbenchWork("fork") { session, _ in
        do throws(BranchError) {
          try session.fork(name, at: session.timeline.cursor(after: position))
          try session.switchTo(name)
          return [.notice(session.notice())]
        } catch {
          return [.report(StatusMessage(error.description, .problem))]
        }
      })
  }

  /// Uses another branch.
  func use(_ name: String) {
    workbench.add(
      WorkbenchWork("use") { session, _ in
        try? session.switchTo(name)
        return [.notice(session.notice())]
      })
  }

  /// Advances the clock to a time after the session's start.
  func wait(_ interval: Interval) {
    workbench.pass(until: workbench.session.start + interval)
  }

  func resize(_ columns: Int, _ rows: Int) {
    workbench.send(.resize(Size(columns: columns, rows: rows)))
  }

  var frame: EventicleConsole.Frame { workbench.frame() }
  var lines: [String] { frame.buffer.lines }
  var text: String { frame.buffer.text }

  /// The screen in the form of a golden file.
  var golden: GoldenScreen {
    let buffer = frame.buffer
    let roles = (0..<buffer.size.rows).map { row in
      (0..<buffer.size.columns).map { column -> String in
        let style = buffer[column, row].style
        guard style != .text else { return "" }
        return style.overlay.map { "\(style.role.name)+\($0.name)" } ?? style.role.name
      }
    }
    return GoldenScreen(rows: buffer.lines, roles: roles, columns: buffer.size.columns)
  }
}
