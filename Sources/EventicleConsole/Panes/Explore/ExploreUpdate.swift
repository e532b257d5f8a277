import EventicleCore
import EventicleWorkbench

extension ExplorePane {
  static func update(
    _ input: PaneInput, _ state: inout ExploreModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    let rows = ExploreRows(state, context.shown).rows
    switch input {
    case .move(let count): state.list.move(by: count, count: rows.count)
    case .click(let row): state.list.select(state.list.top + row, count: rows.count)
    case .reveal: state.list.reveal(visible: context.inside.rows, count: rows.count)
    case .action(.open):
      guard rows.indices.contains(state.list.selected) else { return [] }
      return open(rows[state.list.selected].subject, rows, &state)
    case .action(.fold): fold(rows, &state)
    case .action(.foldAll): state.folded = Set(ExploreModel.Section.allCases)
    case .action(.unfoldAll): state.folded = []
    default: return nil
    }
    return []
  }

  private static func open(
    _ subject: ExploreRows.Row.Subject, _ rows: [ExploreRows.Row], _ state: inout ExploreModel
  ) -> [PaneRequest] {
    switch subject {
    case .section:
      fold(rows, &state)
      return []
    case .stream(let name): return [.filter("stream:\(Quoting.word(name.text))")]
    case .aggregates(let type): return [.open(.aggregates(type))]
    case .saga(let name): return [.open(.sagas(name))]
    case .view(let name): return [.open(.view(name))]
    case .command(let type): return [.prompt(.command, "do \(type) ")]
    case .adapter: return [.focus(.event)]
    }
  }

  /// Folds or unfolds the section of the selected row.
  private static func fold(_ rows: [ExploreRows.Row], _ state: inout ExploreModel) {
    guard rows.indices.contains(state.list.selected) else { return }
    var row = state.list.selected
    while row > 0 {
      if case .section = rows[row].subject { break }
      row -= 1
    }
    guard case .section(let section) = rows[row].subject else { return }
    state.folded.formSymmetricDifference([section])
    state.list.selected = row
  }
}
