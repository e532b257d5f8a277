import EventicleCore
import EventicleWorkbench

extension WorkbenchWork {
  /// Makes again what a person left in a session that is opened again.
  static func restore(_ opened: SessionKeeper.Opened, _ keeper: SessionKeeper) -> WorkbenchWork {
    let isLong = opened.kept?.forks.isEmpty == false
    return WorkbenchWork(isLong ? "making the forks again" : nil) { session, _ in
      restore(opened, in: &session, keeper)
    }
  }

  /// Makes again what a person left in a session, and says what cannot be.
  static func restore(
    _ opened: SessionKeeper.Opened, in session: inout Session, _ keeper: SessionKeeper
  ) -> [Message] {
    session.keepsForks = true
    defer { keeper.endRestoring() }
    guard let kept = opened.kept else {
      return opened.problem.map { [.report(StatusMessage($0, .warning))] } ?? []
    }
    var problems: [String] = []
    session.restore(kept.stops)
    if kept.isHeld { _ = session.run("hold") }
    for recipe in kept.forks {
      let problem = session.remake(recipe, reading: Files.reader) { request, session in
        SessionFiles.answer(request, in: &session)
      }
      if let problem { problems.append(problem) }
    }
    if let place = kept.place, !session.show(place) {
      problems.append("There is no moment \(place) any more.")
    }
    if let fork = kept.fork { try? session.switchTo(fork) }
    let text = problems.isEmpty ? kept.summary : problems.joined(separator: " ")
    let remark = StatusMessage(text, problems.isEmpty ? .information : .warning)
    return [
      .notice(session.notice()), .restored(kept.look, remark: text.isEmpty ? nil : remark),
    ]
  }
}
