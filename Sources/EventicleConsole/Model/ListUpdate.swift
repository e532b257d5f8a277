import EventicleCore
import EventicleWorkbench

/// Moving in lists, opening what is selected, folding.
enum ListUpdate {
  /// Does one action of lists or of the view.
  static func perform(_ action: Action, _ model: inout Model) -> [Effect] {
    let page = max(1, Layout(model).listRows(of: model.focus) - 1)
    switch action {
    case .down: move(by: 1, &model)
    case .up: move(by: -1, &model)
    case .halfPageDown: move(by: max(1, page / 2), &model)
    case .halfPageUp: move(by: -max(1, page / 2), &model)
    case .pageDown: move(by: page, &model)
    case .pageUp: move(by: -page, &model)
    case .top: move(by: -Int(Int32.max), &model)
    case .bottom: move(by: Int(Int32.max), &model)
    case .open: return open(&model)
    case .search: BarUpdate.open(.search, text: "", &model)
    case .filter: BarUpdate.open(.filter, text: model.tail.filterText, &model)
    case .context: TailUpdate.toggleContext(&model)
    case .nextMatch: TailUpdate.findNext(forward: true, &model)
    case .previousMatch: TailUpdate.findNext(forward: false, &model)
    case .fold: fold(&model)
    case .unfoldAll:
      model.explore.folded = []
      model.inspect.folded = []
    case .foldAll: model.explore.folded = Set(ExploreModel.Section.allCases)
    case .scrollLeft: model.tail.sideways = max(0, model.tail.sideways - 8)
    case .scrollRight: model.tail.sideways = min(400, model.tail.sideways + 8)
    case .centre:
      let rows = Layout(model).listRows(of: .tail)
      model.tail.list.top = max(0, model.tail.list.selected - rows / 2)
    default: break
    }
    return []
  }

  /// Moves the selection, or scrolls, in the pane in focus.
  static func move(by rows: Int, _ model: inout Model) {
    switch model.focus {
    case .explore:
      let count = ExploreRows(model.explore, model.shown).rows.count
      model.explore.list.move(by: rows, count: count)
    case .tail:
      model.tail.move(by: rows)
      SubjectUpdate.follow(&model)
    case .inspect: model.inspect.scroll = scrolled(model.inspect.scroll, by: rows)
    case .aggregate:
      if aggregateCount(model) > 0 {
        model.aggregate.list.move(by: rows, count: aggregateCount(model))
      } else {
        model.aggregate.scroll = scrolled(model.aggregate.scroll, by: rows)
      }
    case .saga: moveSaga(by: rows, &model)
    case .timers:
      model.timers.list.move(by: rows, count: NextRows(model.shown.world).count)
    }
  }

  private static func scrolled(_ scroll: Int, by rows: Int) -> Int {
    max(0, min(scroll + rows, 1_000_000))
  }

  private static func moveSaga(by rows: Int, _ model: inout Model) {
    switch model.saga.subject {
    case .instances(let name):
      model.saga.list.move(by: rows, count: sagaCount(name, model))
    case .instance(let key):
      let count = model.shown.history(of: key).steps.count
      model.saga.step = max(0, min(model.saga.step + rows, count - 1))
    case .nothing: break
    }
  }

  /// How many rows the list of the aggregate pane has; 0 when it shows one thing.
  static func aggregateCount(_ model: Model) -> Int {
    switch model.aggregate.subject {
    case .instances(let type): model.shown.world.histories.count(of: type)
    case .rows(let view): model.shown.world.recordCount(of: view)
    case .instance(let key) where model.aggregate.tab == .history:
      model.shown.world.histories.version(of: key).number
    case .nothing, .instance, .row: 0
    }
  }

  /// How many rows the list of saga instances has.
  static func sagaCount(_ name: String?, _ model: Model) -> Int {
    let names = name.map { [$0] } ?? model.shown.domain.sagas.map(\.name)
    return names.reduce(0) { $0 + model.shown.world.sagas.count(of: $1) }
  }

  /// The saga instance at a row of the list.
  static func sagaInstance(at row: Int, of name: String?, _ model: Model) -> SagaInstance? {
    var rest = row
    for saga in name.map({ [$0] }) ?? model.shown.domain.sagas.map(\.name) {
      let count = model.shown.world.sagas.count(of: saga)
      if rest < count { return model.shown.world.sagas.instance(of: saga, at: rest) }
      rest -= count
    }
    return nil
  }

