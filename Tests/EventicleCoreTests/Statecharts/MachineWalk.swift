import TestSupport

@testable import EventicleCore

/// A walk of random inputs through a random machine, which finds the first illegal configuration.
struct MachineWalk {
  /// The next input: a message or a delay.
  enum Move {
    case send(String)
    case fire(String)
  }

  private let made: RandomMachine
  private let children: [String: [StateMachine.DrawnState]]
  private let states: [String: StateMachine.DrawnState]
  private let byName: [String: StateMachine.DrawnState]
  private let sources: [String: String]
  private var active: Set<String> = []
  private(set) var transitions = 0

  init(_ made: RandomMachine) {
    self.made = made
    let all = made.machine.states
    children = Dictionary(grouping: all.dropFirst()) { $0.parent ?? "" }
    states = Dictionary(all.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var sources: [String: String] = [:]
    for transition in made.machine.transitions {
      if let delay = transition.delay { sources[delay] = transition.source }
    }
    self.sources = sources
  }

  static func move(
    _ status: MachineStatus, _ made: RandomMachine, _ random: inout SeededRandom
  ) -> Move {
    let delay = status.delays.randomElement(using: &random)
    if let delay, random.below(5) == 0 { return .fire(delay.id) }
    let all = random.below(4) == 0 ? made.jumps : RandomMachine.messages
    return .send(random.pick(all))
  }

  /// Walks some steps; the first thing that is wrong, or `nil`.
  ///
  /// A machine that never settles ends the walk, which is no fault.
  mutating func fault(steps: Int, _ random: inout SeededRandom) -> String? {
    let machine = made.machine
    guard machine.problems.isEmpty else { return machine.problems.first }
    guard let start = try? machine.start(at: .standardStart) else { return nil }
    var status = start.status
    if let fault = follow(start) ?? illegality(of: status) { return fault }
    for number in 0..<steps {
      let now = Instant.standardStart + .seconds(Int64(number))
      let step: MachineStep
      switch MachineWalk.move(status, made, &random) {
      case .send(let name):
        guard let sent = try? machine.send(MachineMessage(name), to: status, at: now) else {
          return nil
        }
        step = sent
        if step.outcome != .taken, step.status != status { return "\(name) not taken changed it" }
        let allowed = machine.allowedMessages(status.configuration)
        if step.outcome == .taken, !allowed.contains(where: { MachineTrigger.fits($0, name) }) {
          return "\(name) was taken, but is not allowed"
        }
      case .fire(let id):
        guard let fired = try? machine.fire(id, in: status, at: now) else { return nil }
        step = fired
      }
      status = step.status
      if let fault = follow(step) ?? illegality(of: status) ?? difference(from: status) {
        return fault
      }
    }
    return nil
  }

  /// Checks that states are left and entered consistently, from what they reported.
  private mutating func follow(_ step: MachineStep) -> String? {
    guard step.outcome == .taken else { return nil }
    transitions += step.taken.count
    let isOver = made.machine.isOver(step.status)
    for said in step.events.map(\.type.text) {
      guard let state = byName[String(said.dropFirst())] else { continue }
      let parent = state.parent ?? ""
      if said.hasPrefix("+") {
        if !parent.isEmpty, !active.contains(parent) { return "\(said) before its parent" }
        if !active.insert(state.path).inserted { return "\(said) twice" }
      } else {
        if active.remove(state.path) == nil { return "\(said) while not active" }
        let inner = children[state.path] ?? []
        if inner.contains(where: { active.contains($0.path) }) {
          return "\(said) before inner ones"
        }
      }
    }
    // In XState everything is left at the end, while the configuration still says where.
    if isOver { active = Set(step.status.configuration.states) }
    return active == Set(step.status.configuration.states)
      ? nil : "it reported \(active.sorted()), but is in \(step.status.configuration)"
  }

  private func illegality(of status: MachineStatus) -> String? {
    let active = Set(status.configuration.states + [""])
    for path in active {
      guard let state = states[path] else { return "there is no state \(path)" }
      if let parent = state.parent, !active.contains(parent) { return "\(path) without \(parent)" }
      let inner = (children[path] ?? []).filter { child in
        if case .history = child.kind { false } else { true }
      }
      let count = inner.filter { active.contains($0.path) }.count
      let wanted =
        switch state.kind {
        case .compound: 1
        case .parallel: inner.count
        default: 0
        }
      if count != wanted { return "\(path) has \(count) of \(wanted) in \(status.configuration)" }
    }
    for delay in status.delays where delay.message == nil {
      if sources[delay.id].map({ active.contains($0) }) != true {
        return "\(delay.id) waits in a state that was left"
      }
    }
    return nil
  }

  /// Checks that a stored status comes back as it was.
  private func difference(from status: MachineStatus) -> String? {
    let machine = made.machine
    guard let back = try? machine.status(from: machine.data(of: status)) else {
      return "the status cannot be read back"
    }
    return back == status ? nil : "the status comes back as another one"
  }
}
