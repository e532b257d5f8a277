/// Whose rules a machine follows where charts are read in different ways.
enum MachineDialect: Sendable, Hashable {
  /// Swift's declarations: the most specific descriptor first, then the others.
  case swift
  /// XState 4.
  case xstate4
  /// XState 5.
  case xstate5
  /// SCXML: descriptors count in document order.
  case scxml

  /// Whether what is active when the machine ends is left, and times are messages that `*` fits.
  var isXState: Bool { self == .xstate4 || self == .xstate5 }

  /// Whether a parallel state is asked only when none of its regions decides, rather than for each
  /// innermost state in which nothing inside it does.
  func asksOutwards(_ cue: MachineRun.Cue) -> Bool {
    if case .always = cue { return self == .xstate4 }
    return isXState
  }
}

/// The states of a machine in one list, in document order, with every target resolved.
///
/// The state at 0 is the machine itself. The states inside a state follow it without a gap, so that
/// one comparison tells whether a state is inside another.
final class Chart: Sendable {
  struct Node: Sendable {
    let name: String
    let path: String
    let kind: MachineState.Kind
    let parent: Int?
    let entry: [MachineAction]
    let exit: [MachineAction]
    let start: [MachineAction]
    /// The message that says that it is done.
    let doneName: String
    let output: JSON
    var children: [Int] = []
    /// Where entering it leads next: a compound state's initial state, a history state's default.
    var standard: [Int] = []
    var edges: [Int] = []

    var isHistory: Bool {
      if case .history = kind { true } else { false }
    }

    var isCompound: Bool {
      if case .compound = kind { true } else { false }
    }
  }

  struct Edge: Sendable {
    let source: Int
    let targets: [Int]
    let transition: MachineTransition
    /// The id of its delay, when it is a delayed transition.
    let delay: String?
  }

  /// A target that does not exist: the state, the transition or `nil`, and the text.
  struct Lost: Sendable {
    let source: Int
    let transition: MachineTransition?
    let target: String
  }

  /// The machine's name.
  let name: String
  let dialect: MachineDialect
  let nodes: [Node]
  let edges: [Edge]
  let lost: [Lost]
  /// For each state the last one inside it, or its own place.
  let lasts: [Int]
  /// For each state those around it, innermost first.
  let ancestors: [[Int]]
  /// For each state what triggers its transitions.
  let triggers: [ChartTriggers]
  /// The numbers of the names that are descriptors.
  let names: [String: Int]
  /// The states with transitions that need no message.
  let restless: StateSet
  /// The final states.
  let finals: StateSet
  /// Whether there is a history state.
  let hasHistory: Bool
  /// The ids of delayed transitions.
  let delayIDs: Set<String>
  /// For each transition what taking it does, when that is always the same.
  let plans: [ChartPlan?]
  private let places: [String: Int]

  /// Lays out a machine; O(states · depth + transitions).
  init(_ top: MachineState, _ dialect: MachineDialect) {
    var builder = ChartBuilder(dialect)
    builder.build(top)
    name = top.name
    self.dialect = dialect
    (nodes, edges, lost, places) = (builder.nodes, builder.edges, builder.lost, builder.places)
    (lasts, ancestors) = (builder.lasts, builder.ancestors)
    (triggers, names) = (builder.triggers, builder.names)
    let waiting = builder.triggers.indices.filter { !builder.triggers[$0].always.isEmpty }
    restless = StateSet(waiting, count: builder.nodes.count)
    let ends = builder.nodes.indices.filter { builder.nodes[$0].kind == .final }
    finals = StateSet(ends, count: builder.nodes.count)
    hasHistory = builder.nodes.contains { $0.isHistory }
    delayIDs = Set(builder.edges.compactMap(\.delay))
    plans = []
  }

  /// The same chart with what can be worked out before it runs; it must be sound.
  init(planning chart: Chart) {
    (name, dialect, finals) = (chart.name, chart.dialect, chart.finals)
    (nodes, edges, lost, places) = (chart.nodes, chart.edges, chart.lost, chart.places)
    (lasts, ancestors) = (chart.lasts, chart.ancestors)
    (triggers, names) = (chart.triggers, chart.names)
    (restless, delayIDs, hasHistory) = (chart.restless, chart.delayIDs, chart.hasHistory)
    plans = chart.edges.indices.map { ChartPlan($0, in: chart) }
  }

  // MARK: - Looking up

  func place(of path: String) -> Int? { places[path] }

  /// The children of a parallel state without history states.
  func regions(of index: Int) -> [Int] { nodes[index].children.filter { !nodes[$0].isHistory } }

  func isInside(_ inner: Int, _ outer: Int) -> Bool { inner > outer && inner <= lasts[outer] }

  /// The innermost compound state that contains all of the states, or the machine itself.
  func commonCompound(of states: [Int]) -> Int {
    common(of: states) { $0 == 0 || nodes[$0].isCompound } ?? 0
  }

  /// The innermost state of any kind that contains all of the states; `nil` when one is the machine.
  func common(of states: [Int]) -> Int? { common(of: states) { _ in true } }

  private func common(of states: [Int], where fits: (Int) -> Bool) -> Int? {
    guard let first = states.first else { return nil }
    return ancestors[first].first { ancestor in
      fits(ancestor) && states.dropFirst().allSatisfy { isInside($0, ancestor) }
    }
  }

  /// Whether a state is done: it, or every region of it, has reached a final state.
  func isDone(_ state: Int, _ active: StateSet) -> Bool {
    switch nodes[state].kind {
    case .compound: nodes[state].children.contains { active[$0] && nodes[$0].kind == .final }
    case .parallel:
      nodes[state].children.allSatisfy { nodes[$0].isHistory || isDone($0, active) }
    default: false
    }
  }

  /// Whether the machine itself is done.
  func isOver(_ active: StateSet) -> Bool { active.meets(finals) && isDone(0, active) }

  /// Whether an active state has no active state inside it.
  func isInnermost(_ place: Int, _ active: StateSet) -> Bool {
    !active.hasAny(in: place + 1..<lasts[place] + 1)
  }
}

/// What triggers the transitions of one state: the places of transitions in document order.
struct ChartTriggers: Sendable {
  /// Transitions after the same time, which share a delay.
  struct Delay: Sendable {
    let id: String
    let interval: Interval
    var edges: [Int]
  }

  /// The numbers of names, and beside them the transitions of each.
  var nameNumbers: [Int] = []
  var named: [[Int]] = []
  /// The prefixes, longest first, and beside them the transitions of each.
  var prefixes: [String] = []
  var prefixed: [[Int]] = []
  var any: [Int] = []
  /// All transitions on messages, in document order.
  var messages: [Int] = []
  var always: [Int] = []
  var done: [Int] = []
  var delays: [Delay] = []
}
