import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

/// What holds for every machine, whatever is sent to it.
@Suite struct MachinePropertyTests {
  /// The next input: a message or a delay.
  enum Move {
    case send(String)
    case fire(String)
  }

  static func move(_ status: MachineStatus, _ made: RandomMachine, _ random: inout SeededRandom)
    -> Move
  {
    let delay = status.delays.randomElement(using: &random)
    if let delay, Int.random(in: 0...4, using: &random) == 0 { return .fire(delay.id) }
    let all = Int.random(in: 0...3, using: &random) == 0 ? made.jumps : RandomMachine.messages
    return .send(all.randomElement(using: &random) ?? "A")
  }

  @Test(arguments: seeds(80)) func `every configuration is legal`(
    seed: UInt64
  ) throws {
    let made = RandomMachine(seed: seed)
    let machine = made.machine
    let states = machine.states
    #expect(machine.problems.isEmpty)
    var random = SeededRandom(seed: seed ^ 0xA5)
    // A machine that never settles takes long to be stopped; once is enough.
    guard let start = try? machine.start(at: .standardStart) else { return }
    var status = start.status
    var active: Set<String> = []
    Self.follow(start, states, &active)
    for number in 0..<40 {
      #expect(active == Set(status.configuration.states))
      Self.checkLegal(status, machine, states)
      let now = Instant.standardStart + .seconds(Int64(number))
      switch Self.move(status, made, &random) {
      case .send(let name):
        let allowed = machine.allowedMessages(status.configuration)
        let sent = try? machine.send(MachineMessage(name), to: status, at: now)
        guard let step = sent else { return }
        if step.outcome == .taken {
          #expect(allowed.contains(name) || allowed.contains("*"), "\(name)")
        } else {
          #expect(step.status == status)
        }
        Self.follow(step, states, &active)
        status = step.status
      case .fire(let id):
        guard let step = try? machine.fire(id, in: status, at: now) else { return }
        Self.follow(step, states, &active)
        status = step.status
      }
    }
  }

  /// Checks that states are left and entered consistently, from what they reported.
  static func follow(
    _ step: MachineStep, _ states: [StateMachine.DrawnState], _ active: inout Set<String>
  ) {
    guard step.outcome == .taken else { return }
    for said in step.events.map(\.type.text) {
      guard let state = states.first(where: { $0.name == said.dropFirst() }) else { continue }
      let parent = state.parent ?? ""
      if said.hasPrefix("+") {
        #expect(parent.isEmpty || active.contains(parent), "\(said) before its parent")
        #expect(active.insert(state.path).inserted, "\(said) twice")
      } else {
        #expect(active.remove(state.path) != nil, "\(said) while not active")
        #expect(!states.contains { $0.parent == state.path && active.contains($0.path) })
      }
    }
  }

  static func checkLegal(
    _ status: MachineStatus, _ machine: StateMachine, _ states: [StateMachine.DrawnState]
  ) {
    let active = Set(status.configuration.states + [""])
    for state in states where active.contains(state.path) {
      let children = states.filter { child in
        if case .history = child.kind { return false }
        return child.parent == state.path
      }
      let count = children.filter { active.contains($0.path) }.count
      switch state.kind {
      case .compound: #expect(count == 1, "\(state.path) in \(status.configuration)")
      case .parallel: #expect(count == children.count, "\(state.path) in \(status.configuration)")
      default: #expect(count == 0)
      }
      #expect(state.parent.map { active.contains($0) } ?? true)
    }
    for delay in status.delays {
      let source = machine.transitions.first { $0.delay == delay.id }?.source
      #expect(source.map { active.contains($0) } == true, "\(delay.id) waits in a state left")
    }
  }

  @Test(arguments: seeds(40)) func `an aggregate reloaded before each message behaves the same`(
    seed: UInt64
  ) throws {
    let made = RandomMachine(seed: seed)
    let root = AggregateRoot("M", stream: "ms", machine: made.machine)
    let domain = Domain("test", aggregates: [root])
    var random = SeededRandom(seed: seed ^ 0x5A)
    guard var kept = try? made.machine.start(at: .standardStart).status else { return }
    var tx = try transaction(of: domain)
    var first = tx.new(root, id: "m")
    try tx.start(&first)
    try tx.emit(try tx.persist(&first), to: "ms")
    for _ in 0..<25 {
      tx = try transaction(tx.commit().0, of: domain)
      var loaded = try #require(tx.load(root, "m"))
      #expect(try loaded.machineStatus() == kept)
      switch Self.move(kept, made, &random) {
      case .send(let name):
        let expected = try? made.machine.send(
          MachineMessage(name), to: kept, at: .standardStart)
        let step = try? tx.offer(&loaded, name)
        #expect(step?.outcome == expected?.outcome)
        #expect(step?.events == expected?.events)
        guard let expected else {
          #expect(loaded.newEvents.isEmpty)
          return
        }
        kept = expected.status
        try tx.emit(try tx.persist(&loaded), to: "ms")
      case .fire(let id):
        let expected = try? made.machine.fire(id, in: kept, at: .standardStart)
        let step = try? tx.fireMachineDelay(root, "m", id)
        #expect(step?.outcome == expected?.outcome)
        guard let expected else { return }
        kept = expected.status
      }
    }
  }
}
