package import EventicleCore

extension Diagram.Chart {
  /// The states of a machine, itself around them where it has something of its own to draw.
  ///
  /// - Parameter states: The states of one aggregate, oldest first, of which the last is where it is.
  package init(_ machine: StateMachine, after states: [JSON] = []) {
    name = machine.name
    let all = machine.states
    let hasTop = Diagram.Chart.drawsTop(of: machine, all)
    let drawn = hasTop ? all : Array(all.dropFirst())
    var places: [String: Int] = [:]
    for (place, state) in drawn.enumerated() { places[state.path] = place }
    var initial: Set<String> = []
    for state in all where state.kind.isCompound {
      initial.formUnion(state.initial.map { Diagram.Chart.child(of: state.path, around: $0) })
    }
    let trail = MachineTrail(machine, states)
    let here = trail.innermost
    self.states = drawn.map { state in
      var made = State(
        label: Diagram.Chart.label(of: state), parent: state.parent.flatMap { places[$0] },
        path: state.path, isInitial: initial.contains(state.path),
        isFinal: state.kind == .final, isParallel: state.kind == .parallel)
      if case .history(let isDeep, _) = state.kind { made.history = isDeep ? .deep : .shallow }
      made.isHere = here.contains(state.path)
      made.initial = state.initial.compactMap { places[$0] }
      (made.entry, made.exit, made.start) = (
        state.entryDeeds, state.exitDeeds, state.startDeeds
      )
      return made
    }
    for (index, transition) in machine.transitions.enumerated() {
      add(transition, isTaken: trail.hasTaken(index), places)
    }
    addDefaults(of: drawn, places)
  }

  private mutating func add(
    _ transition: StateMachine.DrawnTransition, isTaken: Bool, _ places: [String: Int]
  ) {
    guard let from = places[transition.source] else { return }
    let targets = transition.targets.compactMap { places[$0] }
    transitions.append(
      Transition(
        from: from, targets: targets, trigger: transition.trigger,
        condition: transition.condition, isInternal: transition.isInternal,
        deeds: transition.deeds))
    guard !transition.isForbidden else { return }
    var label = transition.trigger.description
    if let condition = transition.condition { label += " [\(condition)]" }
    if !transition.actions.isEmpty { label += " / " + transition.actions.joined(separator: ", ") }
    for target in targets.isEmpty ? [from] : targets {
      ways.append(Way(from: from, to: target, label: label, isTaken: isTaken))
    }
  }

  /// Where a history leads while it remembers nothing, when the chart says so itself.
  private mutating func addDefaults(
    of drawn: [StateMachine.DrawnState], _ places: [String: Int]
  ) {
    for state in drawn {
      guard case .history(_, .some) = state.kind, let from = places[state.path] else { continue }
      for target in state.initial.compactMap({ places[$0] }) {
        ways.append(Way(from: from, to: target, label: "at first"))
      }
    }
  }

  private static func label(of state: StateMachine.DrawnState) -> String {
    var label = state.name
    if case .history(let isDeep, _) = state.kind { label = isDeep ? "H*" : "H" }
    let actions =
      state.entry.map { "entry: \($0)" } + state.start.map { "start: \($0)" }
      + state.exit.map { "exit: \($0)" }
    return ([label] + actions).joined(separator: "\n")
  }

  /// Whether the machine itself is drawn as a frame: its regions, transitions and actions need one.
  private static func drawsTop(
    of machine: StateMachine, _ states: [StateMachine.DrawnState]
  ) -> Bool {
    guard let top = states.first else { return false }
    return top.kind == .parallel || !top.entry.isEmpty || !top.exit.isEmpty || !top.start.isEmpty
      || machine.transitions.contains { $0.source.isEmpty }
  }

  /// The path of the child of a state that is around a state deeper inside, or is it.
  private static func child(of path: String, around inner: String) -> String {
    let start =
      path.isEmpty ? inner.startIndex : inner.index(inner.startIndex, offsetBy: path.count + 1)
    let end = inner[start...].firstIndex(of: ".") ?? inner.endIndex
    return String(inner[..<end])
  }
}

extension MachineState.Kind {
  fileprivate var isCompound: Bool {
    if case .compound = self { true } else { false }
  }
}
