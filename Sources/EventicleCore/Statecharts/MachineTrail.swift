/// The ways that an aggregate has gone through its machine, as far as its stored statuses show them.
package struct MachineTrail: Sendable {
  /// One status after another, each with the paths of the active states.
  package struct Stop: Sendable, Hashable {
    package let states: Set<String>
    /// The configuration as text: `open`, or `{"payment":"waiting"}`.
    package let text: String
    /// The message that led there.
    package let message: String
  }

  /// The statuses, oldest first, without those that stayed in the same states.
  package let stops: [Stop]
  /// The newest status; `nil` before the machine has started.
  package let status: MachineStatus?
  private let transitions: [StateMachine.DrawnTransition]

  /// Reads the trail from the states of one aggregate, oldest first; O(states).
  ///
  /// What cannot be read by this version of the machine is left out.
  package init(_ machine: StateMachine, _ states: [JSON]) {
    var stops: [Stop] = []
    var last = JSON.null
    var newest: MachineStatus?
    for state in states {
      let said = state[AggregateStatus.member]
      guard !said.isNull, said != last, let status = try? machine.status(from: said) else {
        continue
      }
      last = said
      newest = status
      let stop = Stop(
        states: Set(status.configuration.states), text: status.configuration.description,
        message: status.message)
      if stop.states != stops.last?.states { stops.append(stop) }
    }
    self.stops = stops
    status = newest
    transitions = machine.transitions
  }

  /// The paths of the states in which it is, without those around others.
  package var innermost: Set<String> {
    let all = stops.last?.states ?? []
    var around: Set<String> = []
    for path in all {
      var rest = path[...]
      while let dot = rest.lastIndex(of: ".") {
        rest = rest[..<dot]
        around.insert(String(rest))
      }
    }
    return all.subtracting(around)
  }

  /// Whether it has gone from a state to another one.
  package func hasGone(from source: String, to target: String) -> Bool {
    zip(stops, stops.dropFirst()).contains { before, after in
      (source.isEmpty || before.states.contains(source)) && after.states.contains(target)
        && !(before.states.contains(target) && (source.isEmpty || after.states.contains(source)))
    }
  }

  /// Whether it has taken a transition, by its place in ``StateMachine/transitions``: it has gone that
  /// way on what the transition is for, or without anything that explains it better.
  package func hasTaken(_ place: Int) -> Bool {
    let transition = transitions[place]
    return zip(stops, stops.dropFirst()).contains { before, after in
      guard leads(transition, from: before, to: after) else { return false }
      if isFor(transition, after.message) { return true }
      let isSilent = transition.trigger.descriptors.isEmpty && transition.delay == nil
      return isSilent
        && !transitions.contains { leads($0, from: before, to: after) && isFor($0, after.message) }
    }
  }

  private func leads(
    _ transition: StateMachine.DrawnTransition, from before: Stop, to after: Stop
  ) -> Bool {
    let isHere = transition.source.isEmpty || before.states.contains(transition.source)
    return isHere
      && transition.targets.contains { after.states.contains($0) && !before.states.contains($0) }
  }

  private func isFor(_ transition: StateMachine.DrawnTransition, _ message: String) -> Bool {
    if let delay = transition.delay { return message == "after \(delay)" }
    return transition.trigger.descriptors.contains { MachineTrigger.fits($0, message) }
  }
}

/// Where an aggregate's state keeps the status of its machine.
package enum AggregateStatus {
  /// The member that holds the last recorded status.
  package static let member = "machine"
}
