import EventicleCore
import EventicleWorkbench

extension NextPane {
  static func update(
    _ input: PaneInput, _ state: inout NextModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    switch input {
    case .row, .moment, .follow, .show: return nil
    case .reveal where context.inside.isEmpty: return []
    default: break
    }
    let rows = NextRows(context.shown.world)
    let shown = ShownRows(rows.count, context.find)
    switch input {
    case .move(let count):
      shown.move(&state.list, by: count)
      pass(count < 0 ? -1 : 1, rows, shown, &state)
    case .click(let row):
      shown.click(&state.list, at: state.list.top + row)
      pass(1, rows, shown, &state)
    case .select(let row): state.list.select(row, count: rows.count)
    case .reveal:
      state.sends.learn(from: context.shown.timeline, about: context.shown.world.timers)
      pass(1, rows, shown, &state)
      shown.reveal(&state.list, visible: context.inside.rows)
    case .action(.open): return open(rows.row(state.list.selected), context)
    case .action(let action): return act(action, rows.row(state.list.selected), context)
    default: return nil
    }
    return []
  }

  /// Goes on from a heading to a row; where there is none the selection stays.
  private static func pass(
    _ step: Int, _ rows: NextRows, _ shown: ShownRows, _ state: inout NextModel
  ) {
    state.list.select(state.list.selected, count: rows.count)
    for step in [step, -step] {
      var list = state.list
      // At most two headings, or two that say what there is nothing of, stand together.
      for _ in 0..<3 where rows.isHead(list.selected) { shown.move(&list, by: step) }
      guard !rows.isHead(list.selected) else { continue }
      state.list = list
      return
    }
  }

  /// What the keys for a delivery do to the selected one.
  private static func act(
    _ action: Action, _ row: NextRows.Row?, _ context: PaneContext
  ) -> [PaneRequest]? {
    guard case .delivery(let delivery, _) = row else { return nil }
    // What comes next anyway is no act of a person.
    if action == .stepDelivery, delivery == context.shown.world.queue.first { return nil }
    let address = address(of: delivery)
    switch action {
    case .stepDelivery: return [.run("deliver \(address)")]
    case .delayDelivery: return [.prompt(.command, "delay \(address) 30s")]
    case .dropDelivery: return [.run("drop \(address)")]
    case .doubleDelivery: return [.run("dup \(address)")]
    case .crashDelivery: return [.run("crash \(address)")]
    default: return nil
    }
  }

  /// A delivery as a line names it.
  private static func address(of delivery: Delivery) -> String {
    "\(delivery.position)>\(Quoting.word(delivery.consumer.name))"
  }

  /// Whether the selected row is a delivery.
  static func isOnDelivery(_ state: NextModel, _ world: World) -> Bool {
    if case .delivery = NextRows(world).row(state.list.selected) { true } else { false }
  }

  /// What Enter does: it goes to the event of a delivery, to the saga of a timer.
  static func open(_ row: NextRows.Row?, _ context: PaneContext) -> [PaneRequest] {
    let timeline = context.shown.timeline
    switch row {
    case .timer(let timer):
      return context.shown.world.sagas.instance(timer.key.owner) == nil
        ? [] : [.open(.saga(timer.key.owner))]
    case .delivery(let delivery, _):
      return jump(to: timeline.appendEntry(of: delivery.position), context)
    case .parked(let parked): return jump(to: parked.entry, context)
    case .head, .nothing, nil: return []
    }
  }

  private static func jump(to entry: JournalIndex?, _ context: PaneContext) -> [PaneRequest] {
    entry.map { $0 == context.row ? [] : [.jump($0)] } ?? []
  }
}
