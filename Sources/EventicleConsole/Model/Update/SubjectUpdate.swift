import EventicleCore
import EventicleWorkbench

/// The subjects of the panes beside the tail.
enum SubjectUpdate {
  /// Shows the subjects of the selected tail row in the panes.
  static func follow(_ model: inout Model) {
    PaneUpdate.sendToAll(.row, &model)
    guard let entry = model.selectedEntry else { return }
    for subject in Related.subjects(of: entry, model.shown) {
      guard let row = PaneTable.row(for: subject) else { continue }
      _ = PaneUpdate.send(.follow(subject), to: row.id, &model)
    }
  }

  /// Keeps the same aggregate and saga in view while time moves, so that the user can watch one; a
  /// pane without a subject takes that of the selected row.
  static func stay(_ model: inout Model) {
    let now = model
    guard !PaneTable.rows.contains(where: { $0.lacksSubject(now) }) else { return follow(&model) }
    PaneUpdate.sendToAll(.moment, &model)
  }

  /// Shows the aggregate that the user has just acted on: that of the first event.
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
      show(.aggregate(key), &model)
      return
    }
  }

  // MARK: - Shown on request

  /// Shows the subject of a `show` verb, or of Enter in the tree.
  static func show(_ subject: SessionRequest.Subject, _ model: inout Model) {
    JumpUpdate.remember(&model)
    switch subject {
    case .streams: FocusUpdate.focus(.explore, &model)
    case .events: FocusUpdate.focus(.tail, &model)
    case .aggregates(let type):
      let shown = type ?? model.moment.domain.aggregates.first?.type
      open(shown.map { .aggregates($0) }, .state, &model)
    case .aggregate(let key, let version):
      open(version.map { .version(key, $0) } ?? .aggregate(key), &model)
    case .views: open(model.moment.domain.views.first.map { .view($0.name) }, .views, &model)
    case .view(let name, let key):
      open(key.map { .record(RecordKey(name, $0)) } ?? .view(name), &model)
    case .sagas: open(.sagas(nil), &model)
    case .saga(let key): open(.saga(key), &model)
    case .commands: FocusUpdate.focus(.explore, &model)
    case .timers, .queue: FocusUpdate.focus(.next, &model)
    case .stops:
      model.tools.tab = .stops
      FocusUpdate.focus(.tools, &model)
    case .comparison(let notice):
      model.tools.show(notice, branches: model.branches.count)
      FocusUpdate.focus(.tools, &model)
    case .verification(let notice):
      model.tools.show(notice)
      FocusUpdate.focus(.tools, &model)
    case .why(let notice):
      model.tools.show(notice)
      FocusUpdate.focus(.tools, &model)
    case .conversation(let entry): open(.conversation(entry), &model)
    case .journal(let index):
      FocusUpdate.focus(.tail, &model)
      if let index { model.tail.select(index) }
    }
  }

  /// Shows a subject in the pane that can, and focuses that pane.
  static func open(_ subject: PaneSubject, _ model: inout Model) {
    guard let pane = show(subject, &model) else { return }
    FocusUpdate.focus(pane, &model)
  }

  /// Shows a subject and focuses its pane; without a subject it focuses the given pane.
  private static func open(_ subject: PaneSubject?, _ pane: PaneID, _ model: inout Model) {
    guard let subject else { return FocusUpdate.focus(pane, &model) }
    open(subject, &model)
  }

  /// Shows a subject in the pane that can.
  @discardableResult
  private static func show(_ subject: PaneSubject, _ model: inout Model) -> PaneID? {
    guard let row = PaneTable.row(for: subject) else { return nil }
    _ = PaneUpdate.send(.show(subject), to: row.id, &model)
    return row.id
  }
}
