/// The transitions that a cue triggers, and why others are not taken.
struct MachineSelection {
  /// The transitions to take, in the order of the innermost active states.
  var edges: [Int] = []
  /// The states that forbid the message.
  var forbiddenBy: [Int] = []
  /// The transitions whose guards did not hold.
  var refused: [Int] = []
}

extension MachineRun {
  /// Selects what a cue triggers: for each innermost active state the first transition whose guard
  /// holds, of the nearest state around it.
  func select(_ cue: Cue) throws -> MachineSelection {
    var found = MachineSelection()
    let number: Int? =
      switch cue {
      case .message(let message): chart.names[message.name]
      case .done(let state, _): chart.names[chart.nodes[state].doneName]
      case .always, .delay: nil
      }
    if chart.dialect.asksOutwards(cue) {
      _ = try searchInside(0, cue, number, &found)
      if found.edges.count > 1 {
        found.edges =
          chart.dialect == .xstate4 ? together(found.edges) : withoutConflicts(found.edges)
      }
      return found
    }
    var next = active.next(from: 0)
    while let place = next {
      next = active.next(from: place + 1)
      // Not an innermost one when the next active state is inside it.
      if let next, next <= chart.lasts[place] { continue }
      if try search(cue, number, at: place, &found) { continue }
      for outer in chart.ancestors[place] where try search(cue, number, at: outer, &found) {
        break
      }
    }
    if found.edges.count > 1 { found.edges = withoutConflicts(found.edges) }
    return found
  }

  /// Looks in what is active inside a state, and in the state itself only when nothing inside it
  /// decides, of all its regions together; whether something was found that decides.
  private func searchInside(
    _ place: Int, _ cue: Cue, _ number: Int?, _ found: inout MachineSelection
  ) throws -> Bool {
    var isDecided = false
    for child in chart.nodes[place].children where active[child] {
      if try searchInside(child, cue, number, &found) { isDecided = true }
    }
    return try isDecided || search(cue, number, at: place, &found)
  }

  /// Looks in one state; whether something was found that decides.
  private func search(
    _ cue: Cue, _ number: Int?, at place: Int, _ found: inout MachineSelection
  ) throws -> Bool {
    switch cue {
    case .always:
      return try take(chart.triggers[place].always, at: place, &found)
    case .delay(let id):
      // XState has a time as a message, for which `*` comes first in version 4 and last in 5.
      if chart.dialect == .xstate4, try search("xstate.after.\(id)", nil, at: place, &found) {
        return true
      }
      for delay in chart.triggers[place].delays where isSameText(delay.id, id) {
        if try take(delay.edges, at: place, &found) { return true }
      }
      guard chart.dialect == .xstate5 else { return false }
      return try search("xstate.after.\(id)", nil, at: place, &found)
    case .done(let state, _):
      if state == place, try take(chart.triggers[place].done, at: place, &found) { return true }
      return try search(chart.nodes[state].doneName, number, at: place, &found)
    case .message(let message):
      return try search(message.name, number, at: place, &found)
    }
  }

  private func search(
    _ name: String, _ number: Int?, at place: Int, _ found: inout MachineSelection
  ) throws -> Bool {
    if chart.triggers[place].messages.isEmpty { return false }
    if chart.dialect == .scxml {
      let fitting = chart.triggers[place].messages.filter { edge in
        chart.edges[edge].transition.trigger.descriptors.contains { MachineTrigger.fits($0, name) }
      }
      return try take(fitting, at: place, &found)
    }
    if let number, let index = chart.triggers[place].nameNumbers.firstIndex(of: number) {
      if try take(chart.triggers[place].named[index], at: place, &found) { return true }
    }
    for index in chart.triggers[place].prefixes.indices
    where MachineTrigger.isPrefix(chart.triggers[place].prefixes[index], of: name) {
      if try take(chart.triggers[place].prefixed[index], at: place, &found) { return true }
    }
    return try take(chart.triggers[place].any, at: place, &found)
  }

  /// Takes the first transition that forbids or whose guard holds; whether there is one.
  private func take(
    _ candidates: [Int], at place: Int, _ found: inout MachineSelection
  ) throws -> Bool {
    for edge in candidates {
      if chart.edges[edge].transition.isForbidden {
        if !found.forbiddenBy.contains(place) { found.forbiddenBy.append(place) }
        return true
      }
      if try chart.edges[edge].transition.condition?.holds(in: scope) ?? true {
        if !found.edges.contains(edge) { found.edges.append(edge) }
        return true
      }
      if !found.refused.contains(edge) { found.refused.append(edge) }
    }
    return false
  }

  /// Drops transitions that would leave a state which another one leaves: the inner one stays, else
  /// the earlier one.
  private func withoutConflicts(_ edges: [Int]) -> [Int] {
    var kept: [Int] = []
    for edge in edges {
      let leaving = span(edge)?.leaves ?? 0..<0
      let rivals = kept.filter { other in
        active.hasAny(in: leaving.clamped(to: span(other)?.leaves ?? 0..<0))
      }
      let source = chart.edges[edge].source
      if rivals.allSatisfy({ chart.isInside(source, chart.edges[$0].source) }) {
        kept.removeAll { rivals.contains($0) }
        kept.append(edge)
      }
    }
    return kept
  }

  // MARK: - Reach of a transition

  /// The states that a transition leads to, history states replaced by what they remember.
  func effectiveTargets(_ edge: Int) -> [Int] {
    chart.edges[edge].targets.flatMap { target in
      guard chart.nodes[target].isHistory else { return [target] }
      return recalled(target) ?? chart.nodes[target].standard
    }
  }

  /// What a history state stands for; `nil` when it remembers nothing.
  private func recalled(_ history: Int) -> [Int]? {
    // In XState 4 the history of a state that is active is what is active in it now.
    if chart.dialect == .xstate4, let parent = chart.nodes[history].parent, active[parent] {
      return current(history, in: parent)
    }
    return memories.first { $0.history == history }?.states
  }

  /// What all history states stand for.
  var recollection: [MachineMemory] {
    guard chart.dialect == .xstate4, chart.hasHistory else { return memories }
    return chart.nodes.indices.compactMap { place in
      guard chart.nodes[place].isHistory, let states = recalled(place) else { return nil }
      return MachineMemory(history: place, states: states)
    }
  }

  /// What a history state remembers when its state is left now.
  func current(_ history: Int, in state: Int) -> [Int] {
    guard isDeep(history) else {
      return chart.nodes[state].children.filter { active[$0] }
    }
    var states: [Int] = []
    var next = active.next(from: state + 1)
    while let place = next, place <= chart.lasts[state] {
      if chart.isInnermost(place, active) { states.append(place) }
      next = active.next(from: place + 1)
    }
    return states
  }

  private func isDeep(_ history: Int) -> Bool {
    if case .history(true, _) = chart.nodes[history].kind { true } else { false }
  }

  /// What a transition leaves; `nil` for one without a target.
  func span(_ edge: Int) -> ChartSpan? {
    if let plan = chart.plans[edge] { return plan.span }
    guard !chart.edges[edge].targets.isEmpty else { return nil }
    return ChartSpan(chart.edges[edge], to: effectiveTargets(edge), in: chart)
  }
}
