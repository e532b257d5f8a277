/// A delayed transition that is waiting for its time.
public struct MachineDelay: Sendable, Hashable {
  /// The state and the delay: `payment.waiting/30s`.
  public let id: String
  /// When the transition is due.
  public let due: Instant

  /// A delay with this id, due at an instant.
  public init(id: String, due: Instant) {
    self.id = id
    self.due = due
  }

  init?(_ data: JSON) {
    let due =
      data["due"].string.flatMap { Instant(parsing: $0) }
      ?? data["due"].integer.map { Instant(milliseconds: Int64($0)) }
    guard let id = data["id"].string, let due else { return nil }
    self.init(id: id, due: due)
  }

  var data: JSON {
    // An instant that ISO 8601 cannot write is stored as its milliseconds.
    let isDate = Instant(parsing: due.description) == due
    return [
      "id": .string(id),
      "due": isDate ? .string(due.description) : .int(Int(due.milliseconds)),
    ]
  }
}

/// The complete status of a ``StateMachine``: all that is needed to continue it.
public struct MachineStatus: Sendable, Hashable {
  /// What one history state remembers.
  struct Memory: Sendable, Hashable {
    let history: String
    let states: [String]
  }

  /// The active states.
  public internal(set) var configuration: MachineConfiguration
  /// The machine's extended state.
  public internal(set) var context: JSON
  /// The waiting delays, in the order they were armed.
  public internal(set) var delays: [MachineDelay]
  /// The name of the message that led here.
  public internal(set) var message: String
  var memories: [Memory]

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
    let ids = Set(delays.map(\.id))
    return MachineDelayChanges(
      cancelled: before.map(\.id).filter { !ids.contains($0) },
      armed: delays.filter { !before.contains($0) })
  }
}

/// What a step does to the delays of a machine.
package struct MachineDelayChanges: Sendable, Hashable {
  /// The ids of the delays that no longer wait.
  package let cancelled: [String]
  /// The new delays; one with the id of a waiting delay replaces it.
  package let armed: [MachineDelay]
}

extension StateMachine {
  /// The event data that stores a status: state, context and version, and the waiting delays and
  /// remembered states if there are any.
  public func data(of status: MachineStatus) -> JSON {
    var members: [(String, JSON)] = [
      ("state", status.configuration.value), ("context", status.context),
      ("message", .string(status.message)), ("machineVersion", .int(version)),
    ]
    if !status.memories.isEmpty {
      let pairs = status.memories.map { memory in
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
      guard let delay = MachineDelay(item), chart.edges.contains(where: { $0.delay == delay.id })
      else {
        throw MachineConfiguration.Mismatch(reason: "\(item) is no delay of this machine")
      }
      return delay
    }
  }

  private func memories(in data: JSON) throws -> [MachineStatus.Memory] {
    let members = data.object ?? JSONObject()
    return try members.keys.map { history in
      let states = (members[history]?.array ?? []).compactMap(\.string)
      guard let place = chart.place(of: history), let parent = chart.nodes[place].parent,
        chart.nodes[place].isHistory, !states.isEmpty,
        states.allSatisfy({ chart.place(of: $0).map { chart.isInside($0, parent) } ?? false })
      else {
        throw MachineConfiguration.Mismatch(
          reason: "the history \(history) remembers what this machine does not have")
      }
      return MachineStatus.Memory(history: history, states: states)
    }
  }
}
