import TestSupport

@testable import EventicleCore

/// Random machines: any nesting, guards, histories, final states, delays and messages to itself.
struct RandomMachine {
  private struct Plan {
    let name: String
    let path: String
    let kind: MachineState.Kind
    var children: [Plan] = []
  }

  static let messages = ["A", "B", "C", "a.b", "a.b.c"]
  /// The messages that it sends to itself; what they trigger sends none on, so that it settles.
  static let own = ["P", "a.q"]

  let machine: StateMachine
  /// The messages with which the top reaches every state, so that none is unreachable.
  let jumps: [String]
  private var random: SeededRandom
  private let dialect: MachineDialect
  private var made = 0
  private var paths: [String] = []

  init(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let dialects: [MachineDialect] = [.swift, .swift, .xstate4, .xstate5, .scxml]
    var maker = RandomMachine(random: random, random.pick(dialects))
    let plan = maker.plan(name: "M", path: "", depth: 0)
    let jumps = maker.paths.map { "TO \($0)" }
    let top = zip(jumps, maker.paths).map { MachineTransition.on($0, to: "#\($1)") }
    let states = plan.children.map { maker.state($0) }
    let machine = MachineState(
      "M", plan.kind, transitions: top, states: states.map(\.traced))
    self.machine = StateMachine(
      "M", version: 1, context: ["n": 0], top: machine, dialect: maker.dialect, problems: [],
      warnings: [], migrate: nil)
    self.jumps = jumps
    dialect = maker.dialect
    self.random = maker.random
  }

  private init(random: SeededRandom, _ dialect: MachineDialect) {
    self.random = random
    self.dialect = dialect
    machine = StateMachine("M", initial: "a", states: [.state("a")])
    jumps = []
  }

  // MARK: - Tree

  private mutating func roll(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func newName() -> String {
    made += 1
    return "s\(made)"
  }

  private mutating func plan(name: String, path: String, depth: Int) -> Plan {
    let prefix = path.isEmpty ? "" : "\(path)."
    if depth > 0 { paths.append(path) }
    guard depth == 0 || (depth < 4 && roll(0...9) < 6) else {
      return Plan(name: name, path: path, kind: .atomic)
    }
    let isParallel = roll(0...2) == 0
    var children: [Plan] = []
    for _ in 0..<roll(isParallel ? 1...3 : 1...4) {
      let child = newName()
      children.append(plan(name: child, path: prefix + child, depth: depth + 1))
    }
    let first = children[0].name
    if !isParallel, roll(0...2) == 0 {
      let child = newName()
      paths.append(prefix + child)
      children.append(Plan(name: child, path: prefix + child, kind: .final))
    }
    if roll(0...2) == 0 {
      let child = newName()
      paths.append(prefix + child)
      let standard = roll(0...1) == 0 ? nil : "#\(children[0].path)"
      children.insert(
        Plan(
          name: child, path: prefix + child,
          kind: .history(deep: roll(0...1) == 0, standard: standard)), at: 0)
    }
    let initial = isParallel ? [] : beginning(in: children, first)
    return Plan(
      name: name, path: path, kind: isParallel ? .parallel : .compound(initial: initial),
      children: children)
  }

  /// The first child, or a state deeper in it, or one in each of its regions.
  private mutating func beginning(in children: [Plan], _ first: String) -> [String] {
    guard let child = children.first(where: { $0.name == first }), roll(0...2) == 0 else {
      return [first]
    }
    let inner = child.children.filter { plan in
      if case .history = plan.kind { false } else { true }
    }
    guard !inner.isEmpty else { return [first] }
    if child.kind == .parallel { return inner.map { "\(first).\($0.name)" } }
    return ["\(first).\(random.pick(inner).name)"]
  }

  // MARK: - Transitions

  private var reaches: [MachineReach] {
    switch dialect {
    case .swift, .scxml: [.outer, .outer, .inner]
    case .xstate4: [.alone, .contained]
    case .xstate5: [.contained, .contained, .reentering]
    }
  }

  private mutating func state(_ plan: Plan) -> MachineState {
    var transitions: [MachineTransition] = []
    var decided: Set<MachineTrigger> = []
    var isEnd = plan.kind == .final
    if case .history = plan.kind { isEnd = true }
    for _ in 0..<(isEnd ? 0 : roll(0...4)) {
      guard let new = transition(isAtomic: plan.children.isEmpty),
        !decided.contains(new.trigger)
      else { continue }
      if new.condition == nil { decided.insert(new.trigger) }
      transitions.append(new)
    }
    return MachineState(
      plan.name, plan.kind, transitions: transitions, states: plan.children.map { state($0) })
  }

  private mutating func sending() -> [MachineAction] {
    let message = random.pick(RandomMachine.own)
    switch roll(0...7) {
    case 0: return [.post(message)]
    case 1: return [.send(message)]
    case 2, 3: return [.send(message, after: .seconds(Int64(roll(0...9))), id: "i\(roll(0...2))")]
    default: return []
    }
  }

  private mutating func transition(isAtomic: Bool) -> MachineTransition? {
    let target = roll(0...5) == 0 ? [] : ["#\(paths[roll(0...paths.count - 1)])"]
    let parity = roll(0...1)
    let odd = MachineGuard("n % 2 = \(parity)") { ($0.context["n"].integer ?? 0) % 2 == parity }
    let condition = roll(0...1) == 0 ? odd : nil
    var actions: [MachineAction] = roll(0...1) == 0 ? [.count] : []
    if roll(0...12) == 0 { actions.append(.cancel("i\(roll(0...2))")) }
    let isOwn = roll(0...3) == 0
    let message = isOwn ? random.pick(RandomMachine.own) : random.pick(RandomMachine.messages)
    let trigger: MachineTrigger
    switch roll(0...23) {
    case 0, 12: return .forbid(message)
    case 1:
      // A loop of eventless transitions ends because it counts up.
      let rest = roll(0...6)
      let rare = MachineGuard("n % 7 = \(rest)") { ($0.context["n"].integer ?? 0) % 7 == rest }
      return MachineTransition(.always, targets: target, when: rare, actions: [.count])
    case 2, 13: trigger = .after(.seconds(Int64(roll(1...9))))
    case 3, 14:
      guard !isAtomic else { return nil }
      return MachineTransition(
        .done, targets: target, when: odd, reach: random.pick(reaches), actions: [.count])
    case 4, 15: trigger = .message("*")
    case 5: trigger = .message("a.*")
    case 6: trigger = .messages([message, random.pick(RandomMachine.messages)])
    default: trigger = .message(message)
    }
    if !isOwn, case .message(let name) = trigger, RandomMachine.messages.contains(name) {
      actions += sending()
    }
    return MachineTransition(
      trigger, targets: target, when: condition, reach: random.pick(reaches), actions: actions)
  }
}
