/// The states that a step will enter.
struct MachineEntry {
  private let chart: Chart
  /// What is active after leaving.
  private let active: StateSet
  private let memories: [MachineMemory]
  private(set) var planned: StateSet
  /// The states that begin with their initial state.
  private(set) var starting: StateSet
  /// The states that are planned or have something planned inside them.
  private var touched: StateSet
  /// Whether a history state was met.
  private(set) var usesHistory = false
  private(set) var count = 0

  init(_ chart: Chart, _ active: StateSet, memories: [MachineMemory]) {
    self.chart = chart
    self.active = active
    self.memories = memories
    planned = StateSet(count: chart.nodes.count)
    starting = planned
    touched = planned
  }

  /// Plans what a transition enters below the state that stays active.
  ///
  /// - Parameter effective: The targets, history states replaced by what they stand for.
  mutating func plan(_ targets: [Int], _ effective: [Int], below top: Int) {
    for target in targets {
      // A state that stays active is not entered, but what is inside it begins anew.
      if target == top { planInside(target) } else { planWithin(target) }
    }
    for target in effective where target != top { planAround(target, below: top) }
    if top >= 0, chart.nodes[top].kind == .parallel { planRegions(of: top) }
  }

  /// Plans a state and its initial states, or what a history state stands for.
  mutating func planWithin(_ state: Int) {
    guard chart.nodes[state].isHistory else {
      insert(state)
      return planInside(state)
    }
    usesHistory = true
    let states =
      memories.first { $0.history == state }?.states ?? chart.nodes[state].standard
    for inner in states { planWithin(inner) }
    if let parent = chart.nodes[state].parent {
      for inner in states { planAround(inner, below: parent) }
    }
  }

  private mutating func planInside(_ state: Int) {
    if chart.nodes[state].kind == .parallel { return planRegions(of: state) }
    let standard = chart.nodes[state].standard
    guard !standard.isEmpty else { return }
    starting[state] = true
    for inner in standard { planWithin(inner) }
    for inner in standard { planAround(inner, below: state) }
  }

  /// Plans the states between a state and one that stays active.
  private mutating func planAround(_ state: Int, below top: Int) {
    for ancestor in chart.ancestors[state] {
      if ancestor == top { break }
      // What a history state remembers may lie in a state that was never left.
      if active[ancestor] { continue }
      insert(ancestor)
      if chart.nodes[ancestor].kind == .parallel { planRegions(of: ancestor) }
    }
  }

  /// Plans the regions of a parallel state that are not active, and have nothing planned yet.
  private mutating func planRegions(of state: Int) {
    for region in chart.nodes[state].children
    where !touched[region] && !active[region] && !chart.nodes[region].isHistory {
      planWithin(region)
    }
  }

  /// Plans the states around a state, without what would begin in them.
  mutating func planPath(to state: Int) {
    for ancestor in chart.ancestors[state] { insert(ancestor) }
  }

  /// Completes what is planned to all that is active together: what is active already stays so
  /// where nothing else is planned.
  mutating func complete(from state: Int, keeping active: StateSet) {
    switch chart.nodes[state].kind {
    case .compound:
      let children = chart.nodes[state].children
      if let planned = children.first(where: { planned[$0] }) {
        complete(from: planned, keeping: active)
      } else if let kept = children.first(where: { active[$0] }) {
        keep(kept, active)
      } else {
        planInside(state)
      }
    case .parallel:
      for region in chart.nodes[state].children where !chart.nodes[region].isHistory {
        if planned[region] {
          complete(from: region, keeping: active)
        } else if active[region] {
          keep(region, active)
        } else {
          planWithin(region)
        }
      }
    default: break
    }
  }

  private mutating func keep(_ state: Int, _ active: StateSet) {
    var next = active.next(from: state)
    while let place = next, place <= chart.lasts[state] {
      insert(place)
      next = active.next(from: place + 1)
    }
  }

  private mutating func insert(_ state: Int) {
    // What a history remembers may be the very state that stays active.
    guard !planned[state], !active[state] else { return }
    planned[state] = true
    count += 1
    touched[state] = true
    for ancestor in chart.ancestors[state] {
      if touched[ancestor] { break }
      touched[ancestor] = true
    }
  }
}

extension MachineRun {
  /// Leaves the active states of some ranges from the inside out; history states record first what
  /// was active.
  mutating func leave(_ ranges: [Range<Int>]) throws {
    let first = left.count
    for range in ranges {
      var next = active.next(from: range.lowerBound)
      while let state = next, state < range.upperBound {
        left.append(state)
        next = active.next(from: state + 1)
      }
    }
    if chart.hasHistory { for state in left[first...] { remember(state) } }
    if left.count > first + 1 { left[first...].sort(by: >) }
    try leave(from: first)
  }

  /// Leaves the states that are written down as left from a place on.
  mutating func leave(from first: Int) throws {
    for place in first..<left.count {
      let state = left[place]
      try perform(chart.nodes[state].exit)
      active[state] = false
      guard !delays.isEmpty, !chart.triggers[state].delays.isEmpty else { continue }
      let ids = chart.triggers[state].delays.map(\.id)
      delays.removeAll { $0.message == nil && ids.contains($0.id) }
    }
  }

  mutating func remember(_ state: Int) {
    for history in chart.nodes[state].children {
      guard chart.nodes[history].isHistory else { continue }
      let states = current(history, in: state)
      let place = memories.firstIndex { $0.history >= history } ?? memories.count
      if place < memories.count, memories[place].history == history { memories.remove(at: place) }
      memories.insert(MachineMemory(history: history, states: states), at: place)
    }
  }

  /// Enters states, which are in document order, from the outside in and arms their delays.
  mutating func enter(_ states: [Int], starting: [Int]) throws {
    if entered.isEmpty { entered = states } else { entered += states }
    for state in states {
      active[state] = true
      for delay in chart.triggers[state].delays { arm(delay) }
      try perform(chart.nodes[state].entry)
      if !starting.isEmpty, starting.contains(state) { try perform(chart.nodes[state].start) }
      if chart.nodes[state].kind == .final { finish(state) }
    }
    guard !ends.isEmpty else { return }
    queue += ends
    ends = []
  }

  private mutating func arm(_ delay: ChartTriggers.Delay) {
    guard !delays.contains(where: { $0.id == delay.id }) else { return }
    delays.append(MachineDelay(id: delay.id, due: now + delay.interval))
  }

  /// Posts that the states around a final state are done, as far out as they are.
  private mutating func finish(_ final: Int) {
    var output = chart.nodes[final].output
    var next = chart.nodes[final].parent
    while let state = next {
      switch (state, chart.dialect) {
      case (0, _): isOver = true
      case (_, .xstate4):
        // Its final states say that they are done themselves, and all of it after the entry actions.
        if state == chart.nodes[final].parent { ends.append(.done(final, output)) }
        ends.append(.done(state, output))
      default: queue.append(.done(state, output))
      }
      output = .emptyObject
      next = chart.nodes[state].parent
      guard let next, chart.nodes[next].kind == .parallel, chart.isDone(next, active) else {
        return
      }
    }
  }
}
