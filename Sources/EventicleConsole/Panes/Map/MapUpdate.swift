import EventicleCore
import EventicleWorkbench

extension MapPane {
  static func update(
    _ input: PaneInput, _ state: inout MapModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    switch input {
    case .action(.nextTab), .action(.previousTab):
      if state.tab == .map { state.flow.follow(context.row) }
      state.tab = state.tab.turned(by: input == .action(.nextTab) ? 1 : -1)
      return []
    case .show(.conversation(let entry)):
      if state.tab == .map { state.tab = .flow }
      state.flow.show(entry)
      return []
    case .moment where state.tab == .map || context.inside.isEmpty:
      // While nobody looks there is nothing to keep.
      state.flow.follow(context.row)
      return []
    case .row:
      if !state.flow.isStanding(context) { state.flow.follow(context.row) }
      return []
    case .reveal where state.tab != .map:
      revealFlow(&state, context)
      return []
    case _ where state.tab != .map: return updateFlow(input, &state, context)
    case .move(let rows): move(by: rows, &state, context)
    case .click(let row):
      let place = state.list.top + row
      if case .row(let line) = ShownRows(state.page.lines.count, context.find).row(at: place) {
        click(line, &state, context)
      }
    case .select(let line): click(line, &state, context)
    case .reveal:
      guard !context.inside.isEmpty else { return [] }
      state.prepare(context)
      ShownRows(state.page.lines.count, context.find)
        .reveal(&state.list, visible: context.inside.rows)
    case .action(.open): return open(state, context)
    case .action(.command): return fill(state)
    case .action(.scrollRight): follow(&state, context)
    case .action(.scrollLeft): goBack(&state, context)
    default: return nil
    }
    return []
  }

  private static func open(_ state: MapModel, _ context: PaneContext) -> [PaneRequest] {
    guard state.cell != nil else { return [] }
    guard let target = state.target else {
      let text = "it has not happened yet, or time stands at the newest of it"
      return [.report(StatusMessage(text, .warning))]
    }
    return [.run(MapTarget.line(to: target, context.shown))]
  }

  /// Fills the command bar with the selected command; leaves it to others for anything else.
  private static func fill(_ state: MapModel) -> [PaneRequest]? {
    guard case .maker(.command(let type)) = state.cell?.spot else { return nil }
    return [.prompt(.command, "do \(Quoting.word(type)) ")]
  }

  // MARK: - Walking

  /// Walks to the next things in the same column.
  private static func move(by rows: Int, _ state: inout MapModel, _ context: PaneContext) {
    let lines = state.page.lines
    if let find = context.find, find.isFolded {
      var cursor = state.list
      ShownRows(lines.count, find).move(&cursor, by: rows)
      return click(cursor.selected, &state, context)
    }
    let step = rows < 0 ? -1 : 1
    var left = abs(max(rows, -Int(Int32.max)))
    var line = state.list.selected + step
    var found: Int?
    while left > 0, lines.indices.contains(line) {
      if lines[line].cells.contains(where: { $0.place == state.place }) {
        found = line
        left -= 1
      }
      line += step
    }
    if let found { return state.select(found, state.place, context.shown) }
    // The last of a column: on to whatever comes next.
    line = state.list.selected + step
    while lines.indices.contains(line) {
      if let cell = lines[line].cells.first {
        return state.select(line, cell.place, context.shown)
      }
      line += step
    }
  }

  private static func click(_ line: Int, _ state: inout MapModel, _ context: PaneContext) {
    guard state.page.lines.indices.contains(line) else { return }
    let cells = state.page.lines[line].cells
    guard let cell = cells.first(where: { $0.place == state.place }) ?? cells.first else { return }
    state.select(line, cell.place, context.shown)
  }

  /// Follows the flow to the right; from what is asked for it leads on to the command.
  private static func follow(_ state: inout MapModel, _ context: PaneContext) {
    guard let cell = state.cell else { return }
    let lines = state.page.lines
    if case .deeds(_, let deeds) = cell.spot {
      let asked = deeds.compactMap { deed -> MapSpot? in
        if case .asks(let type) = deed { .maker(.command(type)) } else { nil }
      }
      let armed = deeds.compactMap { deed -> String? in
        if case .arms(let name) = deed { name } else { nil }
      }
      jump(&state, context) { spot in
        if case .timer(let timer) = spot, asked.isEmpty { return armed.contains(timer.name) }
        return asked.first == spot
      }
      return
    }
    for line in state.list.selected..<lines.count {
      let cells = lines[line].cells
      if line > state.list.selected, cells.contains(where: { $0.place <= cell.place }) { return }
      guard let next = cells.filter({ $0.place > cell.place }).min(by: { $0.place < $1.place })
      else { continue }
      return state.select(line, next.place, context.shown)
    }
  }

  /// Goes back to the left; from a command to who asks for it.
  private static func goBack(_ state: inout MapModel, _ context: PaneContext) {
    guard let cell = state.cell else { return }
    guard cell.place > 0 else {
      return jump(&state, context) { spot in
        guard case .deeds(_, let deeds) = spot else { return false }
        switch cell.spot {
        case .maker(.command(let type)): return deeds.contains(.asks(type))
        case .timer(let timer): return deeds.contains(.arms(timer.name))
        default: return false
        }
      }
    }
    let lines = state.page.lines
    for line in stride(from: state.list.selected, through: 0, by: -1) {
      let before = lines[line].cells.filter { $0.place < cell.place }
      guard let next = before.max(by: { $0.place < $1.place }) else { continue }
      return state.select(line, next.place, context.shown)
    }
  }

  private static func jump(
    _ state: inout MapModel, _ context: PaneContext, to isMeant: (MapSpot) -> Bool
  ) {
    for (line, content) in state.page.lines.enumerated() {
      guard let cell = content.cells.first(where: { isMeant($0.spot) }) else { continue }
      return state.select(line, cell.place, context.shown)
    }
  }
}
