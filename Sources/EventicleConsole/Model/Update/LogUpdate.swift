import EventicleCore
import EventicleWorkbench

/// Notes in the log what happens with the session and the program.
///
/// What a key was refused for, and looks and moves in time, are not noted.
enum LogUpdate {
  /// The most failures of one step that are noted one by one.
  private static let most = 20

  /// Notes what a message says, after it was applied.
  static func note(_ message: Message, _ model: inout Model) {
    switch message {
    case .notice(let notice): note(notice, &model)
    case .opened(let notice):
      model.log.beginHistory(failures: failures(notice.moment))
      note("another session was opened: \(notice.moment.domain.name)", .information, &model)
      for warning in notice.moment.domain.warnings { note(warning, .warning, &model) }
    case .attached(let notice, let remote):
      model.log.beginHistory(failures: failures(notice.moment))
      note("attached to \(remote.name)", .information, &model)
    case .report(let message): note(message.text, message.kind, &model)
    case .wrote(let lines): for line in lines { note(line, &model) }
    case .restored(_, let remark?): note(remark.text, remark.kind, &model)
    case .sessionKept(let problem?):
      note("what you look at is not kept: \(problem)", .warning, &model)
    case .kept(let store?): note("\(store) keeps the session from now on", .information, &model)
    default: break
    }
  }

  private static func note(
    _ text: String, _ kind: StatusMessage.Kind, _ model: inout Model,
    line: String? = nil, entry: JournalIndex? = nil
  ) {
    let instant = entry.flatMap { model.moment.timeline.entry($0)?.instant }
    model.log.note(text, kind, at: instant ?? model.moment.instant, line: line, entry: entry)
  }

  private static func note(_ written: SessionLog.Written, _ model: inout Model) {
    note(written.first, written.kind, &model)
    for line in written.rest { note("  \(line)", written.kind, &model) }
    for call in written.calls { note("  at \(call)", .information, &model) }
  }

  private static func failures(_ moment: MomentView) -> Int {
    moment.timeline.errors(upTo: moment.timeline.last)
  }

  // MARK: - Notices

  private static func note(_ notice: SessionNotice, _ model: inout Model) {
    let line = notice.line.map { SecretMask.masked($0) }
    let said = noteFailures(notice, line, &model)
    for logged in notice.logged { note(logged.text, .information, &model, entry: logged.entry) }
    guard let reply = notice.reply else { return }
    let entry = reply.journal.map { JournalIndex($0.upperBound) }
    if let problem = reply.problem {
      guard !said.contains(problem.message) else { return }
      note(problem.message, .problem, &model, line: line, entry: entry)
    } else if reply.journal != nil || isNoted(notice.line ?? "") {
      note(reply.message, .information, &model, line: line, entry: entry)
    }
  }

  /// Notes what failed since the last notice.
  ///
  /// - Returns: The sentences.
  private static func noteFailures(
    _ notice: SessionNotice, _ line: String?, _ model: inout Model
  ) -> Set<String> {
    let timeline = notice.moment.timeline
    let (new, hidden) = model.log.takeFailures(
      failures(notice.moment), of: notice.fork, most: most)
    if hidden > 0 { note("\(hidden) more failures before these", .problem, &model) }
    var said: Set<String> = []
    for number in new {
      guard let entry = timeline.error(at: number), let kind = timeline.entry(entry)?.kind,
        let problem = kind.problem
      else { continue }
      said.insert(problem)
      let text = who(kind, notice.moment).map { "\($0): \(problem)" } ?? problem
      note(text, .problem, &model, line: line, entry: entry)
    }
    return said
  }

  private static func who(_ kind: JournalEntry.Kind, _ moment: MomentView) -> String? {
    switch kind {
    case .command(let type, _, _, _): "C \(type)"
    case .delivery(let position, let consumer, _, _): "\(consumer) on \(position)"
    case .timerFired(let key, _, _): "T \(key.name) of \(moment.timeline.head.title(of: key.owner))"
    default: nil
    }
  }

  /// Whether what a line answers is noted although it added nothing to the history.
  private static func isNoted(_ line: String) -> Bool {
    guard let parsed = try? Instruction.parse(line) else { return false }
    return parsed.contains { instruction in
      switch instruction {
      case .fork, .use, .discard, .hold, .release, .mark, .unmark: true
      default: false
      }
    }
  }
}
