/// Finds what cannot work in a chart, in document order.
struct ChartReview {
  private let chart: Chart
  private let machine: String
  /// What cannot work.
  private(set) var problems: [String] = []
  /// What works but is hardly meant.
  private(set) var warnings: [String] = []

  /// The most sentences of each kind; a chart that is wrong throughout says enough with them.
  private static let most = 100

  init(_ chart: Chart, machine: String, version: Int) {
    self.chart = chart
    self.machine = machine
    if version < 1 {
      report("has the version \(version), but versions begin at 1; write version: 1.")
    }
    for index in chart.nodes.indices { review(index) }
    for lost in chart.lost { report(lost) }
    for edge in chart.edges { review(edge) }
    // Reachability means little while targets are missing.
    if problems.isEmpty { reviewReach() }
  }

  private mutating func report(_ sentence: String) {
    guard problems.count < ChartReview.most else { return }
    problems.append("The machine \(machine) \(sentence)")
  }

  private mutating func warn(_ sentence: String) {
    guard warnings.count < ChartReview.most else { return }
    warnings.append("The machine \(machine) \(sentence)")
  }

  private func title(_ index: Int) -> String {
    index == 0 ? "the top" : chart.nodes[index].path
  }

  private func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.prefix(8).joined(separator: ", ")
  }

  // MARK: - States

  private mutating func review(_ index: Int) {
    let node = chart.nodes[index]
    let title = title(index)
    reviewNames(of: node, title)
    switch node.kind {
    case .compound(let initial):
      let names = node.children.map { chart.nodes[$0].name }
      if initial.isEmpty || initial == [""] {
        report("does not say where \(title) begins; name one of \(list(names)) as initial.")
      } else if node.standard.isEmpty {
        let text = initial.joined(separator: " and ")
        report("lets \(title) begin with \(text), but its states are \(list(names)).")
      }
      reviewTogether(node.standard, "lets \(title) begin with")
    case .parallel:
      if chart.regions(of: index).isEmpty {
        report("has no regions in the parallel state \(title); give it some or make it atomic.")
      }
    case .atomic, .final, .history:
      if !node.children.isEmpty {
        report("has states inside \(title), which is neither compound nor parallel.")
      }
    }
    if node.isHistory || node.kind == .final, !node.edges.isEmpty {
      report("has transitions in \(title), which is never waited in; move them elsewhere.")
    }
    if node.isHistory { reviewHistory(index) }
    reviewDelays(of: node.entry + node.exit + node.start, title)
    reviewOrder(of: node, title)
  }

  private mutating func reviewNames(of node: Chart.Node, _ title: String) {
    var seen: Set<String> = []
    for child in node.children {
      let name = chart.nodes[child].name
      if name.isEmpty || name.hasPrefix("#") || name.contains(".") {
        report("has a state called \"\(name)\"; a name has letters, and no dot or leading #.")
      }
      if !seen.insert(name).inserted {
        report("declares the state \(name) twice in \(title); give one of them another name.")
      }
    }
  }

  private mutating func reviewHistory(_ index: Int) {
    let title = title(index)
    let node = chart.nodes[index]
    guard let parent = node.parent else { return }
    let standard = node.standard
    if standard.contains(where: { chart.nodes[$0].isHistory }) {
      report("lets the history \(title) lead to a history; name a state as its standard.")
    }
    if standard.contains(where: { !chart.isInside($0, parent) }) {
      report("lets the history \(title) lead out of the state around it; name one within.")
    }
  }

  // MARK: - Transitions

  /// Finds transitions that can never be taken because an earlier one always is.
  private mutating func reviewOrder(of node: Chart.Node, _ title: String) {
    var decided: Set<MachineTrigger> = []
    for index in node.edges {
      let transition = chart.edges[index].transition
      let names = transition.trigger.descriptors.map { MachineTrigger.message($0) }
      let triggers = names.isEmpty ? [transition.trigger] : names
      if triggers.allSatisfy({ decided.contains($0) }) {
        warn(
          "never takes a later transition of \(title) on \(transition.trigger), because an "
            + "earlier one without a guard is taken first; guard that one or remove this.")
      }
      if transition.condition == nil { decided.formUnion(triggers) }
    }
  }

  private mutating func report(_ lost: Chart.Lost) {
    let names = chart.nodes.dropFirst().map(\.path)
    let title = title(lost.source)
    let what = lost.transition.map { "the transition \($0.trigger) of \(title)" }
    report(
      "has no state \(lost.target), to which \(what ?? "the history \(title)") leads; its "
        + "states are \(list(names)).")
  }

  private mutating func review(_ edge: Chart.Edge) {
    let title = title(edge.source)
    switch edge.transition.trigger {
    case .message, .messages:
      let descriptors = edge.transition.trigger.descriptors
      if descriptors.isEmpty || descriptors.contains("") {
        report("has a transition of \(title) on a message without a name.")
      }
    case .after(let interval):
      if interval.milliseconds < 0 {
        report("waits \(interval) in \(title); a delay is 0 or longer.")
      }
    case .done:
      if chart.nodes[edge.source].kind == .atomic {
        warn("waits for the end of \(title), which has no states inside.")
      }
    case .always: break
    }
    reviewDelays(of: edge.transition.actions, title)
    reviewTogether(edge.targets, "leads from \(title) to")
  }

  private mutating func reviewDelays(of actions: [MachineAction], _ title: String) {
    for case let delay? in actions.map(\.delay) where delay.milliseconds < 0 {
      report("sends with a delay of \(delay) in \(title); a delay is 0 or longer.")
    }
  }

  /// Finds states that are to be entered together and cannot be active together.
  private mutating func reviewTogether(_ states: [Int], _ what: String) {
    // Many targets are compared with their neighbours in document order alone.
    let states = states.sorted()
    for (left, right) in zip(states, states.dropFirst()) where !areApart(left, right) {
      report(
        "\(what) \(title(left)) and \(title(right)) at once, which do "
          + "not lie in different regions of a parallel state.")
    }
  }

  /// Whether two states can be active together without one containing the other.
  private func areApart(_ left: Int, _ right: Int) -> Bool {
    guard left != right, !chart.isInside(left, right), !chart.isInside(right, left) else {
      return false
    }
    let meeting = chart.ancestors[left].first { chart.isInside(right, $0) } ?? 0
    return chart.nodes[meeting].kind == .parallel
  }

  // MARK: - Reach

  private mutating func reviewReach() {
    var reach = ChartReach(chart)
    reach.follow()
    for index in chart.nodes.indices where !reach.seen[index] {
      // Of an unreachable part only the outermost state is reported.
      if let parent = chart.nodes[index].parent, !reach.seen[parent] { continue }
      warn("never reaches \(title(index)); let a transition lead to it or remove it.")
    }
  }
}
