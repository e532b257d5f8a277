/// One step of a machine in progress: a message and all that follows from it, until no transition
/// is enabled.
struct MachineRun {
  /// What may trigger transitions.
  enum Cue {
    case message(MachineMessage)
    case always
    case done(Int, JSON)
    case delay(String)
  }

  let chart: Chart
  let now: Instant
  /// Applies an event to the aggregate and returns the aggregate's new state.
  let raising: StateMachine.Raising?

  var active: StateSet
  var context: JSON
  var memories: [MachineMemory]
  var delays: [MachineDelay]
  var aggregate: JSON
  var message: MachineMessage
  /// Whether a final state at the top has been entered.
  var isOver: Bool
  /// What it has posted to itself.
  var queue: [Cue] = []
  /// What is posted once all states of a step are entered.
  var ends: [Cue] = []
  /// What it has sent to itself, for which everything posted comes first.
  var outside: [MachineMessage] = []
  var steps = 0
  var taken: [Int] = []
  var entered: [Int] = []
  var left: [Int] = []
  var events: [NewEvent] = []

  // MARK: - Results

  /// The status that the run has reached.
  var status: MachineStatus {
    MachineStatus(
      configuration: MachineConfiguration(active, in: chart), context: context, delays: delays,
      message: message.name, memories: memories)
  }

  /// What guards and actions can read now.
  var scope: MachineScope {
    MachineScope(
      context: context, message: message, aggregate: aggregate, chart: chart, active: active)
  }

  // MARK: - Steps

  /// Enters the initial states and settles.
  mutating func start() throws {
    var entry = MachineEntry(chart, active, memories: [])
    entry.planWithin(0)
    try enter(Array(entry.planned), starting: Array(entry.starting))
    try settle()
  }

  /// Takes some transitions together and settles.
  mutating func take(_ edges: [Int]) throws {
    try step(edges)
    try settle()
  }

  /// Takes transitions that need no message from outside until none is left.
  private mutating func settle() throws {
    let outer = message
    while !isOver {
      var edges = active.meets(chart.restless) ? try select(.always).edges : []
      while edges.isEmpty, let cue = nextCue() {
        message = name(of: cue)
        edges = try select(cue).edges
      }
      if edges.isEmpty { break }
      // In XState 4 what a step posts comes before what was posted earlier.
      let earlier = chart.dialect == .xstate4 ? queue : []
      if !earlier.isEmpty { queue = [] }
      try step(edges)
      if !earlier.isEmpty { queue += earlier }
    }
    message = outer
    if isOver {
      if chart.dialect.isXState {
        for state in Array(active).reversed() { try perform(chart.nodes[state].exit) }
      }
      queue = []
      outside = []
      delays = []
    }
  }

  private mutating func nextCue() -> Cue? {
    if !queue.isEmpty { return queue.removeFirst() }
    return outside.isEmpty ? nil : .message(outside.removeFirst())
  }

  private func name(of cue: Cue) -> MachineMessage {
    switch cue {
    case .message(let message): message
    case .done(let state, let output): MachineMessage(chart.nodes[state].doneName, output)
    case .always, .delay: message
    }
  }

  private mutating func step(_ edges: [Int]) throws {
    steps += 1
    guard steps <= Limits.machineSteps else {
      throw MachineError.restless(
        machine: chart.name, state: status.configuration.description)
    }
    if taken.isEmpty { taken = edges } else { taken += edges }
    if edges.count == 1, let plan = chart.plans[edges[0]] {
      try leave([plan.span.leaves])
      try perform(chart.edges[edges[0]].transition.actions)
      return try enter(plan.enters, starting: plan.starts)
    }
    if chart.dialect == .xstate4 { return try change(edges) }
    // Leaving changes what history states remember; a history's own parent is entered again.
    let spans = edges.map(span)
    try leave(spans.compactMap { $0?.leaves })
    for edge in edges { try perform(chart.edges[edge].transition.actions) }
    var entry = MachineEntry(chart, active, memories: memories)
    for (edge, span) in zip(edges, spans) {
      // Another transition may have left the very state in which this one would stay.
      guard let span, span.top < 0 || active[span.top] else { continue }
      entry.plan(chart.edges[edge].targets, effectiveTargets(edge), below: span.top)
    }
    try enter(Array(entry.planned), starting: Array(entry.starting))
  }
}
