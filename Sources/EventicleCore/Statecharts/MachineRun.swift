/// One step of a machine in progress: a message and all that follows from it, until no transition
/// is enabled.
struct MachineRun {
  /// What may trigger transitions.
  enum Cue {
    case message(MachineMessage)
    case always
    case done(Int)
    case delay(String)
  }

  let machine: StateMachine
  let now: Instant
  /// Applies an event to the aggregate and returns the aggregate's new state.
  let raising: (NewEvent) throws -> JSON

  var active: [Bool]
  var context: JSON
  var memories: [Int: [Int]] = [:]
  var delays: [MachineDelay] = []
  var aggregate: JSON
  var message: MachineMessage
  var queue: [Cue] = []
  /// Whether a final state at the top has been entered.
  var isOver = false
  private(set) var steps = 0
  private(set) var taken: [Int] = []
  var entered: [Int] = []
  var left: [Int] = []
  var events: [NewEvent] = []

  var chart: Chart { machine.chart }

  /// A run of a machine that has not started; no state is active.
  init(
    _ machine: StateMachine, at now: Instant, aggregate: JSON,
    raising: @escaping (NewEvent) throws -> JSON
  ) {
    self.machine = machine
    self.now = now
    self.aggregate = aggregate
    self.raising = raising
    active = Array(repeating: false, count: machine.chart.nodes.count)
    context = machine.context
    message = .start
  }

  /// A run that continues from a status; no state is entered.
  init(
    _ machine: StateMachine, from status: MachineStatus, at now: Instant, aggregate: JSON,
    raising: @escaping (NewEvent) throws -> JSON
  ) {
    self.init(machine, at: now, aggregate: aggregate, raising: raising)
    active[0] = true
    for path in status.configuration.states {
      if let place = chart.place(of: path) { active[place] = true }
    }
    context = status.context
    delays = status.delays
    for memory in status.memories {
      guard let history = chart.place(of: memory.history) else { continue }
      memories[history] = memory.states.compactMap { chart.place(of: $0) }
    }
    isOver = machine.isOver(active)
  }

  // MARK: - Results

  /// The status that the run has reached.
  var status: MachineStatus {
    MachineStatus(
      configuration: MachineConfiguration(activeStates, in: chart), context: context,
      delays: delays, message: message.name,
      memories: memories.sorted { $0.key < $1.key }.map { history, states in
        MachineStatus.Memory(
          history: chart.nodes[history].path, states: states.map { chart.nodes[$0].path })
      })
  }

  var activeStates: [Int] { active.indices.filter { active[$0] } }

  /// What guards and actions can read now.
  var scope: MachineScope {
    MachineScope(
      context: context, message: message, aggregate: aggregate, chart: chart, active: active)
  }

  // MARK: - Steps

  /// Enters the initial states and settles.
  mutating func start() throws {
    var entry = MachineEntry(self)
    entry.planWithin(0)
    try enter(entry.planned.sorted())
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
      var edges = try select(.always).edges
      while edges.isEmpty, !queue.isEmpty {
        let cue = queue.removeFirst()
        message = name(of: cue)
        edges = try select(cue).edges
      }
      if edges.isEmpty { break }
      try step(edges)
    }
    message = outer
    if isOver {
      queue = []
      delays = []
    }
  }

  private func name(of cue: Cue) -> MachineMessage {
    switch cue {
    case .message(let message): message
    case .done(let state): MachineMessage("done.state.\(chart.nodes[state].path)")
    case .always, .delay: message
    }
  }

  private mutating func step(_ edges: [Int]) throws {
    steps += 1
    guard steps <= Limits.machineSteps else {
      throw MachineError.restless(
        machine: machine.name, state: status.configuration.description)
    }
    taken += edges
    // Leaving changes what history states remember; a history's own parent is entered again.
    let tops = edges.map(domain)
    let leaving = Set(edges.flatMap(exitSet))
    try leave(leaving.sorted())
    for edge in edges { try perform(chart.edges[edge].transition.actions) }
    var entry = MachineEntry(self)
    for (edge, top) in zip(edges, tops) { entry.plan(edge, below: top) }
    try enter(entry.planned.sorted())
  }

  mutating func perform(_ actions: [MachineAction]) throws {
    for action in actions {
      let scope = scope
      switch action.work {
      case .assign(let change): try change(&context, scope)
      case .raise(let type, let content):
        let event = NewEvent(type, data: try content(scope))
        events.append(event)
        aggregate = try raising(event)
      case .post(let name, let content):
        queue.append(.message(MachineMessage(name, try content(scope))))
      }
    }
  }
}
