/// Finds what cannot work in a chart, in document order.
struct ChartReview {
  private let chart: Chart
  private let machine: String
  private(set) var problems: [String] = []

  init(_ chart: Chart, machine: String, version: Int) {
    self.chart = chart
    self.machine = machine
    if version < 1 {
      report("has the version \(version), but versions begin at 1; write version: 1.")
    }
    for index in chart.nodes.indices { review(index) }
    for lost in chart.lost { report(lost.source, lost.transition, lost.target) }
    for edge in chart.edges { review(edge) }
    // Reachability means little while targets are missing.
    if problems.isEmpty { reviewReach() }
  }

  private mutating func report(_ sentence: String) {
    problems.append("The machine \(machine) \(sentence)")
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
      if initial.isEmpty {
        report("does not say where \(title) begins; name one of \(list(names)) as initial.")
      } else if node.standard.isEmpty {
        report("lets \(title) begin with \(initial), but its states are \(list(names)).")
      }
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
      if decided.contains(transition.trigger) {
        report(
          "never takes a later transition of \(title) on \(transition.trigger), because an "
            + "earlier one without a guard is taken first; guard that one or remove this.")
      }
      if transition.condition == nil { decided.insert(transition.trigger) }
    }
  }

  private mutating func report(
    _ source: Int, _ transition: MachineTransition?, _ target: String
  ) {
    let names = chart.nodes.dropFirst().map(\.path)
    let what = transition.map { "the transition \($0.trigger) of \(title(source))" }
    report(
      "has no state \(target), to which \(what ?? "the history \(title(source))") leads; its "
        + "states are \(list(names)).")
  }

  private mutating func review(_ edge: Chart.Edge) {
    let title = title(edge.source)
    switch edge.transition.trigger {
    case .message(let name):
      if name.isEmpty { report("has a transition of \(title) on a message without a name.") }
    case .after(let interval):
      if interval.milliseconds < 0 {
        report("waits \(interval) in \(title); a delay is 0 or longer.")
      }
    case .done:
      if chart.nodes[edge.source].kind == .atomic {
        report("waits for the end of \(title), which has no states inside.")
      }
    case .always: break
    }
    for (offset, left) in edge.targets.enumerated() {
      for right in edge.targets.dropFirst(offset + 1) where !areApart(left, right) {
        report(
          "leads from \(title) to \(self.title(left)) and \(self.title(right)) at once, which do "
            + "not lie in different regions of a parallel state.")
      }
    }
  }

  /// Whether two states can be active together without one containing the other.
  private func areApart(_ left: Int, _ right: Int) -> Bool {
    guard left != right, !chart.isInside(left, right), !chart.isInside(right, left) else {
      return false
    }
    let meeting = chart.ancestors(of: left).first { chart.isInside(right, $0) } ?? 0
    return chart.nodes[meeting].kind == .parallel
  }

  // MARK: - Reach

  private mutating func reviewReach() {
    var reach = ChartReach(chart)
    reach.follow()
    for index in chart.nodes.indices where !reach.seen[index] {
      // Of an unreachable part only the outermost state is reported.
      if let parent = chart.nodes[index].parent, !reach.seen[parent] { continue }
      report("never reaches \(title(index)); let a transition lead to it or remove it.")
    }
  }
}

/// The states that could be reached if every guard could hold.
struct ChartReach {
  private let chart: Chart
  private(set) var seen: [Bool]
  /// The states that are entered themselves, and so also where they begin.
  private var opened: [Bool]

  init(_ chart: Chart) {
    self.chart = chart
    seen = Array(repeating: false, count: chart.nodes.count)
    opened = seen
  }

  /// Follows every transition from the start until nothing new is reached.
  mutating func follow() {
    arrive(at: 0)
    var pending = chart.edges
    var isGrowing = true
    while isGrowing {
      let (ready, waiting) = (
        pending.filter { seen[$0.source] }, pending.filter { !seen[$0.source] }
      )
      for target in ready.flatMap(\.targets) { arrive(at: target) }
      isGrowing = !ready.isEmpty
      pending = waiting
    }
  }

  private mutating func arrive(at index: Int) {
    guard !opened[index] else { return }
    opened[index] = true
    seen[index] = true
    let node = chart.nodes[index]
    for next in node.kind == .parallel ? chart.regions(of: index) : node.standard {
      arrive(at: next)
    }
    for ancestor in chart.ancestors(of: index) where !seen[ancestor] {
      seen[ancestor] = true
      guard chart.nodes[ancestor].kind == .parallel else { continue }
      for region in chart.regions(of: ancestor) where !chart.isInside(index, region) {
        if region != index { arrive(at: region) }
      }
    }
  }
}
