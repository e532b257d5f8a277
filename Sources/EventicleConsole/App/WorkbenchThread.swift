import Dispatch
import EventicleCore
import EventicleHost
import EventicleWorkbench
import Synchronization

/// A workbench on a thread of its own, with a second thread for looks.
final class WorkbenchThread: WorkbenchPort {
  let work: WorkThread<Session, WorkbenchAnswer>
  private let looks: WorkThread<Int, WorkbenchAnswer>
  private let workPace: WorkPace
  private let momentPace: WorkPace
  private let arrival: DispatchSemaphore
  private let outlet: WorkbenchOutlet
  let afterWork: @Sendable (Session) -> Void
  private let timer: RestTimer
  let followed = FollowedFiles()
  private let program: (any DomainProgram)?
  private let source: ProgramSource?

  /// How often long work shows how far it is, and what is there already.
  private static let pace = Interval(milliseconds: 80)

  /// What takes the place of an older value of its kind.
  enum Kind: Int {
    case progress
    case moment
    case remote
  }

  /// How long a line may be tried while it is typed: less than a frame.
  private static let patience = Interval(milliseconds: 12)

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - wake: Called on another thread when answers wait.
  ///   - afterWork: Called on the thread of the session after each piece of work.
  init(
    _ session: Session, wake: @escaping @Sendable () -> Void,
    afterWork: @escaping @Sendable (Session) -> Void = { _ in }
  ) {
    self.afterWork = afterWork
    let arrival = DispatchSemaphore(value: 0)
    self.arrival = arrival
    let ring: @Sendable () -> Void = {
      arrival.signal()
      wake()
    }
    let answers = WorkOutlet<WorkbenchAnswer>(wake: ring)
    let (progressPace, momentPace) = (WorkPace(every: Self.pace), WorkPace(every: Self.pace))
    (workPace, self.momentPace) = (progressPace, momentPace)
    let show: @Sendable (SessionNotice) -> Void = {
      answers.put(.message(.notice($0)), replacing: Kind.moment.rawValue)
    }
    outlet = WorkbenchOutlet(
      isDue: momentPace.isDue, isLate: { progressPace.elapsed >= Self.patience }, show: show,
      pass: { answers.put(.message($0)) })
    var session = session
    session.watch = WorkWatch(
      asking: { progress in
        guard answers.goesOn else { return false }
        guard progressPace.isDue() else { return true }
        let progress = progress()
        // Work in rounds tells both the rounds and the steps of each; the rounds say how long it
        // takes.
        if progressPace.prefers(isCounted: progress.total != nil) {
          answers.put(
            .message(.progress(progress, elapsed: progressPace.elapsed)),
            replacing: Kind.progress.rawValue)
        }
        return true
      },
      showing: WorkWatch.Showing(isDue: momentPace.isDue, show: show))
    let program = session.domain.domainProgram
    self.program = program
    program?.setWatch(ProgramWatch(answers, replacing: Kind.progress.rawValue))
    let work = WorkThread(session, name: "workbench", outlet: answers)
    self.work = work
    source = program.flatMap { Self.source(of: $0, work) }
    looks = WorkThread(0, name: "looks", outlet: WorkOutlet(wake: ring))
    timer = RestTimer { [weak work] timer in
      work?.post { session, answers in Self.rest(&session, answers, timer) }
    }
    timer.set(session.restDelay)
  }

  /// Hears what the program behind the domain wants by itself.
  private static func source(
    of program: any DomainProgram, _ work: WorkThread<Session, WorkbenchAnswer>
  ) -> ProgramSource? {
    program.readableDescriptor.map { descriptor in
      ProgramSource(descriptor) { [weak work] source in
        work?.post { session, answers in
          for message in session.hear(program) { answers.put(.message(message)) }
          source.goOn()
        }
      }
    }
  }

  private static func rest(
    _ session: inout Session, _ answers: WorkOutlet<WorkbenchAnswer>, _ timer: RestTimer
  ) {
    let rest = session.rest()
    if let notice = rest.notice {
      // Only what is said must not be lost.
      let kind = notice.reply == nil ? Kind.moment.rawValue : nil
      answers.put(.message(.notice(notice)), replacing: kind)
    }
    timer.set(rest.next)
  }

  func begin(_ work: WorkbenchWork) {
    self.work.post {
      [workPace, momentPace, outlet, afterWork, timer, followed, program] session, answers in
      workPace.begin()
      momentPace.begin()
      var messages = work.body(&session, outlet)
      if let program { messages += session.hear(program) }
      // On disk before the person sees the answer.
      afterWork(session)
      timer.set(session.restDelay)
      for message in messages {
        if case .opened = message { followed.leave() }
        answers.put(.message(message))
      }
      answers.put(.finished)
    }
  }

  func look(_ body: @escaping @Sendable () -> Look) {
    looks.post { [weak work, timer] _, answers in
      let pace = WorkPace(every: Self.pace)
      var look = body()
      look.message = look.message.taking(pace.elapsed)
      answers.put(.looked(look))
      // What was shown may be empty because it could not be read.
      work?.post { session, answers in
        if session.hasTrouble { Self.rest(&session, answers, timer) }
      }
    }
  }

  func take() -> [WorkbenchAnswer] {
    while arrival.wait(timeout: .now()) == .success {}
    return work.outlet.take() + looks.outlet.take()
  }

  func endWork() { work.outlet.stop() }

  func wait(milliseconds: Int) {
    _ = arrival.wait(timeout: .now() + .milliseconds(milliseconds))
  }

  func close() {
    timer.set(nil)
    followed.leave()
    program?.setWatch(nil)
    work.end()
    looks.end()
  }

  /// Ends the work with the store after the work that runs, which is told to end.
  ///
  /// - Parameter patience: How long to wait for it, in milliseconds.
  /// - Returns: Why something that was acknowledged may not survive a power cut, as a sentence.
  func leaveStore(patience: Int) -> String? {
    let failure = Mutex<String?>(nil)
    let isDone = DispatchSemaphore(value: 0)
    endWork()
    work.post { session, _ in
      let sentence = session.leaveStore()
      failure.withLock { $0 = sentence }
      isDone.signal()
    }
    _ = isDone.wait(timeout: .now() + .milliseconds(patience))
    return failure.withLock { $0 }
  }
}

extension Message {
  /// The same message, with the time that its rows took to read.
  fileprivate func taking(_ time: Interval) -> Message {
    switch self {
    case .found(var answer):
      answer.took = time
      return .found(answer)
    default: return self
    }
  }
}
