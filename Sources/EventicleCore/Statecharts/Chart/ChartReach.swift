/// The states that could be reached if every guard could hold.
struct ChartReach {
  private let chart: Chart
  private(set) var seen: [Bool]
  /// The states that are entered themselves, and so also where they begin.
  private var opened: [Bool]
  /// The states whose transitions are still to be followed.
  private var pending: [Int] = []

  init(_ chart: Chart) {
    self.chart = chart
    seen = Array(repeating: false, count: chart.nodes.count)
    opened = seen
  }

  /// Follows every transition from the start until nothing new is reached; O(states + transitions).
  mutating func follow() {
    arrive(at: 0)
    while !pending.isEmpty {
      let state = pending.removeLast()
      for edge in chart.nodes[state].edges {
        for target in chart.edges[edge].targets { arrive(at: target) }
      }
    }
  }

  private mutating func see(_ state: Int) {
    guard !seen[state] else { return }
    seen[state] = true
    pending.append(state)
  }

  private mutating func arrive(at index: Int) {
    guard !opened[index] else { return }
    opened[index] = true
    see(index)
    let isParallel = chart.nodes[index].kind == .parallel
    for next in isParallel ? chart.regions(of: index) : chart.nodes[index].standard {
      arrive(at: next)
    }
    for ancestor in chart.ancestors[index] where !seen[ancestor] {
      see(ancestor)
      guard chart.nodes[ancestor].kind == .parallel else { continue }
      for region in chart.regions(of: ancestor) where !chart.isInside(index, region) {
        if region != index { arrive(at: region) }
      }
    }
  }
}
