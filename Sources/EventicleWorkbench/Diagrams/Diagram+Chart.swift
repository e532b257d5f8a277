package import EventicleCore

extension Diagram {
  /// The states of an aggregate, as its machine or its lifecycle declares them; `nil` when neither
  /// does and it has been in none.
  ///
  /// - Parameter states: The states of one instance, oldest first, of which the last is where it is.
  package static func chart(of root: AggregateRoot, after states: [JSON] = []) -> Diagram? {
    let chart =
      root.machine.map { self.chart(of: $0, states) } ?? self.chart(of: root.lifecycle, states)
    return chart.states.isEmpty ? nil : .chart(chart)
  }

  // MARK: - A lifecycle

  private static func chart(of lifecycle: Lifecycle?, _ states: [JSON]) -> Chart {
    let field = lifecycle?.field ?? "status"
    var words: [String] = []
    for state in states {
      guard let word = state.object?[field]?.string, word != words.last else { continue }
      words.append(word)
    }
    let declared = lifecycle?.states ?? []
    var names = declared.map(\.name)
    for word in words where !names.contains(word) { names.append(word) }
    let first = declared.first?.name ?? words.first
    var chart = Chart()
    chart.states = names.map { name in
      Chart.State(
        label: name, parent: nil, isInitial: name == first,
        isFinal: declared.first { $0.name == name }?.isFinal ?? false, isHere: name == words.last)
    }
    let taken = Set(zip(words, words.dropFirst()).map { [$0, $1] })
    var ways: [[String]] = []
    for state in declared { ways += state.ways.map { [state.name, $0] } }
    for way in zip(words, words.dropFirst()).map({ [$0, $1] }) where !ways.contains(way) {
      ways.append(way)
    }
    for way in ways {
      guard let from = names.firstIndex(of: way[0]), let to = names.firstIndex(of: way[1]) else {
        continue
      }
      chart.ways.append(Chart.Way(from: from, to: to, isTaken: taken.contains(way)))
    }
    return chart
  }

  // MARK: - A machine

  private static func chart(of machine: StateMachine, _ states: [JSON]) -> Chart {
    let drawn = machine.states
    var places: [String: Int] = [:]
    for (place, state) in drawn.dropFirst().enumerated() { places[state.path] = place }
    var initial: Set<String> = []
    for state in drawn {
      guard case .compound(let name) = state.kind else { continue }
      initial.insert(state.path.isEmpty ? name : "\(state.path).\(name)")
    }
    let here = configuration(of: machine, states)
    var chart = Chart()
    chart.states = drawn.dropFirst().map { state in
      var label = state.name
      if case .history(let isDeep, _) = state.kind { label = isDeep ? "H*" : "H" }
      let actions = state.entry.map { "entry: \($0)" } + state.exit.map { "exit: \($0)" }
      return Chart.State(
        label: ([label] + actions).joined(separator: "\n"),
        parent: state.parent.flatMap { places[$0] }, isInitial: initial.contains(state.path),
        isFinal: state.kind == .final, isParallel: state.kind == .parallel,
        isHere: here.contains(state.path))
    }
    for transition in machine.transitions where !transition.isForbidden {
      guard let from = places[transition.source] else { continue }
      var label = transition.trigger.description
      if let condition = transition.condition { label += " [\(condition)]" }
      if !transition.actions.isEmpty {
        label += " / " + transition.actions.joined(separator: ", ")
      }
      let targets = transition.targets.isEmpty ? [transition.source] : transition.targets
      for target in targets.compactMap({ places[$0] }) {
        chart.ways.append(Chart.Way(from: from, to: target, label: label))
      }
    }
    return chart
  }

  /// The paths of the states in which an instance is, without those around others.
  private static func configuration(of machine: StateMachine, _ states: [JSON]) -> Set<String> {
    guard let said = states.last?[AggregateRoot.machineMember], !said.isNull,
      let status = try? machine.status(from: said)
    else { return [] }
    let all = status.configuration.states
    return Set(all.filter { path in !all.contains { $0.hasPrefix(path + ".") } })
  }
}
