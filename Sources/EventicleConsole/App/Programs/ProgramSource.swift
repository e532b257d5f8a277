import Dispatch
import EventicleCore
import EventicleHost
import EventicleWorkbench
import Synchronization

/// Hears when the program behind a domain wants something by itself, while nothing else is done.
// Safe: the source is thread-safe and never changes; what changes is atomic.
final class ProgramSource: @unchecked Sendable {
  private let source: any DispatchSourceRead
  private let isSuspended = Atomic(false)

  /// - Parameter body: Called on another thread when there is something to take; nothing more is
  ///   heard until ``goOn()``.
  init(_ descriptor: Int32, _ body: @escaping @Sendable (ProgramSource) -> Void) {
    source = DispatchSource.makeReadSource(
      fileDescriptor: descriptor, queue: DispatchQueue(label: "program"))
    source.setEventHandler { [weak self] in
      guard let self else { return }
      // What is not taken yet would be told again and again.
      source.suspend()
      isSuspended.store(true, ordering: .sequentiallyConsistent)
      body(self)
    }
    source.activate()
  }

  /// Hears again, after what there was has been taken.
  func goOn() {
    let change = isSuspended.compareExchange(
      expected: true, desired: false, ordering: .sequentiallyConsistent)
    if change.exchanged { source.resume() }
  }

  deinit {
    source.cancel()
    // Dispatch does not let go of a source that is suspended.
    goOn()
  }
}

/// Shows how long a handler in another program is waited for, and lets ^C end the wait.
final class ProgramWatch: HandlerWatch {
  private let answers: WorkOutlet<WorkbenchAnswer>
  private let kind: Int

  /// From when on a wait is shown.
  private static let patience = Interval(milliseconds: 250)

  /// - Parameter kind: The kind of answers among which only the newest counts.
  init(_ answers: WorkOutlet<WorkbenchAnswer>, replacing kind: Int) {
    self.answers = answers
    self.kind = kind
  }

  func stillWaiting(_ handler: HandlerID, for waited: Interval) -> Bool {
    guard answers.goesOn else { return false }
    if waited >= Self.patience {
      let tenths = waited.milliseconds / 100
      let progress = WorkProgress(
        "waiting for \(handler) \(tenths / 10).\(tenths % 10) s", done: 0)
      answers.put(.message(.progress(progress, elapsed: waited)), replacing: kind)
    }
    return true
  }
}

extension Session {
  /// Does what the program behind the domain asks for by itself.
  ///
  /// - Returns: What there is to show; empty when the session runs another domain.
  mutating func hear(_ program: any DomainProgram) -> [Message] {
    guard domain.program === program else { return [] }
    let turn = perform(host: program)
    var messages: [Message] = []
    if !turn.reports.isEmpty || turn.inputs > 0 || !turn.problems.isEmpty {
      messages.append(.notice(notice()))
    }
    if !turn.lines.isEmpty { messages.append(.wrote(turn.lines.map { SessionLog.Written($0) })) }
    for report in turn.reports {
      messages.append(.report(StatusMessage(Session.words(for: report, of: domain))))
    }
    for problem in turn.problems { messages.append(.report(StatusMessage(problem, .problem))) }
    if let failure = program.failure { messages.append(.notLoaded(failure)) }
    return messages
  }

  /// What is said after the domain was loaded.
  private static func words(for report: AdoptReport, of domain: Domain) -> String {
    let parts = [
      (domain.commands.count, "command"), (domain.views.count, "view"),
      (domain.sagas.count, "saga"), (domain.adapters.count, "adapter"),
    ]
    let counts = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
    let what = counts.isEmpty ? "nothing is declared" : counts.joined(separator: ", ")
    let isFirst =
      report.added.count == domain.views.count + domain.sagas.count + domain.adapters.count
    return isFirst || report.sentences.isEmpty
      ? "\(domain.name) is loaded: \(what)" : "\(domain.name) is loaded: \(report)"
  }
}

extension WorkbenchWork {
  /// Waits until the program has loaded its domain; lines that were typed meanwhile come after it.
  static func load(_ program: any DomainProgram) -> WorkbenchWork {
    WorkbenchWork("loading \(program.name)") { session, _ in
      do { try program.waitUntilLoaded() } catch {
        return session.hear(program) + [.notLoaded("\(error)")]
      }
      return session.hear(program)
    }
  }
}

extension SessionLog.Written {
  /// The most calls that are told of a mistake.
  private static let mostCalls = 20

  /// What a line says, and where it was written.
  fileprivate init(_ line: LogLine) {
    let kind: StatusMessage.Kind =
      switch line.level {
      case .debug, .info: .information
      case .warning: .warning
      case .error: .problem
      }
    let texts = line.text.split(separator: "\n").map(String.init)
    let first = texts.first ?? ""
    self.init(
      kind: kind, first: line.place.map { "\($0) \(first)" } ?? first,
      rest: Array(texts.dropFirst()),
      calls: kind == .problem ? Array(line.frames.prefix(Self.mostCalls)) : [])
  }
}
