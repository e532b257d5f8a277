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

  static let messages = ["A", "B", "C", "D"]

  let machine: StateMachine
  /// The messages with which the top reaches every state, so that none is unreachable.
  let jumps: [String]
  private var random: SeededRandom
  private var made = 0
  private var paths: [String] = []

  init(seed: UInt64) {
    var maker = RandomMachine(random: SeededRandom(seed: seed))
    let plan = maker.plan(name: "M", path: "", depth: 0)
    let jumps = maker.paths.map { "TO \($0)" }
    let top = zip(jumps, maker.paths).map { MachineTransition.on($0, to: "#\($1)") }
    let states = plan.children.map { maker.state($0) }
    switch plan.kind {
    case .compound(let initial):
      machine = StateMachine(
        "M", initial: initial, context: ["n": 0], states: states.map(\.traced), on: top)
    default:
      machine = StateMachine("M", context: ["n": 0], regions: states.map(\.traced), on: top)
    }
    self.jumps = jumps
    random = maker.random
  }

  private init(random: SeededRandom) {
    self.random = random
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
    return Plan(
      name: name, path: path, kind: isParallel ? .parallel : .compound(initial: first),
      children: children)
  }

  // MARK: - Transitions

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

  private mutating func transition(isAtomic: Bool) -> MachineTransition? {
    let target = roll(0...5) == 0 ? [] : ["#\(paths[roll(0...paths.count - 1)])"]
    let parity = roll(0...1)
    let odd = MachineGuard("n % 2 = \(parity)") { ($0.context["n"].integer ?? 0) % 2 == parity }
    let condition = roll(0...1) == 0 ? odd : nil
    var actions: [MachineAction] = roll(0...1) == 0 ? [.count] : []
    if roll(0...9) == 0 { actions.append(.post(RandomMachine.messages[roll(0...3)])) }
    let message = RandomMachine.messages[roll(0...3)]
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
      trigger = .done
    case 4, 15: trigger = .message("*")
    default: trigger = .message(message)
    }
    return MachineTransition(
      trigger, targets: target, when: condition, isInternal: roll(0...2) == 0, actions: actions)
  }
}
