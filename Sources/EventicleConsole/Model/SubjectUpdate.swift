import EventicleCore
import EventicleWorkbench

/// What the panes beside the tail look at.
enum SubjectUpdate {
  /// Lets the aggregate and saga panes follow the row selected in the tail.
  static func follow(_ model: inout Model) {
    model.inspect.scroll = 0
    let moment = model.shown
    guard let entry = model.selectedEntry else { return }
    if let key = Related.aggregate(of: entry, moment) {
      let subject = StateModel.Subject.instance(key)
      if model.aggregate.subject != subject {
        model.aggregate = StateModel(subject: subject, tab: model.aggregate.tab)
      }
    }
    if let key = Related.saga(of: entry, moment) {
      if model.saga.subject != .instance(key) {
        model.saga = SagaModel(
          subject: .instance(key), showsWholeState: model.saga.showsWholeState)
      }
      selectStep(&model)
    }
  }

  /// Keeps looking at the same aggregate and saga while time goes by, so that one can be watched;
  /// where nothing is looked at yet, the selected row decides.
  static func stay(_ model: inout Model) {
    guard model.aggregate.subject != .nothing, model.saga.subject != .nothing else {
      return follow(&model)
    }
    model.inspect.scroll = 0
    selectStep(&model)
  }

  /// Selects the saga step at the time cursor.
  static func selectStep(_ model: inout Model) {
    guard case .instance(let key) = model.saga.subject else { return }
    let steps = model.shown.history(of: key).steps
    model.saga.step = max(0, (steps.lastIndex { !$0.isAhead } ?? 0))
  }

  /// Looks at the aggregate that a person has just acted on: that of the first event.
  static func open(_ journal: ClosedRange<Int>, _ model: inout Model) {
    let moment = model.moment
    guard moment.timeline.entry(JournalIndex(journal.lowerBound))?.isByUser ?? false else {
      return
    }
    for number in journal.prefix(200) {
      let index = JournalIndex(number)
      guard case .append = moment.timeline.entry(index)?.kind,
        let key = Related.aggregate(of: index, moment)
      else { continue }
      model.aggregate = StateModel(subject: .instance(key), tab: model.aggregate.tab)
      return
    }
  }

  // MARK: - Shown on request

  /// Brings up what a looking verb, or Enter in the tree, is about.
  static func show(_ subject: SessionRequest.Subject, _ model: inout Model) {
    JumpUpdate.remember(&model)
    switch subject {
    case .streams: FocusUpdate.focus(.explore, &model)
    case .events: FocusUpdate.focus(.tail, &model)
    case .aggregates:
      let type = model.moment.domain.aggregates.first?.type
      open(type.map { .instances($0) } ?? .nothing, &model)
    case .aggregate(let key, _): open(.instance(key), &model)
    case .views:
      open(model.moment.domain.views.first.map { .rows($0.name) } ?? .nothing, &model)
    case .view(let name, let key):
      open(key.map { .row(name, key: $0) } ?? .rows(name), &model)
    case .sagas: open(.instances(nil), &model)
    case .saga(let key): open(.instance(key), &model)
    case .commands: FocusUpdate.focus(.explore, &model)
    case .timers, .queue: FocusUpdate.focus(.timers, &model)
    case .journal(let index):
      FocusUpdate.focus(.tail, &model)
      if let index { model.tail.select(index) }
    }
  }

  /// Shows something in the aggregate pane.
  static func open(_ subject: StateModel.Subject, _ model: inout Model) {
    model.aggregate = StateModel(subject: subject, tab: model.aggregate.tab)
    FocusUpdate.focus(.aggregate, &model)
  }

  /// Shows something in the saga pane.
  static func open(_ subject: SagaModel.Subject, _ model: inout Model) {
    model.saga = SagaModel(subject: subject, showsWholeState: model.saga.showsWholeState)
    selectStep(&model)
    FocusUpdate.focus(.saga, &model)
  }
}
