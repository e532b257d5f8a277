import TestSupport
import Testing

@testable import EventicleCore

/// Charts that cannot be read are refused in sentences that name the place, whatever they are.
@Suite struct XStateFaultTests {
  static let faults: [(chart: String, says: String)] = [
    ("[]", "at its top: a chart is an object with states, but this is an array."),
    ("{", "cannot be read: it is not JSON:"),
    (
      #"{"states": {"a": {}}}"#,
      "a state with states inside says with which it begins: write one of a"
    ),
    (
      #"{"initial": "b", "states": {"a": {}}}"#,
      "at initial: there is no state b at the top; there is a."
    ),
    (#"{"initial": "a", "states": {"a": 7}}"#, "at states.a: a state is an object"),
    (
      #"{"initial": "a", "states": []}"#,
      "at states: states are an object by name, but this is an array"
    ),
    (
      #"{"initial": "a", "states": {"a": {"on": {"GO": "bee"}}, "be": {}, "c": {}}}"#,
      "at states.a.on.GO: there is no state bee at the top; did you mean be?"
    ),
    (
      ##"{"initial": "a", "states": {"a": {"on": {"GO": [{"target": "#x"}]}}}}"##,
      "at states.a.on.GO[0].target: no state has the id #x"
    ),
    (
      #"{"initial": "a", "states": {"a": {"on": {"GO": 5}}}}"#,
      "at states.a.on.GO: a transition is the name of a state or an object with target, but this is"
    ),
    (
      #"{"initial": "a", "states": {"a": {"on": {"GO": {"guard": "ready", "actions": "x"}}}}}"#,
      "at states.a.on.GO.guard: no guard is given for the name ready; give it in guards:"
    ),
    (
      #"{"initial": "a", "states": {"a": {"entry": "ring"}}}"#,
      "at states.a.entry: no action is given for the name ring; give it in actions:"
    ),
    (
      #"{"initial": "a", "states": {"a": {"entry": [null]}}}"#,
      "at states.a.entry[0]: an action is a name"
    ),
    (
      #"{"initial": "a", "states": {"a": {"after": {"SOON": "a"}}}}"#,
      "at states.a.after.SOON: no delay is given for the name SOON"
    ),
    (
      #"{"initial": "a", "states": {"a": {"after": {"-5": "a"}}}}"#,
      "a delay is 0 or more milliseconds, but this is -5"
    ),
    (
      #"{"initial": "a", "states": {"a": {"type": "paralel"}}}"#,
      "at states.a.type: a state is atomic, compound, parallel, final or history"
    ),
    (
      #"{"initial": "a", "states": {"a": {"id": "x"}, "b": {"id": "x"}}}"#,
      "at states.b: the id x is that of states.a too"
    ),
    (
      #"{"initial": "a", "states": {"a": {"on": {"A": {"cond": "x"}, "B": {"guard": "x"}}}}}"#,
      "this is written as in XState 5, but states.a.on.A.cond as in XState 4"
    ),
    (
      #"{"initial": "a", "states": {"a": {"entry": {"type": "xstate.choose"}}}}"#,
      "xstate.choose is not done here"
    ),
    (
      #"{"initial": "a", "states": {"a": {"entry": {"type": "xstate.raise", "event": 5}}}}"#,
      "what is sent is written as event"
    ),
    (
      #"{"initial": "a", "states": {"a": {"entry": {"type": "xstate.cancel"}}}}"#,
      "what is cancelled is written as sendId"
    ),
    (
      #"{"initial": "a", "states": {"a": {"entry": {"type": "xstate.assign"}}}}"#,
      "only plain values can be assigned"
    ),
    (
      #"{"initial": "a", "states": {"a": {"on": 3}}}"#,
      "at states.a.on: on is an object of transitions"
    ),
    (
      #"{"delimiter": "/", "initial": "a", "states": {"a": {}}}"#,
      "paths are written with dots here"
    ),
  ]

  @Test(arguments: faults.indices) func `a chart that cannot be read says where and why`(
    _ index: Int
  ) throws {
    let example = Self.faults[index]
    let machine = StateMachine("Door", xstate: example.chart)
    let problem = try #require(machine.problems.first, "\(example.chart)")
    #expect(problem.hasPrefix("The machine Door cannot be read"), "\(problem)")
    #expect(problem.contains(example.says), "\(problem)")
    #expect(problem.hasSuffix("."))
    #expect(throws: MachineError.unsound(problem)) { try machine.start(at: .standardStart) }
    let root = AggregateRoot("Door", stream: "doors", machine: machine)
    #expect(throws: DomainError.unsoundMachine(problem)) {
      try Engine(Domain("d", aggregates: [root]))
    }
  }

