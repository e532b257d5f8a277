import EventicleCore
import EventicleWorkbench

extension ExplorePane {
  static func update(
    _ input: PaneInput, _ state: inout ExploreModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    switch input {
    case .row, .moment, .follow, .show: return nil
    // What is not on the screen reads nothing; folds are known without.
    case .reveal where context.inside.isEmpty: return []
    default: state.prepare(context)
    }
    let shown = ShownRows(state.page.rows.count, context.find)
    switch input {
    case .move(let count): shown.move(&state.list, by: count)
    case .click(let row): shown.click(&state.list, at: state.list.top + row)
    case .select(let row): state.list.select(row, count: state.page.rows.count)
    case .reveal: shown.reveal(&state.list, visible: context.inside.rows)
    case .action(.open):
      guard let row = selected(state) else { return [] }
      return open(row, &state, context)
    case .action(.fold): fold(&state, context)
    case .action(.foldAll):
      state.folded = Set(ExploreModel.Section.allCases)
      state.prepare(context)
    case .action(.unfoldAll): state.folded = []
    case .action(.sort):
      state.order = state.order == .news ? .name : .news
      state.prepare(context)
    default: return nil
    }
    return []
  }

  /// Whether Enter does something in a row.
  static func opens(_ row: ExploreRow, _ context: PaneContext) -> Bool {
    switch row.subject {
    case .fork(_, let isCurrent): !isCurrent
    case .sentence: false
    default: true
    }
  }

  private static func open(
    _ row: ExploreRow, _ state: inout ExploreModel, _ context: PaneContext
  ) -> [PaneRequest] {
    switch row.subject {
    case .section: fold(&state, context)
    case .saga(let key): return [.open(.saga(key))]
    case .aggregate(let key): return [.open(.aggregate(key))]
    case .nobody(let type): return [.open(.aggregates(type))]
    case .view(let name): return [.open(.view(name))]
    case .adapter, .troubles: return [.focus(.tools)]
    case .group(_, let stream): return [.filter("stream:\(Quoting.word(stream))")]
    case .stream(let name): return [.filter("stream:\(Quoting.word(name.text))")]
    case .watch(let subject): return [.run("why \(subject)")]
    case .fork(_, isCurrent: true), .sentence: break
    case .fork(let name, isCurrent: false): return [.run("switch \(Quoting.word(name))")]
    case .more(let kind, _, isListed: false): state.opened.insert(kind)
    case .more(let kind, .aggregates, isListed: true): return [.open(.aggregates(kind))]
    case .more(_, _, isListed: true): return [.open(.sagas(nil))]
    }
    return []
  }

  /// Folds or unfolds the section of the selected row.
  private static func fold(_ state: inout ExploreModel, _ context: PaneContext) {
    guard let section = selected(state)?.section else { return }
    state.folded.formSymmetricDifference([section])
    state.prepare(context)
    let head = state.page.rows.firstIndex { $0.subject == .section(section) }
    if let head { state.list.selected = head }
  }
}
