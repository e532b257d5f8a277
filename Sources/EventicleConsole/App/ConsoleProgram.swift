import EventicleCore
import EventicleWorkbench

/// A workbench and its console, without a terminal and without a clock.
///
/// Messages go in, and their effects run until none is left. Work for the session goes to the
/// workbench, one piece at a time; what comes back are messages again. The live program,
/// `eventicle frame` and the tests share this class.
final class ConsoleProgram {
  /// The workbench.
  let port: any WorkbenchPort
  private(set) var model: Model
  private(set) var isOver = false
  /// How many sessions were opened in place of the first one.
  private(set) var sessionNumber = 0
  /// The reads and reducer runs that folding for the panes has cost.
  private(set) var foldMeter = WorkMeter()
  /// The number of messages so far; a screen is drawn again only after another one.
  private(set) var messages = 0
  /// How many of them said what time it is.
  private(set) var ticks = 0
  private let effectRunner: any EffectRunner
  private var inbox: [Arrival] = []
  private var isSending = false

  // Work, and where it comes from.
  private var running: WorkbenchWork?
  private var waiting: [WorkbenchWork] = []
  /// The number of waiting works that the one that runs has asked for; they come first.
  private var followUps = 0
  /// Whether the message being handled is an answer of the work that runs.
  private var isAnswering = false
  private var hasProblem = false
  private var looks = 0
  private var shownQueue = WorkModel.Queue()
  /// The time that the clock has reached, and what the session knows of it.
  private var time: Instant?
  private var passed: Instant?
  /// What was due when the session heard of the time last; it may have had nothing to do.
  private var dueBefore: Instant?

  /// Something that arrived, in order.
  private enum Arrival {
    case message(Message, isAnswer: Bool)
    case finished
  }

  /// Creates a console on a workbench.
  ///
  /// - Parameter notice: The state of the workbench's session.
  init(
    port: any WorkbenchPort, notice: SessionNotice, size: Size, effectRunner: any EffectRunner
  ) {
    self.port = port
    self.effectRunner = effectRunner
    model = Model(size: size, moment: notice.moment)
    send(.notice(notice))
  }

  /// Creates a console whose workbench works on this thread, for screens without a terminal.
  convenience init(session: Session, size: Size, effectRunner: any EffectRunner) {
    self.init(
      port: InlineWorkbench(session), notice: session.notice(), size: size,
      effectRunner: effectRunner)
  }

  // MARK: - Messages

  /// Applies a message and runs the effects that follow.
  func send(_ message: Message) {
    inbox.append(.message(message, isAnswer: false))
    work()
  }

  /// Applies the answers of the workbench that have come.
  func collect() { work() }

  private func work() {
    guard !isSending else { return }
    isSending = true
    defer { isSending = false }
    repeat {
      beginNext()
      receive()
      var next = 0
      while next < inbox.count {
        let arrival = inbox[next]
        next += 1
        handle(arrival)
        if next == inbox.count { receive() }
      }
      inbox.removeAll(keepingCapacity: true)
      tellQueue()
    } while !inbox.isEmpty
  }

  private func handle(_ arrival: Arrival) {
    switch arrival {
    case .message(var message, let isAnswer):
      messages += 1
      if case .tick = message { ticks += 1 }
      if message.opensSession { forgetTime() }
      if case .notice(let notice) = message, notice.fork != model.fork { forgetTime() }
      if isAnswer, running?.endsProgram == true, case .ask = message {
        hasProblem = true
        message = message.beforeLeaving
      }
      isAnswering = isAnswer
      if isAnswer, case .report(let status) = message, status.kind == .problem { hasProblem = true }
      for effect in Update.apply(message, to: &model) {
        inbox += perform(effect).map { .message($0, isAnswer: isAnswer) }
      }
      isAnswering = false
    case .finished:
      if running?.endsProgram == true, !hasProblem { isOver = true }
      running = nil
      followUps = 0
    }
    beginNext()
  }

  /// Another session or branch is shown, which has a clock of its own.
  private func forgetTime() {
    sessionNumber += 1
    (time, passed, dueBefore) = (nil, nil, nil)
  }

  private func receive() {
    for answer in port.take() {
      switch answer {
      case .message(let message): inbox.append(.message(message, isAnswer: true))
      case .finished: inbox.append(.finished)
      case .looked(let look):
        looks -= 1
        foldMeter.eventsRead += look.meter.eventsRead
        foldMeter.handlerCalls += look.meter.handlerCalls
        inbox.append(.message(look.message, isAnswer: false))
      }
    }
  }

  /// Tells the model what runs and waits, if that is something else than before.
  private func tellQueue() {
    let queue = WorkModel.Queue(
      running: running?.title, waiting: waiting.count { $0.title != nil })
    guard queue != shownQueue else { return }
    shownQueue = queue
    inbox.append(.message(.queue(queue), isAnswer: false))
  }

  // MARK: - Work

  /// Whether work or a look is under way.
  var isBusy: Bool { isWorking || looks > 0 }
  /// Whether a look is under way.
  var isLooking: Bool { looks > 0 }
  /// Whether work is under way.
  var isWorking: Bool { running != nil || !waiting.isEmpty }

