import EventicleCore

/// Transitions of state machines, without an aggregate around them.
enum Charts {
  static let all = [
    Bench("chart", [1_000_000], unit: "transition") { try run(light, ["TIMER"], $0) },
    Bench("chart_guarded", [1_000_000], unit: "transition") { try run(guarded, ["PASS"], $0) },
    Bench("chart_xstate", [1_000_000], unit: "transition") {
      try run(read, ["TIMER", "TIMER", "COUNT", "COUNT", "TIMER"], $0)
    },
  ]

  /// Three states, one of which has three inside.
  static let light = StateMachine(
    "Light", initial: "green",
    states: [
      .state("green", .on("TIMER", to: "yellow")), .state("yellow", .on("TIMER", to: "red")),
      .compound(
        "red", initial: "walk", .on("TIMER", to: "green"),
        states: [.state("walk", .on("COUNT", to: "wait")), .state("wait")]),
    ])

  /// A guard and a changed context on each transition.
  static let guarded = StateMachine(
    "Gate", initial: "a", context: ["n": 0],
    states: [
      .state("a", .on("PASS", to: "b", when: counted, do: count)),
      .state("b", .on("PASS", to: "a", when: counted, do: count)),
    ])

  /// The light as a chart of XState's JSON, with a name for each of its three inner states.
  static let read = StateMachine(
    xstate: """
      {"initial": "green", "states": {
        "green": {"on": {"TIMER": "yellow"}}, "yellow": {"on": {"TIMER": "red"}},
        "red": {"initial": "walk", "on": {"TIMER": "green"}, "states": {
          "walk": {"on": {"COUNT": "wait"}}, "wait": {"on": {"COUNT": "stop"}}, "stop": {}}}}}
      """)

  private static let counted = MachineGuard("counted") { ($0.context["n"].integer ?? -1) >= 0 }
  private static let count = MachineAction.assign("count") { context, _ in
    context["n"] = .int((context["n"].integer ?? 0) + 1)
  }

  /// Sends messages in turn, each of which is taken.
  private static func run(
    _ machine: StateMachine, _ names: [String], _ size: Int
  ) throws -> Sample {
    let messages = names.map { MachineMessage($0) }
    var status = try machine.start(at: .standardStart).status
    let sample = try measure(size) {
      var taken = 0
      for number in 0..<size {
        let step = try machine.send(
          messages[number % messages.count], to: status, at: .standardStart)
        taken += step.taken.count
        status = step.status
      }
      return taken
    }
    try prove(sample.check, size, "the transitions taken")
    return sample
  }
}
