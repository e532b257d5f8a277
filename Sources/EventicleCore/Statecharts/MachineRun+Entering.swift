/// The states that a step will enter.
struct MachineEntry {
  private let run: MachineRun
  private let chart: Chart
  private(set) var planned: Set<Int> = []

  init(_ run: MachineRun) {
    self.run = run
    chart = run.chart
  }

  /// Plans what a transition enters below the state that stays active.
  mutating func plan(_ edge: Int, below top: Int) {
    guard !chart.edges[edge].targets.isEmpty else { return }
    for target in chart.edges[edge].targets { planWithin(target) }
    for target in run.effectiveTargets(edge) { planAround(target, below: top) }
    // Only the machine itself can stay active while all of its regions are left.
    if chart.nodes[top].kind == .parallel { planRegions(of: top) }
  }

  /// Plans a state and its initial states, or what a history state stands for.
  mutating func planWithin(_ state: Int) {
    let node = chart.nodes[state]
    if node.isHistory {
      let states = run.memories[state] ?? node.standard
      for inner in states { planWithin(inner) }
      if let parent = node.parent { for inner in states { planAround(inner, below: parent) } }
      return
    }
    planned.insert(state)
    if node.kind == .parallel {
      planRegions(of: state)
    } else {
      for inner in node.standard {
        planWithin(inner)
        planAround(inner, below: state)
      }
    }
  }

  /// Plans the states between a state and one that stays active.
  private mutating func planAround(_ state: Int, below top: Int) {
    // What a history state remembers may lie in a state that was never left.
    for ancestor in chart.ancestors(of: state)
    where chart.isInside(ancestor, top) && !run.active[ancestor] {
      planned.insert(ancestor)
      if chart.nodes[ancestor].kind == .parallel { planRegions(of: ancestor) }
    }
  }

  /// Plans the regions of a parallel state in which nothing is planned yet.
  private mutating func planRegions(of state: Int) {
    for region in chart.regions(of: state) {
      let hasPlan = planned.contains { $0 == region || chart.isInside($0, region) }
      if !hasPlan { planWithin(region) }
    }
  }
}

extension MachineRun {
  /// Leaves states from the inside out; history states record first what was active.
  mutating func leave(_ states: [Int]) throws {
    for state in states { remember(state) }
    for state in states.reversed() {
      try perform(chart.nodes[state].exit)
      active[state] = false
      left.append(state)
      let ids = chart.nodes[state].edges.compactMap { chart.edges[$0].delay }
      delays.removeAll { ids.contains($0.id) }
    }
  }

  private mutating func remember(_ state: Int) {
    for history in chart.nodes[state].children {
      guard case .history(let isDeep, _) = chart.nodes[history].kind else { continue }
      memories[history] = active.indices.filter { place in
        guard active[place], chart.isInside(place, state) else { return false }
        return isDeep
          ? !chart.nodes[place].children.contains { active[$0] }
          : chart.nodes[place].parent == state
      }
    }
  }

  /// Enters states from the outside in and arms their delays.
  mutating func enter(_ states: [Int]) throws {
    for state in states {
      active[state] = true
      entered.append(state)
      for edge in chart.nodes[state].edges { arm(chart.edges[edge]) }
      try perform(chart.nodes[state].entry)
      if chart.nodes[state].kind == .final { finish(state) }
    }
  }

  private mutating func arm(_ edge: Chart.Edge) {
    // Transitions after the same time share one delay; the first whose guard holds is taken.
    guard let id = edge.delay, case .after(let interval) = edge.transition.trigger,
      !delays.contains(where: { $0.id == id })
    else { return }
    delays.append(MachineDelay(id: id, due: now + interval))
  }

  /// Posts that the states around a final state are done, as far out as they are.
  private mutating func finish(_ final: Int) {
    var next = chart.nodes[final].parent
    while let state = next {
      if state == 0 {
        isOver = true
      } else {
        queue.append(.done(state))
      }
      next = chart.nodes[state].parent
      guard let next, chart.nodes[next].kind == .parallel, machine.isDone(next, active) else {
        return
      }
    }
  }
}

extension StateMachine {
  /// Whether a state is done: it, or every region of it, has reached a final state.
  func isDone(_ state: Int, _ active: [Bool]) -> Bool {
    switch chart.nodes[state].kind {
    case .compound:
      chart.nodes[state].children.contains { active[$0] && chart.nodes[$0].kind == .final }
    case .parallel: chart.regions(of: state).allSatisfy { isDone($0, active) }
    default: false
    }
  }

  /// Whether the machine itself is done.
  func isOver(_ active: [Bool]) -> Bool { isDone(0, active) }
}