  /// Lets the workbench do a piece of work, after what waits already.
  ///
  /// What an answer of running work asks for comes before lines that were typed meanwhile.
  func add(_ work: WorkbenchWork) {
    if isAnswering, running != nil {
      waiting.insert(work, at: followUps)
      followUps += 1
    } else {
      waiting.append(work)
    }
    if !isSending { self.work() }
  }

  private func beginNext() {
    guard running == nil, !waiting.isEmpty, !isOver else { return }
    let next = waiting.removeFirst()
    running = next
    hasProblem = false
    if let time, time != passed, next.title != nil {
      passed = time
      port.begin(next.after(.pass(until: time)))
    } else {
      port.begin(next)
    }
  }

  /// Ends the work that runs and drops what waits.
  private func endWork() -> [Message] {
    let dropped = waiting.count { $0.title != nil }
    waiting = []
    followUps = 0
    if running != nil { port.endWork() }
    guard dropped > 0 else { return [] }
    let lines = dropped == 1 ? "the line that waited is" : "the \(dropped) lines that waited are"
    return [.report(StatusMessage("\(lines) dropped", .warning))]
  }

  // MARK: - Effects

  private func perform(_ effect: Effect) -> [Message] {
    switch effect {
    case .run(let line): add(.line(line))
    case .endWork: return endWork()
    case .quit:
      _ = endWork()
      isOver = true
    case .saveAndQuit(let path, let force): return saveAndQuit(path, force: force)
    case .story: add(.story)
    case .check(let line): add(.check(line))
    case .preview(let line): preview(line)
    case .seek(let entry, let line):
      if waiting.last?.isSeek == true { waiting.removeLast() }
      add(.seek(entry, line: line))
    case .fold(let requests): fold(requests)
    case .readRows(let request): look { [moment = model.shown] in .rows(request.read(moment)) }
    case .learnFlow(let request): look { [moment = model.moment] in .learnt(request.read(moment)) }
    case .readFlow(let request): look { [moment = model.moment] in .flowRead(request.read(moment)) }
    case .listFolder(let folder): look { .listed(Files.listing(of: folder)) }
    case .find(let request): look { [moment = model.shown] in .found(request.read(moment)) }
    default: return effectRunner.perform(effect, for: self)
    }
    return []
  }

  private func saveAndQuit(_ path: String?, force: Bool) -> [Message] {
    let before = waiting.count
    let messages = effectRunner.perform(.save(path, force: force), for: self)
    if waiting.count > before {
      waiting[isAnswering ? followUps - 1 : waiting.count - 1].endsProgram = true
    } else {
      isOver = messages.contains { if case .saved = $0 { true } else { false } }
    }
    return messages.map(\.beforeLeaving)
  }

  /// Lets a line be tried after the work that waits; only the newest line counts.
  private func preview(_ line: String) {
    waiting.removeAll(where: \.isPreview)
    waiting.append(.preview(line))
  }

  private func look(_ body: @escaping @Sendable () -> Message) {
    looks += 1
    port.look { Look(message: body()) }
  }

  /// Writes what is left in the session, beside the work.
  func write(_ keeper: SessionKeeper) { look { .sessionKept(problem: keeper.write()) } }

  private func fold(_ requests: [FoldRequest]) {
    looks += 1
    let moment = model.moment
    port.look {
      var runner = FoldRunner(moment)
      var answers: [FoldRequest: FoldAnswer] = [:]
      for request in requests { answers[request] = runner.answer(request) }
      return Look(message: .folded(answers), meter: runner.meter)
    }
  }

  // MARK: - From outside

  /// Runs a line as if it had been typed.
  ///
  /// - Parameter comments: Whether `#` starts a comment, as in tapes.
  func run(line: String, comments: Bool = false) { add(.line(line, comments: comments)) }

  /// Advances the clock to an instant; while work runs, the engine's clock waits.
  ///
  /// The session hears of it when something falls due, before its next work, and now and then.
  func pass(until instant: Instant) {
    time = instant
    send(.tick(instant))
    let isDue = nextDue.map { $0 <= instant } ?? false
    let isLongAgo = passed.map { instant - $0 >= Self.longest } ?? true
    guard isDue || isLongAgo, !isWorking else { return }
    passed = instant
    dueBefore = model.nextDue.flatMap { $0 <= instant ? $0 : nil }
    add(.pass(until: instant))
  }

  /// How long the session does not hear of the time when nothing happens.
  private static let longest = Interval.seconds(60)

  /// When something falls due next for which the session has to hear of the time.
  ///
  /// What was due already when it heard of it last waits for something else.
  var nextDue: Instant? { model.nextDue == dueBefore ? nil : model.nextDue }

  /// The current screen.
  func frame() -> Frame { Screen.draw(model) }

  /// The current screen, when nothing but the time has changed since a frame.
  func frame(after frame: Frame) -> Frame { Screen.draw(timeOf: model, over: frame) }

  /// Changes the model directly, to set it up before the first message.
  func configure(_ body: (inout Model) -> Void) { body(&model) }
}
