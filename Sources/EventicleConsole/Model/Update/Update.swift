import EventicleCore
import EventicleWorkbench

/// The console's decisions: applies a message to the model and returns the effects to run.
enum Update {
  /// Applies one message.
  static func apply(_ message: Message, to model: inout Model) -> [Effect] {
    var effects: [Effect] = []
    switch message {
    case .key(let key) where model.layout.isTooSmall: effects = press(unseen: key, &model)
    case .key(let key): effects = PresenterUpdate.press(key, &model) ?? press(key, &model)
    case .mouse where model.question != nil || model.layout.isTooSmall: break
    case .mouse(let event): effects = MouseUpdate.apply(event, to: &model)
    case .paste where model.layout.isTooSmall: break
    case .paste(let text): effects = paste(text, &model)
    case .resize(let size): model.size = size
    case .tick(let instant): model.liveClock = instant
    case .notice(let notice): effects = NoticeUpdate.apply(notice, to: &model)
    case .play: effects = TimeUpdate.play(&model)
    case .present: effects = PresenterUpdate.goOn(&model)
    case .presented(let tape): effects = PresenterUpdate.begin(tape, &model)
    case .typing(let speed): model.typing = speed
    case .sought(let entry): SeekUpdate.arrive(at: entry, &model)
    case .report(let message): model.message = message
    case .wrote(let lines):
      if let worst = lines.last(where: { $0.kind == .problem }) {
        model.message = StatusMessage(worst.first, .problem)
      }
    case .notLoaded(let reason):
      model.message = StatusMessage(reason, .problem)
      effects = [.quit]
    case .page(let title, let lines):
      model.overlay = .text(title: title, lines: lines, scroll: 0)
    case .restored(let look, let remark):
      effects = model.restore(look)
      model.message = remark ?? model.message
    case .laidOut(let layout): effects = model.lay(out: layout)
    case .sessionKept(let problem):
      if let problem, problem != model.keepingProblem {
        model.message = StatusMessage("what you look at is not kept: \(problem)", .warning)
      }
      model.keepingProblem = problem
    case .themed(let name): model.themeName = name
    case .edited(let text): BarUpdate.take(edited: text, &model)
    case .notEdited(let reason): model.bar?.problem = Reply.Problem(reason)
    case .mouseSet(let isOn): model.isMouseOn = isOn
    case .ask(let question): model.question = question
    case .saved(let path):
      if !path.hasSuffix(".ndjson"), !path.hasSuffix(".ndjson.gz") { model.fileName = path }
    case .kept(let store): model.storeName = store ?? Model.memory
    case .opened(let notice):
      model = Model(model, showing: notice)
      effects = NoticeUpdate.apply(notice, to: &model)
    case .attached(let notice, let remote):
      model = Model(model, showing: notice)
      model.remote = remote
      model.storeName = Model.memory
      effects = NoticeUpdate.apply(notice, to: &model)
    case .remote(let remote): if model.remote != nil { model.remote = remote }
    case .previewed(let notice, let line): PreviewUpdate.take(notice, of: line, &model)
    case .listed(let listing): BarUpdate.take(listing, &model)
    case .folded(let answers): model.folds.take(answers)
    case .queue(let queue): model.work.take(queue)
    case .progress(let progress, let elapsed): model.work.take(progress, elapsed: elapsed)
    case .rows(let answer): effects = TailReadingUpdate.take(answer, &model)
    case .found(let answer): effects = TailReadingUpdate.take(answer, &model)
    case .flowRead(let answer): model.panes[MapPane.self].flow.take(answer)
    case .learnt(let answer): model.panes[MapPane.self].take(answer)
    }
    LogUpdate.note(message, &model)
    PaneUpdate.sendToAll(.reveal, &model)
    FindUpdate.refresh(&model)
    return effects + TailReadingUpdate.ask(&model) + FlowUpdate.ask(&model) + FoldUpdate.ask(&model)
      + PreviewUpdate.ask(&model) + BarUpdate.askForFolder(&model)
  }

  private static func paste(_ text: String, _ model: inout Model) -> [Effect] {
    if case .form(let form) = model.overlay {
      FormUpdate.paste(text, form, &model)
      return []
    }
    if case .palette(let palette) = model.overlay {
      PaletteUpdate.paste(text, palette, &model)
      return []
    }
    guard var bar = model.bar else {
      model.message = StatusMessage(

        "pasted text goes into a prompt; open one with \(model.keymap.label(of: .command)) first",
        .warning)
      return []
    }
    CommandBarUpdate.paste(
      text, in: &bar, history: model.history, moment: model.moment,
      themes: Settings.arguments(ofTheme: model.themeNames),
      settings: Settings.known, listing: model.listing)
    model.bar = bar
    return bar.kind == .search ? FindUpdate.change(to: bar.text, &model) : []
  }

  // MARK: - Keys

  /// Does what a key does, whoever presses it.
  static func press(_ key: KeyPress, _ model: inout Model) -> [Effect] {
    model.submitted = nil
    if model.isPlaying {
      model.isPlaying = false
      if key == KeyPress(" ") { return [] }
    }
    if let question = model.question { return QuestionUpdate.press(key, question, &model) }
    if model.bar != nil { return BarUpdate.press(key, &model) }
    if let point = model.inspected { return InspectUpdate.press(key, from: point, &model) }
    if key == KeyPress("c", .control), AppUpdate.hasWork(model) {
      return AppUpdate.endWork(&model)
    }
    if model.overlay != nil { return OverlayUpdate.press(key, &model) }
    model.message = nil
    if key != KeyPress("c", .control) { model.isQuitting = false }
    if !model.pendingKeys.isEmpty, key == KeyPress(.escape) {
      model.pendingKeys = []
      return []
    }
    let keys = model.pendingKeys + [key]
    switch model.keymap.match(keys) {
    case .prefix:
      model.pendingKeys = keys
      return []
    case .nothing:
      model.pendingKeys = []
      let typed = keys.map { Keymap.label(of: $0.description) }.joined()
      model.message = StatusMessage(
        "\(typed) does nothing here; \(model.keymap.label(of: .help)) shows the keys", .warning)
      return []
    case .action(let action):
      model.pendingKeys = []
      return perform(action, &model)
    }
  }

  /// Does what a key does while nothing is drawn: it ends work or the program, and takes back what
  /// is open; a key whose effect nobody could see has none.
  private static func press(unseen key: KeyPress, _ model: inout Model) -> [Effect] {
    if key == KeyPress(.escape) { return PresenterUpdate.press(key, &model) ?? press(key, &model) }
    guard model.question == nil else { return [] }
    let isQuit = model.keymap.match([key]) == .action(.quit) && model.bar == nil
    return isQuit || key == KeyPress("c", .control) ? press(key, &model) : []
  }

  /// Performs an action triggered by a key, a click or the help.
  static func perform(_ action: Action, _ model: inout Model) -> [Effect] {
    if let reason = action.disabledReason(model) {
      model.message = StatusMessage(reason, .warning)
      return []
    }
    if model.asksForStart, !action.staysAtStart {
      model.asksForStart = false
      if action == .cancel { return [] }
    }
    defer { if action == .open { model.asksForStart = false } }
    switch action.group {
    case .time: return TimeUpdate.perform(action, &model)
    case .panes: return FocusUpdate.perform(action, &model)
    case .goTo: return JumpUpdate.perform(action, &model)
    case .events: return EventActions.perform(action, &model)
    case .lists, .view: return ListUpdate.perform(action, &model)
    case .app: return AppUpdate.perform(action, &model)
    }
  }
}