  // MARK: - Opening

  private static func open(_ model: inout Model) -> [Effect] {
    switch model.focus {
    case .explore: return openTree(&model)
    case .tail:
      if model.tail.count == 0 {
        return StartLines.first(for: model.shown.domain).map { [.run($0)] } ?? []
      }
      return lookFrom(model.selectedEntry, model)
    case .saga:
      if case .instances(let name) = model.saga.subject {
        guard let instance = sagaInstance(at: model.saga.list.selected, of: name, model) else {
          return []
        }
        JumpUpdate.remember(&model)
        SubjectUpdate.open(.instance(instance.key), &model)
        return []
      }
      guard case .instance(let key) = model.saga.subject else { return [] }
      let steps = model.shown.history(of: key).steps
      return steps.indices.contains(model.saga.step)
        ? [.run("goto \(steps[model.saga.step].entry)")] : []
    case .aggregate: return openAggregate(&model)
    case .timers: return openTimer(&model)
    case .inspect: return lookFrom(model.selectedEntry, model)
    }
  }

  /// Looks at the world just after a row.
  private static func lookFrom(_ entry: JournalIndex?, _ model: Model) -> [Effect] {
    guard let entry, let kind = model.shown.timeline.entry(entry)?.kind else { return [] }
    switch kind {
    case .append(let position, _), .imported(let position, _):
      return [.run("goto \(position)")]
    default: return [.run("goto \(entry)")]
    }
  }

  private static func openTree(_ model: inout Model) -> [Effect] {
    let rows = ExploreRows(model.explore, model.shown).rows
    guard rows.indices.contains(model.explore.list.selected) else { return [] }
    JumpUpdate.remember(&model)
    switch rows[model.explore.list.selected].subject {
    case .section: fold(&model)
    case .stream(let name):
      TailUpdate.set(text: "stream:\(Quoting.word(name.text))", &model)
      FocusUpdate.focus(.tail, &model)
    case .aggregates(let type): SubjectUpdate.open(.instances(type), &model)
    case .saga(let name): SubjectUpdate.open(.instances(name), &model)
    case .view(let name): SubjectUpdate.open(.rows(name), &model)
    case .command(let type):
      BarUpdate.open(.command, text: "do \(type) ", &model)
    case .adapter: FocusUpdate.focus(.inspect, &model)
    }
    return []
  }

  private static func openAggregate(_ model: inout Model) -> [Effect] {
    let row = model.aggregate.list.selected
    switch model.aggregate.subject {
    case .instances(let type):
      guard let id = model.shown.world.histories.id(of: type, at: row) else { return [] }
      JumpUpdate.remember(&model)
      SubjectUpdate.open(.instance(AggregateKey(type, id)), &model)
    case .rows(let view):
      guard let record = model.shown.world.record(of: view, at: row) else { return [] }
      JumpUpdate.remember(&model)
      SubjectUpdate.open(.row(view, key: record.id), &model)
    case .instance(let key) where model.aggregate.tab == .history:
      let event = model.shown.world.event(of: key, at: Version(row + 1))
      return event?.1.map { [.run("goto \($0)")] } ?? []
    default: break
    }
    return []
  }

  private static func openTimer(_ model: inout Model) -> [Effect] {
    guard model.moment.isAtHead else {
      model.message = StatusMessage("the past is only looked at; L goes live first", .warning)
      return []
    }
    switch NextRows(model.shown.world).row(model.timers.list.selected) {
    case .timer(let timer):
      let key = timer.key
      let path = [key.owner.saga, key.owner.instanceID, key.name].map { Quoting.word($0) }
      return [.run("fire \(path.joined(separator: "/"))")]
    case .delivery(_, isNext: true): return [.run("release 1")]
    case .delivery(_, isNext: false):
      model.message = StatusMessage(
        "only the first delivery can be made; it stands on top", .warning)
      return []
    default: return []
    }
  }

  // MARK: - Folding

  private static func fold(_ model: inout Model) {
    let rows = ExploreRows(model.explore, model.shown).rows
    guard model.focus == .explore, rows.indices.contains(model.explore.list.selected) else {
      return
    }
    var row = model.explore.list.selected
    while row > 0 {
      if case .section = rows[row].subject { break }
      row -= 1
    }
    guard case .section(let section) = rows[row].subject else { return }
    model.explore.folded.formSymmetricDifference([section])
    model.explore.list.selected = row
  }
}
