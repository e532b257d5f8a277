import EventicleCore

/// The timeline of one saga instance, or a table of instances.
enum SagaPane: Pane {
  static let initial = SagaModel()

  static func actions(_ state: SagaModel, _ context: PaneContext) -> [Action] {
    switch state.subject {
    case .nothing: []
    case .instances:
      (open(state, context).isEmpty ? [] : [.open]) + (state.last == nil ? [] : [.nextTab])
    case .instance: [.nextSagaStep, .diff, .open, .nextTab]
    }
  }

  static func hint(of action: Action, _ state: SagaModel, _ context: PaneContext) -> String? {
    switch (action, state.subject) {
    case (.open, .instances): "open"
    case (.open, .instance): "event"
    case (.nextTab, .instance): "list"
    case (.nextTab, .instances): "the last one"
    case (.diff, .instance): state.showsWholeState ? "changes" : "whole states"
    default: nil
    }
  }

  static func listRows(in inside: Size) -> Int { max(0, inside.rows - 1) }

  static func shows(_ subject: PaneSubject) -> Bool {
    switch subject {
    case .sagas, .saga: true
    default: false
    }
  }

  static func lacksSubject(_ state: SagaModel) -> Bool { state.subject == .nothing }

  static func folds(_ state: SagaModel, _ context: PaneContext) -> [FoldRequest] {
    guard case .instance(let key) = state.subject, context.canTry,
      let instance = context.shown.world.sagas.instance(key), !instance.hasEnded,
      !instance.timers.isEmpty
    else { return [] }
    let timeline = context.shown.timeline
    let past = timeline.steps(of: key, upTo: context.shown.cursor.entry).all
    // What is recorded later says what the timers do.
    guard timeline.steps(of: key, upTo: timeline.last).all == past else { return [] }
    return [.timers(key, at: context.shown.cursor.entry)]
  }

  /// The number of the step that is stood on: the one on its way, else the last one of the moment;
  /// 0 before the first one.
  static func here(_ key: SagaKey, _ state: SagaModel, _ context: PaneContext) -> Int {
    let timeline = context.shown.timeline
    let here = state.aim ?? timeline.steps(of: key, upTo: context.shown.cursor.entry).all
    return min(here, timeline.steps(of: key, upTo: timeline.last).all)
  }

  static func draw(
    _ state: SagaModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    switch state.subject {
    case .nothing:
      let inside = canvas.box(rect, title: "4 Saga", focused: context.isFocused)
      nothing(context).draw(in: inside, on: &canvas)
    case .instances(let name):
      SagaTable.draw(state.list, name, context, in: rect, on: &canvas)
    case .instance(let key):
      drawTimeline(of: key, state, context, in: rect, on: &canvas, &meter)
    }
  }

  // MARK: - Nothing to show

  /// A sentence about how to get a saga here.
  static func nothing(_ context: PaneContext) -> Sentence {
    let domain = context.shown.domain
    let count = domain.sagas.reduce(0) { $0 + context.shown.world.sagas.count(of: $1.name) }
    if domain.sagas.isEmpty { return Sentence("The domain \(domain.name) has no sagas.") }
    if count > 0 {
      let explore = context.keymap.label(of: .pane8)
      return Sentence("No saga is chosen. Pick one in \(explore) Explore, or :sagas lists them.")
    }
    guard context.remote == nil else {
      return Sentence("No saga runs here: those of a system that is only looked at run there.")
    }
    return Sentence(
      context.firstLine.map { "No saga has started. :\($0) starts one." }
        ?? "No saga has started. An event it listens to starts one.")
  }
}
