import EventicleCore
import EventicleHost
import EventicleWorkbench

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
