import Testing

@testable import EventicleCore

/// A machine whose states report when they are entered and left, and the expected results.
struct StatechartCase: Sendable, CustomTestStringConvertible {
  /// One input to the machine and its expected result.
  enum Step: Sendable {
    /// A message is taken: the reports on the way, and the final configuration.
    case send(String, String, in: String)
    /// A delay fires and is taken.
    case fire(String, String, in: String)
    /// A delay is used up because no guard holds.
    case spend(String)
    /// A message is forbidden by a state.
    case forbidden(String, by: String)
    /// A message is not taken, because these guards do not hold.
    case unhandled(String, guards: [String] = [])
  }

  let name: String
  let machine: StateMachine
  let beginning: (said: String, value: String)
  let steps: [Step]

  var testDescription: String { name }

  init(
    _ name: String, _ machine: StateMachine, starts said: String, in value: String,
    _ steps: Step...
  ) {
    self.name = name
    self.machine = machine
    beginning = (said, value)
    self.steps = steps
  }

  /// A machine of reporting states.
  static func machine(
    _ initial: String, _ states: MachineState..., context: JSON = ["n": 0],
    on transitions: [MachineTransition] = []
  ) -> StateMachine {
    StateMachine(
      "M", initial: initial, context: context, states: states.map(\.traced), on: transitions)
  }

  /// A machine of reporting regions.
  static func regions(
    _ states: MachineState..., on transitions: [MachineTransition] = []
  ) -> StateMachine {
    StateMachine("M", context: ["n": 0], regions: states.map(\.traced), on: transitions)
  }

  /// Runs and checks all steps.
  func run() throws {
    #expect(machine.problems.isEmpty)
    let start = try machine.start(at: .standardStart)
    check(start, beginning.said, beginning.value)
    var status = start.status
    for step in steps {
      let before = status
      switch step {
      case .send(let message, let said, let value):
        let result = try send(message, status)
        #expect(result.outcome == .taken, "\(message)")
        check(result, said, value)
        status = result.status
      case .fire(let delay, let said, let value):
        let result = try machine.fire(delay, in: status, at: .standardStart)
        #expect(result.outcome == .taken, "\(delay)")
        check(result, said, value)
        status = result.status
      case .spend(let delay):
        status = try machine.fire(delay, in: status, at: .standardStart).status
        #expect(status.configuration == before.configuration)
        #expect(!status.delays.contains { $0.id == delay })
      case .forbidden(let message, let state):
        #expect(try send(message, status).outcome == .forbidden(by: [state]))
        #expect(try send(message, status).status == before)
      case .unhandled(let message, let guards):
        #expect(try send(message, status).outcome == .unhandled(guards: guards))
        #expect(try send(message, status).status == before)
      }
    }
  }

  private func send(_ message: String, _ status: MachineStatus) throws -> MachineStep {
    try machine.send(MachineMessage(message), to: status, at: .standardStart)
  }

  private func check(_ step: MachineStep, _ said: String, _ value: String) {
    #expect(step.events.map(\.type.text).joined(separator: " ") == said)
    #expect(step.status.configuration.description == value)
  }
}

extension MachineState {
  /// The same state and those inside it, reporting `+name` when entered and `-name` when left.
  var traced: MachineState {
    let (entered, left) = (
      MachineAction.raise(EventType("+\(name)")), MachineAction.raise(EventType("-\(name)"))
    )
    return MachineState(
      name, kind, transitions: transitions, states: states.map(\.traced),
      entry: [entered] + entry, exit: [left] + exit)
  }
}

extension MachineAction {
  /// Adds one to the number in the context.
  static let count = MachineAction.assign("count") { context, _ in
    context["n"] = .int((context["n"].integer ?? 0) + 1)
  }

  /// Reports the number in the context.
  static let tell = MachineAction.raise("told") { ["n": $0.context["n"]] }
}

extension MachineGuard {
  /// Holds when the number in the context is at least `number`.
  static func atLeast(_ number: Int) -> MachineGuard {
    MachineGuard("n ≥ \(number)") { ($0.context["n"].integer ?? 0) >= number }
  }
}
