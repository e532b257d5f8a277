import EventicleCore
import EventicleWorkbench

/// Walking in the tabs that show one conversation: the row is the moment.
extension MapPane {
  static func updateFlow(
    _ input: PaneInput, _ state: inout MapModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    switch input {
    case .move(let count): return move(by: count, &state, context)
    case .click(let row):
      let list = state.flow[state.tab]
      let place = list.top + row - headRows(state.tab, in: context.inside.rows)
      guard let rows = rows(state), row >= headRows(state.tab, in: context.inside.rows),
        case .row(let index) = ShownRows(rows.count, context.find).row(at: place)
      else { return [] }
      return stand(on: index, rows, &state, context)
    case .select(let row):
      guard let rows = rows(state) else { return [] }
      return stand(on: row, rows, &state, context)
    case .action(.open): return openFlow(state, context)
    case .action(.scrollRight): return walk(by: 1, &state, context)
    case .action(.scrollLeft): return walk(by: -1, &state, context)
    default: return nil
    }
  }

  /// Keeps the selection on the moment, and in sight.
  static func revealFlow(_ state: inout MapModel, _ context: PaneContext) {
    if state.flow.subject == nil { state.flow.follow(context.row) }
    guard !context.inside.isEmpty, let rows = rows(state) else { return }
    state.flow.release(context)
    var list = state.flow[state.tab]
    if let here = state.flow.here(context), let row = rows.row(of: here), !isOnMark(state, row) {
      list.selected = row
    }
    ShownRows(rows.count, context.find).reveal(
      &list, visible: context.inside.rows - headRows(state.tab, in: context.inside.rows))
    state.flow[state.tab] = list
  }

  /// Whether the selected group has the node that is stood on, which may belong to another one too.
  private static func isOnMark(_ state: MapModel, _ row: Int) -> Bool {
    guard state.tab == .gantt, let aim = state.flow.aim, let reading = state.flow.reading,
      let node = reading.conversation.place(of: aim)
    else { return false }
    let selected = state.flow[.gantt].selected
    guard reading.spans.spans.indices.contains(selected) else { return false }
    return reading.spans.spans[selected].marks.contains(node)
  }

  private static func move(
    by count: Int, _ state: inout MapModel, _ context: PaneContext
  ) -> [PaneRequest] {
    guard let rows = rows(state) else { return [] }
    let shown = ShownRows(rows.count, context.find)
    var list = state.flow[state.tab]
    shown.move(&list, by: count)
    // A pause is no moment; neither is what says how many are left out.
    let step = count < 0 ? -1 : 1
    while rows.isHead(list.selected) {
      let before = list.selected
      shown.move(&list, by: step)
      guard list.selected != before else { return [] }
    }
    guard list.selected != state.flow[state.tab].selected else { return [] }
    return stand(on: list.selected, rows, &state, context)
  }

  private static func stand(
    on row: Int, _ rows: FlowRows, _ state: inout MapModel, _ context: PaneContext
  ) -> [PaneRequest] {
    guard let entry = rows.entry(at: row) else { return [] }
    state.flow[state.tab].select(row, count: rows.count)
    if rows.node(at: row) == nil { state.flow.show(entry) }
    state.flow.stand(on: entry)
    return [.stand(entry)]
  }

  /// Walks along a group to its next mark.
  private static func walk(
    by step: Int, _ state: inout MapModel, _ context: PaneContext
  ) -> [PaneRequest] {
    guard state.tab == .gantt, let reading = state.flow.reading,
      let (span, mark) = state.flow.mark(context)
    else { return [] }
    let marks = reading.spans.spans[span].marks
    let next = mark + step
    guard marks.indices.contains(next) else { return [] }
    let entry = reading.conversation.nodes[marks[next]].index
    state.flow.stand(on: entry)
    return [.stand(entry)]
  }

  /// The ways along a group that there are from the mark that is stood on.
  static func walkingActions(_ state: MapModel, _ context: PaneContext) -> [Action] {
    guard state.tab == .gantt, let spans = state.flow.reading?.spans.spans,
      let (span, mark) = state.flow.mark(context)
    else { return [] }
    return (mark > 0 ? [.scrollLeft] : [])
      + (mark + 1 < spans[span].marks.count ? [.scrollRight] : [])
  }

  // MARK: - Opening

  /// Opens what the selected row is: a saga, a view, what waits, else the event.
  static func openFlow(_ state: MapModel, _ context: PaneContext) -> [PaneRequest] {
    guard let rows = rows(state), let place = rows.node(at: state.flow[state.tab].selected) else {
      return []
    }
    let here = state.tab == .gantt ? state.flow.here(context) ?? place : place
    switch rows.reading.conversation.nodes[here].kind {
    case .delivery(_, let consumer, let instance?, _) where consumer.kind == .saga:
      return [.open(.saga(SagaKey(consumer.name, instance)))]
    case .delivery(_, let consumer, _, _), .acted(_, let consumer, _):
      return consumer.kind == .view ? [.open(.view(consumer.name))] : [.focus(.event)]
    case .sagaEnded(let key, _), .sagaIntervention(let key, _, _): return [.open(.saga(key))]
    case .timerArmed(let key, _, _, _), .timerCancelled(let key), .timerFired(let key, _, _):
      return context.shown.domain.saga(key.owner.saga) == nil
        ? [.focus(.next)] : [.open(.saga(key.owner))]
    default: return [.focus(.event)]
    }
  }
}
