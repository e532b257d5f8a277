import Testing

@testable import EventicleCore

/// Wrong declarations are described in a sentence and never run.
@Suite struct MachineProblemTests {
  typealias Case = (name: String, machine: StateMachine, says: String)

  static func machine(_ initial: String, _ states: MachineState...) -> StateMachine {
    StateMachine("M", initial: initial, states: states)
  }

  static let cases: [Case] = [
    (
      "unknown target", machine("a", .state("a", .on("G", to: "b"))),
      "has no state b, to which the transition G of a leads; its states are a."
    ),
    ("unknown child", machine("a", .state("a", .on("G", to: ".x"))), "has no state .x, to which"),
    ("unknown path", machine("a", .state("a", .on("G", to: "#a.x"))), "has no state #a.x, to"),
    ("no initial", machine("", .state("a")), "does not say where the top begins; name one of a"),
    ("unknown initial", machine("b", .state("a")), "lets the top begin with b, but its states"),
    (
      "unknown inner initial", machine("a", .compound("a", initial: "y", states: [.state("x")])),
      "lets a begin with y, but its states are x."
    ),
    (
      "twice", machine("a", .state("a", .on("G", to: "b")), .state("b"), .state("b")),
      "declares the state b twice in the top"
    ),
    ("bad name", machine("a.b", .state("a.b")), "has a state called \"a.b\""),
    ("no regions", machine("p", .parallel("p", regions: [])), "has no regions in the parallel"),
    (
      "both in one region",
      machine("a", .state("a", .on("G", to: "b", "c")), .state("b"), .state("c")),
      "leads from a to b and c at once"
    ),
    (
      "inside each other",
      machine(
        "a", .state("a", .on("G", to: "b", "b.x")),
        .compound("b", initial: "x", states: [.state("x")])), "leads from a to b and b.x at once"
    ),
    (
      "begins at once in two states of one region",
      StateMachine(
        "M", initial: ["a.x", "a.y"],
        states: [.compound("a", initial: "x", states: [.state("x"), .state("y")])]),
      "lets the top begin with a.x and a.y at once"
    ),
    (
      "sends back in time", machine("a", .state("a", entry: [.send("G", after: .seconds(-2))])),
      "sends with a delay of -2s in a"
    ),
    ("negative delay", machine("a", .state("a", .after(.seconds(-1), to: "a"))), "waits -1s in a"),
    (
      "nameless message", machine("a", .state("a", .on("", to: "a"))),
      "has a transition of a on a message"
    ),
    (
      "transitions of an end",
      machine("a", MachineState("a", .final, transitions: [.on("G", to: "a")])),
      "has transitions in a, which is never waited in"
    ),
    (
      "states inside an atom", machine("a", MachineState("a", .atomic, states: [.state("x")])),
      "has states inside a, which is neither"
    ),
    ("history of itself", machine("h", .history("h")), "lets the history h lead to a history"),
    (
      "history leads out",
      machine(
        "a", .state("a", .on("G", to: "b.h")),
        .compound("b", initial: "x", states: [.state("x"), .history("h", standard: "a")])),
      "lets the history b.h lead out of the state around it"
    ),
    (
      "history leads nowhere",
      machine(
        "a",
        .compound("a", initial: "x", states: [.state("x"), .history("h", standard: "z")])),
      "has no state z, to which the history a.h leads"
    ),
    (
      "version", StateMachine("M", version: 0, initial: "a", states: [.state("a")]),
      "has the version 0, but versions begin at 1"
    ),
  ]

  @Test(arguments: cases.indices) func `a wrong declaration is reported and never run`(
    _ index: Int
  ) throws {
    let example = Self.cases[index]
    let problem = try #require(example.machine.problems.first, "\(example.name)")
    #expect(problem.hasPrefix("The machine M " + example.says), "\(example.name): \(problem)")
    #expect(problem.hasSuffix("."))
    #expect(throws: MachineError.unsound(problem)) { try example.machine.start(at: .standardStart) }
    #expect(throws: MachineError.unsound(problem)) {
      try example.machine.send(MachineMessage("G"), to: nil, at: .standardStart)
    }
    let domain = Domain(
      "d", aggregates: [AggregateRoot("M", stream: "m", machine: example.machine)])
    #expect(domain.problems.contains(.unsoundMachine(problem)))
    #expect(throws: DomainError.unsoundMachine(problem)) { try Engine(domain) }
  }

  static let odd: [Case] = [
    ("unreachable", machine("a", .state("a"), .state("b", .on("G", to: "a"))), "never reaches b;"),
    (
      "unreachable part",
      machine("a", .state("a"), .compound("b", initial: "x", states: [.state("x")])),
      "never reaches b;"
    ),
    (
      "unreachable child",
      machine("a", .compound("a", initial: "x", states: [.state("x"), .state("y")])),
      "never reaches a.y;"
    ),
    (
      "shadowed", machine("a", .state("a", .on("G"), .on("G", to: "a"))),
      "never takes a later transition of a on G"
    ),
    (
      "shadowed by a ban", machine("a", .state("a", .forbid("G"), .on("G", to: "a"))),
      "never takes a later transition of a on G"
    ),
    (
      "shadowed by two", machine("a", .state("a", .on("G"), .on("H"), .on("H", "G", to: "a"))),
      "never takes a later transition of a on H, G"
    ),
    ("nothing to be done", machine("a", .state("a", .done(to: "a"))), "waits for the end of a"),
  ]

  @Test(arguments: odd.indices) func `what is hardly meant is a warning, and runs`(
    _ index: Int
  ) throws {
    let example = Self.odd[index]
    #expect(example.machine.problems.isEmpty)
    #expect(example.machine.warnings.count == 1)
    let warning = try #require(example.machine.warnings.first, "\(example.name)")
    #expect(warning.hasPrefix("The machine M " + example.says), "\(example.name): \(warning)")
    #expect(warning.hasSuffix("."))
    let domain = Domain(
      "d", aggregates: [AggregateRoot("M", stream: "m", machine: example.machine)])
    #expect(domain.warnings == [warning])
    #expect(domain.problems.isEmpty)
    _ = try Engine(domain)
    _ = try example.machine.start(at: .standardStart)
  }

  @Test func `a chart without oddities has no warnings`() {
    #expect(Self.machine("a", .state("a", .on("G", to: "b")), .state("b")).warnings.isEmpty)
  }

  @Test func `endless eventless transitions are stopped`() throws {
    let circle = Self.machine("a", .state("a", .always(to: "b")), .state("b", .always(to: "a")))
    #expect(circle.problems.isEmpty)
    let error = try #require(throws: MachineError.self) { try circle.start(at: .standardStart) }
    #expect(error.description.contains("1000 steps for one message without coming to rest"))
  }

  @Test func `endless messages to itself are stopped`() throws {
    let echo = Self.machine("a", .state("a", .on("G", do: .post("G"))))
    let start = try echo.start(at: .standardStart).status
    #expect(throws: MachineError.self) {
      try echo.send(MachineMessage("G"), to: start, at: .standardStart)
    }
  }

  @Test func `a region reached by a transition makes its sibling regions reachable`() {
    let machine = Self.machine(
      "a", .state("a", .on("G", to: "p.r.r2")),
      .parallel(
        "p",
        regions: [
          .compound("l", initial: "l1", states: [.state("l1")]),
          .compound("r", initial: "r1", states: [.state("r1"), .state("r2")]),
        ]))
    #expect(machine.problems.isEmpty)
    #expect(machine.warnings.count == 1)
    #expect(machine.warnings.first?.contains("never reaches p.r.r1") == true)
  }
}
