import EventicleCore
import EventicleWorkbench

/// A session and the console on it, without a terminal and without a clock.
///
/// Messages go in, effects are carried out until none is left. The live program, `eventicle
/// frame` and the tests use the same.
final class ConsoleProgram {
  private(set) var session: Session
  private(set) var model: Model
  private(set) var isOver = false
  /// What was read and run to fold for the panes.
  private(set) var foldMeter = WorkMeter()
  private let effectRunner: any EffectRunner

  /// A workbench on a session.
  init(session: Session, size: Size, effectRunner: any EffectRunner) {
    self.session = session
    self.effectRunner = effectRunner
    model = Model(size: size, moment: session.moment)
    send(.notice(session.notice()))
  }

  /// Takes in a message and does what follows from it.
  func send(_ message: Message) {
    var waiting = [message]
    while !waiting.isEmpty {
      let next = waiting.removeFirst()
      for effect in Update.apply(next, to: &model) {
        waiting += perform(effect)
      }
    }
  }

  private func perform(_ effect: Effect) -> [Message] {
    switch effect {
    case .run(let line): return [.notice(run(line))]
    case .quit:
      isOver = true
      return []
    case .saveAndQuit(let path):
      let messages = effectRunner.perform(.save(path), for: self)
      isOver = !messages.contains {
        if case .report(let status) = $0 { status.kind == .problem } else { false }
      }
      return messages
    case .demo: return demo()
    case .fold(let requests): return [fold(requests)]
    default: return effectRunner.perform(effect, for: self)
    }
  }

  private func fold(_ requests: [FoldRequest]) -> Message {
    var runner = FoldRunner(session.moment)
    var answers: [FoldRequest: FoldAnswer] = [:]
    for request in requests { answers[request] = runner.answer(request) }
    foldMeter.eventsRead += runner.meter.eventsRead
    foldMeter.handlerCalls += runner.meter.handlerCalls
    return .folded(answers)
  }

  private func run(_ line: String) -> SessionNotice {
    let reply = session.run(line)
    return session.notice(reply, line: line)
  }

  private func demo() -> [Message] {
    guard session.timeline.count == 0 else {
      return [
        .report(
          StatusMessage("the demo starts in an empty log; run `eventicle demo`", .warning))
      ]
    }
    var messages: [Message] = []
    for line in DemoStory.lines(for: session.domain) { messages.append(.notice(run(line))) }
    return messages
  }

  /// Takes in a file of events.
  func importEvents(_ bytes: [UInt8], from path: String? = nil) -> [Message] {
    do throws(EventFileError) {
      try session.importEvents(bytes, from: path)
      return [
        .notice(session.notice()),
        .report(StatusMessage(session.lastImport?.description ?? "")),
      ]
    } catch {
      return [.report(StatusMessage(error.description, .problem))]
    }
  }

  /// Runs a line as if it had been typed.
  ///
  /// - Parameter comments: Whether `#` begins a comment, as in tapes.
  func run(line: String, comments: Bool = false) {
    let reply = session.run(line, comments: comments)
    send(.notice(session.notice(reply, line: line)))
  }

  /// Runs the lines of a tape until one fails.
  func play(_ tape: [TapeLine]) -> [Message] {
    var messages: [Message] = []
    for line in tape {
      let reply = session.run(line.text, comments: true)
      messages.append(.notice(session.notice(reply, line: line.text)))
      if let problem = reply.problem {
        let text = "line \(line.number): \(problem.message)"
        messages.append(.report(StatusMessage(text, .problem)))
        break
      }
    }
    return messages
  }

  /// Lets the clock come to a moment.
  func pass(until instant: Instant) {
    send(.tick(instant))
    if session.pass(until: instant) { send(.notice(session.notice())) }
  }

  /// Whether the clock goes on: at the head, and not held.
  var isClockRunning: Bool { !session.isHeld && session.isAtHead }

  /// The screen as it is now.
  func frame() -> Frame { Screen.draw(model) }

  /// Sets up what the console knows before anything happens.
  func configure(_ body: (inout Model) -> Void) { body(&model) }
}
