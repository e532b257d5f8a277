import EventicleCore
import EventicleWorkbench

extension WorkbenchWork {
  /// Runs a command line.
  ///
  /// - Parameter comments: Whether `#` starts a comment, as in tapes.
  static func line(_ line: String, comments: Bool = false) -> WorkbenchWork {
    WorkbenchWork(line) { session, _ in
      let reply = session.run(line, comments: comments, reading: Files.reader)
      return [.notice(session.notice(reply, line: line))]
    }
  }

  /// Runs a line that checks something; all is as before unless it fails.
  static func check(_ line: String) -> WorkbenchWork {
    WorkbenchWork(nil) { session, _ in
      let reply = session.run(line, comments: true)
      return reply.problem.map { [.report(StatusMessage($0.message, .problem))] } ?? []
    }
  }

  /// Tries a line that is being typed, for less than a frame; the session stays as it is.
  static func preview(_ line: String) -> WorkbenchWork {
    var work = WorkbenchWork(nil) { session, outlet in
      [.previewed(session.preview(of: line) { !outlet.isLate() }, line: line)]
    }
    work.isPreview = true
    return work
  }

  /// Goes to the moment of a row of the tail.
  static func seek(_ entry: JournalIndex, line: String) -> WorkbenchWork {
    var work = WorkbenchWork(nil) { session, _ in
      var reply = session.run(line)
      // The row says where it is.
      reply.message = ""
      return [.notice(session.notice(reply, line: line)), .sought(entry)]
    }
    work.isSeek = true
    return work
  }

  /// Lets time pass: what falls due until then happens.
  static func pass(until instant: Instant) -> WorkbenchWork {
    WorkbenchWork(nil) { session, _ in
      // The clock may have been set further while this waited.
      guard instant >= session.head.clock else { return [] }
      return session.pass(until: instant) ? [.notice(session.notice())] : []
    }
  }

  /// The same work, done after other work and in one go with it.
  func after(_ other: WorkbenchWork) -> WorkbenchWork {
    var both = WorkbenchWork(title) { [body] session, outlet in
      other.body(&session, outlet) + body(&session, outlet)
    }
    both.endsProgram = endsProgram
    return both
  }

  /// Runs the short scenario of the domain.
  static let story = WorkbenchWork("demo story") { session, outlet in
    guard session.timeline.count == 0 else {
      return [
        .report(
          StatusMessage("the story starts in an empty log; run `eventicle demo --story`", .warning))
      ]
    }
    let lines = DemoStory.lines(for: session.domain)
    guard !lines.isEmpty else {
      return [.report(StatusMessage("\(session.domain.name) has no story to play", .warning))]
    }
    for line in lines {
      let reply = session.run(line)
      outlet.pass(.notice(session.notice(reply, line: line)))
    }
    return []
  }

  /// Runs the lines of a tape until one fails.
  static func play(
    _ tape: [TapeLine], in session: inout Session, _ outlet: WorkbenchOutlet
  ) -> [Message] {
    for (index, line) in tape.enumerated() {
      guard session.watch.goesOn(WorkProgress("playing the tape", done: index, of: tape.count))
      else {
        let text = "the tape was ended before line \(line.number)"
        return [.report(StatusMessage(text, .warning))]
      }
      let reply = session.run(line.text, comments: true, reading: Files.reader)
      outlet.pass(.notice(session.notice(reply, line: line.text)))
      if let problem = reply.problem {
        let text = "line \(line.number): \(problem.message)"
        return [.report(StatusMessage(text, .problem))]
      }
    }
    return []
  }
}
