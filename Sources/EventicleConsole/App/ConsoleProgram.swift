import EventicleCore
import EventicleWorkbench

/// A session and its console, without a terminal and without a clock.
///
/// Messages go in, and their effects run until none is left. The live program, `eventicle frame`
/// and the tests share this class.
final class ConsoleProgram {
  private(set) var session: Session
  private(set) var model: Model
  private(set) var isOver = false
  /// How many sessions were opened in place of the first one.
  private(set) var sessionNumber = 0
  /// The reads and reducer runs that folding for the panes has cost.
  private(set) var foldMeter = WorkMeter()
  private let effectRunner: any EffectRunner

  /// Creates a console on a session.
  init(session: Session, size: Size, effectRunner: any EffectRunner) {
    self.session = session
    self.effectRunner = effectRunner
    model = Model(size: size, moment: session.moment)
    send(.notice(session.notice()))
  }

  /// Applies a message and runs the effects that follow.
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
    case .saveAndQuit(let path, let force):
      let messages = effectRunner.perform(.save(path, force: force), for: self)
      isOver = messages.contains { if case .saved = $0 { true } else { false } }
      return messages.map {
        if case .ask(let question) = $0 { .ask(question.beforeLeaving) } else { $0 }
      }
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

  /// Imports a file of events.
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
  /// - Parameter comments: Whether `#` starts a comment, as in tapes.
  func run(line: String, comments: Bool = false) {
    let reply = session.run(line, comments: comments)
    send(.notice(session.notice(reply, line: line)))
  }

  /// Puts another session in place of this one.
  func open(_ session: Session) -> Message {
    self.session = session
    sessionNumber += 1
    return .opened(session.notice())
  }

  /// Notes that a file holds the first lines of the session.
  func markSaved(lines: Int) -> Message {
    session.markSaved(lines: lines)
    return .notice(session.notice())
  }

  /// Advances the clock to an instant.
  func pass(until instant: Instant) {
    send(.tick(instant))
    if session.pass(until: instant) { send(.notice(session.notice())) }
  }

  /// Whether the clock runs: at the head and not held.
  var isClockRunning: Bool { !session.isHeld && session.isAtHead }

  /// The current screen.
  func frame() -> Frame { Screen.draw(model) }

  /// Changes the model directly, to set it up before the first message.
  func configure(_ body: (inout Model) -> Void) { body(&model) }
}
