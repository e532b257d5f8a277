import EventicleCore
import EventicleWorkbench

/// The state of the map: what is learnt of the flow, what is lit, and where the selection stands;
/// and beside it the conversation that its other tabs show.
struct MapModel: Sendable {
  /// The map, or one conversation: as a tree, as a sequence, over time.
  enum Tab: String, CaseIterable, Hashable, Sendable {
    case map = "Map"
    case flow = "Flow"
    case lanes = "Lanes"
    case gantt = "Gantt"
  }

  /// The lines as they were made last, with what they depend on.
  struct Page: Sendable {
    struct Key: Hashable, Sendable {
      let columns: Int
      let indexed: Int
      let end: JournalIndex
      let row: JournalIndex?
    }

    var key: Key?
    var lines: [MapLine] = []
  }

  var tab = Tab.map
  /// The conversation of the selected row.
  var flow = FlowModel()
  private(set) var learnt = LearntFlow()
  /// Changes when everything is learnt anew.
  private(set) var generation = 0
  private var isAsked = false
  private(set) var lit = LitFlow()
  private(set) var chart = MapChart()
  private var linksInChart = -1
  private(set) var page = Page()

  /// The selected line, and the selected column of the flow in it.
  var list = ListCursor()
  var place = 0
  private var spot: MapSpot?
  /// Where Enter goes: the newest of what is selected, unless time stands there already.
  private(set) var target: JournalIndex?

  /// The selected cell.
  var cell: MapLine.Cell? {
    guard page.lines.indices.contains(list.selected) else { return nil }
    return page.lines[list.selected].cells.first { $0.place == place }
  }

  // MARK: - Learning

  /// Learns what has happened since, as far as a key has time for, and makes the lines anew when
  /// something is different.
  mutating func prepare(_ context: PaneContext) {
    let live = context.shown
    if live.timeline.count < learnt.indexed { begin() }
    if !isAsked { learnt.extend(from: live, entries: LearntFlow.atOnce) }
    if linksInChart != learnt.order.count {
      chart = MapChart(live.domain, learnt)
      linksInChart = learnt.order.count
    }
    let key = Page.Key(
      columns: context.inside.columns, indexed: learnt.indexed, end: context.shown.cursor.entry,
      row: context.row)
    guard page.key != key else { return }
    lit = context.row.map { LitFlow(of: $0, context.shown) } ?? LitFlow()
    page = Page(key: key, lines: lines(context))
    findSpot()
    findTarget(context.shown)
  }

  /// The lines for a context.
  func lines(_ context: PaneContext) -> [MapLine] {
    let texts = MapTexts(
      domain: context.shown.domain, learnt: learnt, lit: lit, end: context.shown.cursor.entry)
    return MapLines(chart, texts, columns: context.inside.columns).lines
  }

  private mutating func begin() {
    generation += 1
    learnt = LearntFlow()
    isAsked = false
    linksInChart = -1
  }

  /// Asks for what follows, if something is lacking and nothing is asked for.
  mutating func askForMore(of moment: MomentView) -> LearntFlow.Request? {
    guard !isAsked, learnt.indexed < moment.timeline.count else { return nil }
    isAsked = true
    return LearntFlow.Request(generation: generation, start: learnt.indexed)
  }

  /// Takes what was asked for.
  mutating func take(_ answer: LearntFlow.Answer) {
    guard isAsked, answer.generation == generation else { return }
    isAsked = false
    learnt.append(answer.flow)
  }

  // MARK: - Selecting

  /// Keeps the selection on the same thing; at first it stands on the first that can be selected.
  private mutating func findSpot() {
    let lines = page.lines
    if let spot {
      for (index, line) in lines.enumerated() {
        guard let cell = line.cells.first(where: { $0.spot == spot }) else { continue }
        (list.selected, place) = (index, cell.place)
        return
      }
    }
    let near = lines.indices.first { $0 >= list.selected && !lines[$0].cells.isEmpty }
    guard let index = near ?? lines.lastIndex(where: { !$0.cells.isEmpty }) else { return }
    list.selected = index
    place = lines[index].cells.map(\.place).min() ?? 0
    spot = cell?.spot
  }

  /// Selects a cell.
  mutating func select(_ line: Int, _ place: Int, _ moment: MomentView) {
    (list.selected, self.place) = (line, place)
    spot = cell?.spot
    findTarget(moment)
  }

  private mutating func findTarget(_ moment: MomentView) {
    target = nil
    guard let cell, let found = MapTarget(learnt, moment).newest(of: cell.spot) else { return }
    let isHere = MapTarget.cursor(at: found, moment) == moment.cursor
    target = isHere ? nil : found
  }
}
