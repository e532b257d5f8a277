/// Which states a transition leaves: those in a range that are active.
struct ChartSpan: Sendable {
  /// The innermost state that stays active; -1 when the machine itself is left.
  let top: Int
  let leaves: Range<Int>

  /// What a transition leaves that leads to some states, none of them a history.
  init(_ edge: Chart.Edge, to targets: [Int], in chart: Chart) {
    let source = edge.source
    var top = chart.common(of: [source] + targets) ?? -1
    let areWithin = targets.allSatisfy { chart.isInside($0, source) }
    let areHere = areWithin || targets.allSatisfy { $0 == source || chart.isInside($0, source) }
    switch edge.transition.reach {
    case .outer, .inner:
      if !targets.contains(0) { top = chart.commonCompound(of: [source] + targets) }
      let canStay = source == 0 || chart.nodes[source].isCompound
      if edge.transition.reach == .inner, canStay, areWithin { top = source }
    case .contained: if areHere { top = source }
    case .reentering, .alone: break
    }
    self.top = top
    leaves = top + 1..<chart.lasts[max(0, top)] + 1
  }
}

/// What taking a transition does, when that does not depend on what history states remember.
struct ChartPlan: Sendable {
  let span: ChartSpan
  /// The states to enter, in document order.
  let enters: [Int]
  /// Those of them that begin with their initial state and do something then.
  let starts: [Int]

  /// The most states that are entered by a plan that is kept.
  private static let most = 64

  init?(_ place: Int, in chart: Chart) {
    let edge = chart.edges[place]
    guard !edge.targets.isEmpty, !edge.targets.contains(where: { chart.nodes[$0].isHistory })
    else { return nil }
    span = ChartSpan(edge, to: edge.targets, in: chart)
    // In XState 4 only what must change is left; a plan knows that where one child of a compound
    // state follows another.
    if chart.dialect == .xstate4 {
      let areBeside = edge.targets.allSatisfy { target in
        target != edge.source && !chart.isInside(target, edge.source)
          && !chart.isInside(edge.source, target)
      }
      guard areBeside, span.top >= 0, chart.nodes[span.top].isCompound else { return nil }
    }
    var entry = MachineEntry(chart, StateSet(count: chart.nodes.count), memories: [])
    entry.plan(edge.targets, edge.targets, below: span.top)
    guard !entry.usesHistory, entry.count <= ChartPlan.most else { return nil }
    enters = Array(entry.planned)
    starts = Array(entry.starting).filter { !chart.nodes[$0].start.isEmpty }
  }
}
