import EventicleCore
import EventicleWorkbench

/// The console's reaction to what the session did.
enum NoticeUpdate {
  /// Shows the new moment and carries out what the line requests from the console.
  static func apply(_ notice: SessionNotice, to model: inout Model) -> [Effect] {
    let isOther =
      notice.fork != model.fork || notice.rewritten != model.rewritten
      || notice.moment.timeline.count < model.moment.timeline.count
    if isOther { change(to: notice, &model) }
    let cursorBefore = model.moment.cursor
    let wasAtHead = model.moment.isAtHead
    if isOther { model.folds.clear() }
    model.moment = notice.moment
    model.isHeld = notice.isHeld
    model.runsHandlersInPlace = notice.runsHandlersInPlace
    model.unsavedLines = notice.unsavedLines
    if notice.moment.timeline.count != model.moment.timeline.count { model.asksForStart = false }
    model.nextDue = notice.nextDue
    model.passed = notice.passed
    model.marks = notice.marks
    model.stops = notice.stops
    model.watches = notice.watches
    model.prospects = notice.prospects
    model.rewritten = notice.rewritten
    model.store = notice.store
    model.branches = notice.branches
    model.forks = notice.forks
    // New entries move the head; only time travel moves the time cursor off it.
    let stays = wasAtHead && notice.moment.isAtHead
    // In another branch the row of an old moment is still to be found.
    let isElsewhere = isOther && !notice.moment.isAtHead
    let isMoved = isElsewhere || !stays && notice.moment.cursor != cursorBefore
    show(&model, isMoved: isMoved)
    if let journal = notice.reply?.journal { SubjectUpdate.open(journal, &model) }
    return answer(notice, &model)
  }

  /// Shows another branch: what is shown begins anew, and the file is still that of the session.
  private static func change(to notice: SessionNotice, _ model: inout Model) {
    let before = model
    model = Model(model, showing: notice)
    (model.fileName, model.work) = (before.fileName, before.work)
    (model.submitted, model.presentation) = (before.submitted, before.presentation)
    (model.fork, model.remote) = (notice.fork, before.remote)
  }

  /// Moves the tail's selection: to the end at the head, to the time cursor elsewhere.
  private static func show(_ model: inout Model, isMoved: Bool) {
    let selected = model.selectedEntry
    let wasElsewhere = model.tail.count > 0 && !model.tail.isFollowing
    model.tail.extend(from: model.moment)
    // The person has chosen the row already.
    guard model.seeking == nil else { return PaneUpdate.sendToAll(.moment, &model) }
    if !model.moment.isAtHead {
      guard isMoved else { return }
      if let entry = cursorEntry(model.moment) { model.tail.select(entry) }
      model.tail.isFollowing = false
    } else if isMoved || !wasElsewhere {
      model.tail.selectLast()
      model.tail.isFollowing = true
    }
    let isSameRow = model.selectedEntry == selected
    if isMoved || isSameRow { SubjectUpdate.stay(&model) } else { SubjectUpdate.follow(&model) }
  }

  /// The last entry of the moment, at or before which the tail selects a row.
  static func cursorEntry(_ moment: MomentView) -> JournalIndex? {
    moment.cursor.entry.number == 0 ? JournalIndex(1) : moment.cursor.entry
  }

  // MARK: - Replies to a line

  private static func answer(_ notice: SessionNotice, _ model: inout Model) -> [Effect] {
    guard let reply = notice.reply else {
      // Time that passed by itself came to a stop.
      if let hit = notice.stopped { model.message = StatusMessage(hit.sentence) }
      return []
    }
    let bar = submitted(notice.line, &model)
    if let problem = reply.problem {
      if var bar {
        bar.problem = problem
        model.bar = bar
      } else {
        // What was refused says so by name; else there is only the reason.
        let isSaid = reply.message.hasSuffix(problem.message)
        model.message = StatusMessage(isSaid ? reply.message : problem.message, .problem)
      }
      return []
    }
    if !reply.message.isEmpty {
      model.message = StatusMessage(reply.message, shorter: reply.shorter)
    }
    return reply.requests.flatMap { fulfil($0, &model) }
  }

  /// The closed prompt that a line was typed into, if nothing else has been done since.
  private static func submitted(_ line: String?, _ model: inout Model) -> CommandBarModel? {
    guard let bar = model.submitted else { return nil }
    let typed = bar.kind == .goto ? "goto \(bar.text)" : bar.text
    guard typed == line else { return nil }
    model.submitted = nil
    return model.bar == nil && model.overlay == nil ? bar : nil
  }

  /// Carries out a request that only the console can.
  static func fulfil(_ request: SessionRequest, _ model: inout Model) -> [Effect] {
    switch request {
    case .show(let subject):
      SubjectUpdate.show(subject, &model)
      return []
    case .filter(let filter, let text):
      return PaneUpdate.changeTail(&model) { tail, context in
        TailPane.find(
          filter, text: text, isFolded: true, saysCount: filter != nil, &tail, context)
      }
    case .find(let pattern):
      return PaneUpdate.changeTail(&model) { tail, context in
        TailPane.find(
          FilterExpression(.term(.word(pattern))), text: pattern.description,
          walk: .next(after: tail.selectedEntry ?? JournalIndex(0)), &tail, context)
      }
    case .pause: return TimeUpdate.stopOrGo(&model)
    case .set(let name, let value): return [.set(name, value: value)]
    case .theme("inspect"): return InspectUpdate.begin(&model)
    case .theme("check"): return [.themeCheck]
    case .theme(let name): return [.theme(name)]
    case .mouse(let isOn):
      model.isMouseOn = isOn ?? !model.isMouseOn
      return [.setMouse(model.isMouseOn)]
    case .help(let verb):
      model.overlay = verb.map { HelpText.page(of: $0) } ?? .help(HelpModel())
      return []
    case .info: return [.info]
    case .story: return [.story]
    case .present(let request): return PresenterUpdate.perform(request, &model)
    case .save(let path, let force): return [.save(path, force: force)]
    case .open(let path, let force): return QuestionUpdate.open(path, force: force, &model)
    case .attach(let address): return QuestionUpdate.attach(address, &model)
    case .backup(let path): return [.backup(to: path)]
    case .domain(let name): return [.useDomain(name)]
    case .compare(let path, let reference, let isFirst):
      return [.compare(with: path, reference, isFirst: isFirst)]
    case .agree(let fork, let text):
      model.question = .adopting(fork, text)
      return []
    case .importFile(let file): return [.importFile(file)]
    case .page(let title, let text):
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      model.overlay = .text(title: title, lines: lines, scroll: 0)
      return []
    case .shot(let path, let force): return [.shot(path, force: force)]
    case .write(let file, let force): return [.write(file, force: force)]
    case .quit(let mode): return AppUpdate.quit(mode, &model)
    }
  }
}
