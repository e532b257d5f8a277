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
    let scope = scope
    var found = MachineSelection()
    for place in chart.nodes.indices where isInnermost(place) {
      search: for here in [place] + chart.ancestors(of: place) {
        for edge in candidates(for: cue, at: here) {
          let transition = chart.edges[edge].transition
          if transition.isForbidden {
            if !found.forbiddenBy.contains(here) { found.forbiddenBy.append(here) }
            break search
          }
          if try transition.condition?.test(scope) ?? true {
            if !found.edges.contains(edge) { found.edges.append(edge) }
            break search
          }
          if !found.refused.contains(edge) { found.refused.append(edge) }
        }
      }
    }
    found.edges = withoutConflicts(found.edges)
    return found
  }

  private func isInnermost(_ place: Int) -> Bool {
    active[place] && !chart.nodes[place].children.contains { active[$0] }
  }

  /// The transitions of one state that fit a cue, those for any message last.
  private func candidates(for cue: Cue, at place: Int) -> [Int] {
    let edges = chart.nodes[place].edgesByTrigger
    guard !edges.isEmpty else { return [] }
    switch cue {
    case .always: return edges[.always] ?? []
    case .delay(let id):
      return chart.nodes[place].edges.filter { chart.edges[$0].delay == id }
    case .done(let state): return state == place ? edges[.done] ?? [] : []
    case .message(let message):
      return (edges[.message(message.name)] ?? []) + (edges[.message("*")] ?? [])
    }
  }

  /// Drops transitions that would leave a state which another one leaves: the inner one stays, else
  /// the earlier one.
  private func withoutConflicts(_ edges: [Int]) -> [Int] {
    var kept: [Int] = []
    for edge in edges {
      let leaving = Set(exitSet(edge))
      let rivals = kept.filter { !leaving.isDisjoint(with: exitSet($0)) }
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
      chart.nodes[target].isHistory ? memories[target] ?? chart.nodes[target].standard : [target]
    }
  }

  /// The innermost state that stays active while a transition is taken.
  func domain(_ edge: Int) -> Int {
    let (source, targets) = (chart.edges[edge].source, effectiveTargets(edge))
    let staysInside =
      chart.edges[edge].transition.isInternal
      && (source == 0 || chart.nodes[source].isCompound)
      && targets.allSatisfy { chart.isInside($0, source) }
    return staysInside ? source : chart.commonCompound(of: [source] + targets)
  }

  /// The active states that a transition leaves.
  func exitSet(_ edge: Int) -> [Int] {
    guard !chart.edges[edge].targets.isEmpty else { return [] }
    let top = domain(edge)
    guard top < chart.nodes[top].last else { return [] }
    return (top + 1...chart.nodes[top].last).filter { active[$0] }
  }
}