  @Test func `a hostile size is refused in words`() {
    let wide = (0..<6_000).map { #""s\#($0)": {}"# }.joined(separator: ", ")
    let states = StateMachine("M", xstate: #"{"type": "parallel", "states": {\#(wide)}}"#)
    #expect(states.problems.first?.contains("more than 5000 states") == true)
    let ways = Array(repeating: #""a""#, count: 10_500).joined(separator: ", ")
    let transitions = StateMachine(
      "M", xstate: #"{"initial": "a", "states": {"a": {"on": {"G": [\#(ways)]}}}}"#)
    #expect(transitions.problems.first?.contains("more than 10000 transitions") == true)
    var deep = "{}"
    for _ in 0..<40 { deep = #"{"initial": "a", "states": {"a": \#(deep)}}"# }
    let levels = StateMachine("M", xstate: deep)
    #expect(levels.problems.contains { $0.contains("nested deeper than 32 levels") })
    let name = String(repeating: "n", count: 5_000)
    let long = StateMachine("M", xstate: #"{"initial": "a", "states": {"\#(name)": {}, "a": {}}}"#)
    #expect(long.problems.first?.contains("a name has at most 128 bytes") == true)
    #expect(long.problems.allSatisfy { $0.utf8.count < 1_000 })
    let bytes = String(repeating: " ", count: Limits.chartBytes + 1)
    #expect(
      StateMachine("M", xstate: bytes).problems.first?.contains("a chart has at most 4194304")
        == true)
  }

  @Test func `a chart that is wrong throughout tells a few of its faults`() {
    let ways = (0..<3_000).map { #""m\#($0)": "nowhere\#($0)""# }.joined(separator: ", ")
    let states = (0..<2_000).map { #""s\#($0)": {}"# }.joined(separator: ", ")
    let machine = StateMachine(
      "M", xstate: #"{"initial": "s0", "on": {\#(ways)}, "states": {\#(states)}}"#)
    #expect(machine.problems.count == XStateTree.most)
  }

  /// Random changes of a sound chart: values swapped, removed, or of another kind.
  @Test(arguments: seeds(300)) func `any JSON is read or refused, and what is read runs`(
    seed: UInt64
  ) throws {
    var random = SeededRandom(seed: seed)
    let record = random.pick(XStateAgreementTests.records)
    let chart = Self.spoilt(record["chart"], &random)
    var guards: [String: MachineGuard.Test] = [:]
    for name in ["even", "odd", "few", "rare0", "rare1"] { guards[name] = { _ in seed % 2 == 0 } }
    let machine = StateMachine("M", xstate: chart, guards: guards, actions: ["count": .count])
    for problem in machine.problems { #expect(problem.hasSuffix("."), "\(problem)") }
    guard machine.problems.isEmpty, let start = try? machine.start(at: .standardStart) else {
      return
    }
    var status = start.status
    for _ in 0..<10 {
      let name = random.pick(machine.messageNames + ["X"])
      guard let step = try? machine.send(MachineMessage(name), to: status, at: .standardStart)
      else {
        return
      }
      status = step.status
      #expect(try machine.status(from: machine.data(of: status)) == status)
    }
  }

  private static func spoilt(_ value: JSON, _ random: inout SeededRandom) -> JSON {
    if random.below(60) == 0 {
      let others: [JSON] = [
        nil, true, 5, "x", "#M", ".", "", [], [:], ["a"], ["type": "final"], ["target": 3], -1,
      ]
      return random.pick(others)
    }
    switch value {
    case .array(let items): return .array(items.map { spoilt($0, &random) })
    case .object(let object):
      var pairs: [(String, JSON)] = []
      for member in object.members where random.below(60) != 0 {
        let keys = ["target", "on", "", "initial", "type", "id", "history"]
        let key = random.below(80) == 0 ? random.pick(keys) : member.key
        pairs.append((key, spoilt(member.value, &random)))
      }
      return .object(JSONObject(pairs))
    default: return value
    }
  }
}
