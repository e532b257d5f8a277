import EventicleCore
import EventicleWorkbench

extension NextPane {
  static func update(
    _ input: PaneInput, _ state: inout NextModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    let rows = NextRows(context.shown.world)
    switch input {
    case .move(let count): state.list.move(by: count, count: rows.count)
    case .click(let row): state.list.select(state.list.top + row, count: rows.count)
    case .reveal: state.list.reveal(visible: context.inside.rows, count: rows.count)
    case .action(.open): return open(rows.row(state.list.selected), context)
    default: return nil
    }
    return []
  }

  private static func open(_ row: NextRows.Row?, _ context: PaneContext) -> [PaneRequest] {
    guard context.shown.isAtHead else {
      return [.report(StatusMessage("the past is only looked at; L goes live first", .warning))]
    }
    switch row {
    case .timer(let timer):
      let key = timer.key
      let path = [key.owner.saga, key.owner.instanceID, key.name].map { Quoting.word($0) }
      return [.run("fire \(path.joined(separator: "/"))")]
    case .delivery(_, isNext: true): return [.run("release 1")]
    case .delivery(_, isNext: false):
      let text = "only the first delivery can be made; it stands on top"
      return [.report(StatusMessage(text, .warning))]
    default: return []
    }
  }
}
