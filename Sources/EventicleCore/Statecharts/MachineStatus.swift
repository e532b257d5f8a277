/// The complete status of a ``StateMachine``: all that is needed to continue it.
public struct MachineStatus: Sendable, Hashable {
  /// The active states.
  public internal(set) var configuration: MachineConfiguration
  /// The machine's extended state.
  public internal(set) var context: JSON
  /// The waiting delays, in the order they were armed.
  public internal(set) var delays: [MachineDelay]
  /// The name of the message that led here.
  public internal(set) var message: String
  private let memories: [MachineMemory]

  init(
    configuration: MachineConfiguration, context: JSON, delays: [MachineDelay], message: String,
    memories: [MachineMemory]
  ) {
    self.configuration = configuration
    self.context = context
    self.delays = delays
    self.message = message
    self.memories = memories
  }

  /// Whether both say the same, of the same machine or of another that has the same states.
  public static func == (left: MachineStatus, right: MachineStatus) -> Bool {
    left.configuration == right.configuration && left.context == right.context
      && left.delays == right.delays && isSameText(left.message, right.message)
      && left.memory.elementsEqual(right.memory) { $0 == $1 }
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(configuration)
    hasher.combine(delays)
  }

  /// What history states remember: their paths, and those of the remembered states.
  var memory: [(history: String, states: [String])] {
    memories.map { (configuration.path(of: $0.history), $0.states.map(configuration.path)) }
  }

  /// What history states remember by places in a chart; states that it does not have are left out.
  func memories(in chart: Chart) -> [MachineMemory] {
    if memories.isEmpty || configuration.belongs(to: chart) { return memories }
    return memory.compactMap { said in
      let states = said.states.compactMap { chart.place(of: $0) }
      return chart.place(of: said.history).map { MachineMemory(history: $0, states: states) }
    }
  }

  /// The delays due at an instant, the earliest first.
  public func delaysDue(at now: Instant) -> [MachineDelay] {
    // Sorting by index too keeps delays due together in the order they were armed.
    delays.enumerated().filter { $0.element.due <= now }
      .sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }.map(\.element)
  }

  /// The delays to arm and cancel on the way here from an earlier status; `nil` for none.
  package func delayChanges(from earlier: MachineStatus?) -> MachineDelayChanges {
    delayChanges(from: earlier?.delays ?? [])
  }

  func delayChanges(from before: [MachineDelay]) -> MachineDelayChanges {
    if before.isEmpty { return MachineDelayChanges(cancelled: [], armed: delays) }
    if delays.isEmpty { return MachineDelayChanges(cancelled: before.map(\.id), armed: []) }
    let ids = Set(delays.map(\.id))
    return MachineDelayChanges(
      cancelled: before.map(\.id).filter { !ids.contains($0) },
      armed: delays.filter { !before.contains($0) })
  }
}

extension StateMachine {
  /// The event data that stores a status: state, context and version, and the waiting delays and
  /// remembered states if there are any.
  public func data(of status: MachineStatus) -> JSON {
    var members: [(String, JSON)] = [
      ("state", status.configuration.value), ("context", status.context),
      ("message", .string(status.message)), ("machineVersion", .int(version)),
    ]
    let memories = status.memory
    if !memories.isEmpty {
      let pairs = memories.map { memory in
        (memory.history, JSON.array(memory.states.map { .string($0) }))
      }
      members.append(("history", .object(JSONObject(pairs))))
    }
    if !status.delays.isEmpty {
      members.append(("delays", .array(status.delays.map(\.data))))
    }
    return .object(JSONObject(members))
  }

  /// Reads a status from event data, written by this version or an older one.
  ///
  /// Runs no action. O(size of the status).
  ///
  /// - Throws: ``MachineError`` when it does not fit the machine, and whatever the migration
  ///   throws.
  public func status(from data: JSON) throws -> MachineStatus {
    try checkSound()
    var data = data
    let found = data["machineVersion"].integer ?? 0
    if found > version {
      throw MachineError.versionFromLater(machine: name, found: found, known: version)
    }
    if found < version {
      guard let migration else {
        throw MachineError.migrationMissing(machine: name, from: found, to: version)
      }
      try migration(&data, found)
    }
    do {
      return MachineStatus(
        configuration: try MachineConfiguration(data["state"], in: chart),
        context: data["context"], delays: try delays(in: data["delays"]),
        message: data["message"].string ?? "", memories: try memories(in: data["history"]))
    } catch let mismatch as MachineConfiguration.Mismatch {
      throw MachineError.badStatus(machine: name, problem: mismatch.reason)
    }
  }

  private func delays(in data: JSON) throws -> [MachineDelay] {
    try (data.array ?? []).map { item in
      guard let delay = MachineDelay(item),
        delay.message != nil || chart.delayIDs.contains(delay.id)
      else {
        throw MachineConfiguration.Mismatch(reason: "\(item) is no delay of this machine")
      }
      return delay
    }
  }

  private func memories(in data: JSON) throws -> [MachineMemory] {
    let members = data.object ?? JSONObject()
    let found = try members.keys.map { history in
      let said = (members[history]?.array ?? []).compactMap(\.string)
      let states = said.compactMap { chart.place(of: $0) }
      guard let place = chart.place(of: history), let parent = chart.nodes[place].parent,
        chart.nodes[place].isHistory, !states.isEmpty, states.count == said.count,
        states.allSatisfy({ chart.isInside($0, parent) })
      else {
        throw MachineConfiguration.Mismatch(
          reason: "the history \(history) remembers what this machine does not have")
      }
      return MachineMemory(history: place, states: states)
    }
    return found.sorted { $0.history < $1.history }
  }
}
