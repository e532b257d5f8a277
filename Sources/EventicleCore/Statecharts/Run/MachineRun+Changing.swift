extension MachineRun {
  /// Takes transitions as XState 4 does, which leaves only what must change: it works out what is to
  /// be active, and leaves and enters the difference and what is to be entered again.
  mutating func change(_ edges: [Int]) throws {
    var entry = plannedTogether(edges)
    var again = StateSet(count: chart.nodes.count)
    var isMoving = false
    for edge in edges {
      let targets = effectiveTargets(edge)
      isMoving = isMoving || !targets.isEmpty
      guard chart.edges[edge].transition.reach == .alone else { continue }
      for target in targets { markAgain(chart.edges[edge].source, target, &again) }
    }
    if isMoving {
      entry.complete(from: 0, keeping: active)
      let first = left.count
      var gone = StateSet(count: chart.nodes.count)
      for state in active {
        let parent = chart.nodes[state].parent
        guard !entry.planned[state] || again[state] || parent.map({ gone[$0] }) ?? false else {
          continue
        }
        gone[state] = true
        left.append(state)
      }
      if chart.hasHistory { for state in left[first...] { remember(state) } }
      left[first...].sort(by: >)
      try leave(from: first)
    }
    for edge in edges { try perform(chart.edges[edge].transition.actions) }
    guard isMoving else { return }
    let entered = entry.planned.filter { !active[$0] }
    try enter(entered, starting: Array(entry.starting))
  }

  /// What the targets of some transitions make active, without what stays active.
  private func plannedTogether(_ edges: [Int]) -> MachineEntry {
    var entry = MachineEntry(chart, StateSet(count: chart.nodes.count), memories: recollection)
    for edge in edges {
      for target in chart.edges[edge].targets { entry.planWithin(target) }
      for target in effectiveTargets(edge) { entry.planPath(to: target) }
    }
    return entry
  }

  /// The transitions of several regions that can be taken at once, which are those whose targets can
  /// all be active together; one that cannot with those before it is left out.
  func together(_ edges: [Int]) -> [Int] {
    if areLegal(edges) { return edges }
    return edges.reduce(into: []) { kept, edge in
      if areLegal(kept + [edge]) { kept.append(edge) }
    }
  }

  private func areLegal(_ edges: [Int]) -> Bool {
    var entry = plannedTogether(edges)
    entry.complete(from: 0, keeping: active)
    return entry.planned.allSatisfy { state in
      let count = chart.nodes[state].children.count(where: { entry.planned[$0] })
      switch chart.nodes[state].kind {
      case .compound: return count == 1
      case .parallel: return count == chart.regions(of: state).count
      default: return count == 0
      }
    }
  }

  /// Marks what a transition enters again: its source, or all from there up to a target around it.
  private func markAgain(_ source: Int, _ target: Int, _ again: inout StateSet) {
    if source < target {
      again[source] = true
    } else if source == target || chart.isInside(source, target) {
      again[source] = true
      for ancestor in chart.ancestors[source] where ancestor >= target { again[ancestor] = true }
    }
  }
}
