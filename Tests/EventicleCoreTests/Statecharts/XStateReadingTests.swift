import Testing

@testable import EventicleCore

/// What the two spellings of XState's JSON mean.
@Suite struct XStateReadingTests {
  /// A machine of a chart whose named actions raise events of their name, and whose guards `yes` and
  /// `no` say so.
  static func machine(
    _ text: String, spelling: XStateSpelling? = nil, actions names: String...,
    delays: [String: Interval] = [:]
  ) -> StateMachine {
    var actions: [String: MachineAction] = [:]
    for name in names { actions[name] = .raise(EventType(name)) { ["params": $0.params] } }
    return StateMachine(
      "M", xstate: text, spelling: spelling,
      guards: text.contains("\"yes\"") ? ["yes": { _ in true }] : [:],
      actions: actions, delays: delays)
  }

  /// What a machine does with some messages: the events raised, and where it is then.
  static func run(_ machine: StateMachine, _ messages: String...) throws -> String {
    #expect(machine.problems == [])
    let start = try machine.start(at: .standardStart)
    var status = start.status
    var events = start.events
    for message in messages {
      let step = try machine.send(MachineMessage(message), to: status, at: .standardStart)
      events += step.events
      status = step.status
    }
    let said = events.map(\.type.text).joined(separator: " ")
    return said.isEmpty ? "\(status.configuration)" : "\(said) in \(status.configuration)"
  }

  @Test func `targets are siblings, children, ids, and paths from an id`() throws {
    let machine = Self.machine(
      """
      {"id": "shop", "initial": "a", "states": {
        "a": {"on": {"SIB": "b", "DEEP": "b.y", "ID": "#why", "FROM": "#shop.b.y",
                     "PATH": {"target": "#bee.y"}}},
        "b": {"id": "bee", "initial": "x", "on": {"CHILD": ".y", "BACK": "a"},
              "states": {"x": {}, "y": {"id": "why", "on": {"UP": "#bee"}}}}}}
      """)
    for (message, place) in [
      ("SIB", #"{"b":"x"}"#), ("DEEP", #"{"b":"y"}"#), ("ID", #"{"b":"y"}"#),
      ("FROM", #"{"b":"y"}"#), ("PATH", #"{"b":"y"}"#),
    ] { #expect(try Self.run(machine, message) == place, "\(message)") }
    #expect(try Self.run(machine, "SIB", "CHILD") == #"{"b":"y"}"#)
    #expect(machine.name == "M")
    #expect(
      StateMachine(xstate: #"{"id": "shop", "initial": "a", "states": {"a": {}}}"#).name == "shop")
  }

  @Test func `lists of transitions, forbidden ones, and several messages at once`() throws {
    let machine = Self.machine(
      """
      {"initial": "a", "on": {"X": ".c", "Y": ".c"}, "states": {
        "a": {"on": {"G": [{"target": "b", "guard": "no"}, {"target": "c", "guard": "yes"}],
                     "X": {}, "Y": []}},
        "b": {}, "c": {"on": [{"event": ["A", "B"], "target": "b"}]}}}
      """)
    // No guard of the name no is given.
    #expect(machine.problems.count == 1)
    let good = StateMachine(
      "M", xstate: machineText("no"), guards: ["no": { _ in false }, "yes": { _ in true }])
    #expect(try Self.run(good, "G") == "c")
    #expect(try Self.run(good, "X", "Y") == "a")
    #expect(try Self.run(good, "G", "B") == "b")
    #expect(try Self.run(good, "G", "A") == "b")
    #expect(try Self.run(good, "G", "X") == "c")
  }

  private func machineText(_ guardName: String) -> String {
    """
    {"initial": "a", "on": {"X": ".c", "Y": ".c"}, "states": {
      "a": {"on": {"G": [{"target": "b", "guard": "\(guardName)"}, {"target": "c", "guard": "yes"}],
                   "X": {}, "Y": []}},
      "b": {}, "c": {"on": [{"event": ["A", "B"], "target": "b"}]}}}
    """
  }

  @Test func `version 5 keeps the source, version 4 leaves it`() throws {
    let text = """
      {"initial": "p", "states": {"p": {"initial": "x", "entry": "+p", "exit": "-p",
        "on": {"IN": {"target": "#y"}, "DOT": ".y"},
        "states": {"x": {"entry": "+x", "exit": "-x"}, "y": {"id": "y", "entry": "+y"}}}}}
      """
    let five = Self.machine(text, spelling: .version5, actions: "+p", "-p", "+x", "-x", "+y")
    #expect(try Self.run(five, "IN") == #"+p +x -x +y in {"p":"y"}"#)
    let four = Self.machine(text, spelling: .version4, actions: "+p", "-p", "+x", "-x", "+y")
    #expect(try Self.run(four, "IN") == #"+p +x -x -p +p +y in {"p":"y"}"#)
    #expect(try Self.run(four, "DOT") == #"+p +x -x +y in {"p":"y"}"#)
    let again = text.replacing(
      ##"{"target": "#y"}"##, with: ##"{"target": "#y", "reenter": true}"##)
    let reentered = Self.machine(again, actions: "+p", "-p", "+x", "-x", "+y")
    #expect(try Self.run(reentered, "IN") == #"+p +x -x -p +p +y in {"p":"y"}"#)
  }

  @Test func `prefixes come after names and before the star`() throws {
    let machine = Self.machine(
      """
      {"initial": "a", "states": {"a": {"on": {"*": "star", "error.*": "any", "error.disk.*": "disk",
        "error.disk.full": "full"}}, "star": {}, "any": {}, "disk": {}, "full": {}}}
      """)
    for (message, place) in [
      ("error.disk.full", "full"), ("error.disk.slow", "disk"), ("error.disk", "disk"),
      ("error.net", "any"), ("error", "any"), ("errors", "star"),
    ] { #expect(try Self.run(machine, message) == place, "\(message)") }
  }

  @Test func `always, done, parallel, final and history are those of the engine`() throws {
    let machine = Self.machine(
      """
      {"initial": "w", "states": {
        "w": {"type": "parallel", "onDone": {"target": "end"}, "on": {"OUT": "out"}, "states": {
          "l": {"initial": "l1", "states": {"l1": {"on": {"L": "l2"}}, "l2": {"type": "final"}}},
          "r": {"initial": "r1", "states": {"r1": {"always": {"target": "r2", "guard": "yes"}},
            "r2": {"on": {"R": "r3"}}, "r3": {"type": "final"}, "h": {"type": "history"}}},
          "deep": {"type": "history", "history": "deep"}}},
        "out": {"on": {"SHALLOW": "w.r.h", "DEEP": "w.deep"}},
        "end": {"type": "final"}}}
      """)
    #expect(try Self.run(machine) == #"{"w":{"l":"l1","r":"r2"}}"#)
    #expect(try Self.run(machine, "L", "R") == "end")
    #expect(try Self.run(machine, "L", "OUT", "DEEP") == #"{"w":{"l":"l2","r":"r2"}}"#)
    #expect(try Self.run(machine, "L", "OUT", "SHALLOW") == #"{"w":{"l":"l1","r":"r2"}}"#)
  }

  @Test func `guards, actions and delays are given by name, with what stands beside them`() throws {
    let machine = StateMachine(
      xstate: """
        {"context": {"n": 3}, "initial": "a", "states": {
          "a": {"after": {"SOON": "b"}, "on": {
            "G": {"target": "c", "guard": {"type": "atLeast", "params": {"least": 2}}}}},
          "b": {}, "c": {"entry": [{"type": "tell", "params": {"who": "me"}}, "tell"]}}}
        """,
      guards: [
        "atLeast": { ($0.context["n"].integer ?? 0) >= ($0.params["least"].integer ?? 9) }
      ],
      actions: ["tell": .raise("Told") { ["who": $0.params["who"]] }],
      delays: ["SOON": .seconds(5)])
    #expect(machine.problems.isEmpty)
    let start = try machine.start(at: .standardStart)
    #expect(start.status.delays.map(\.id) == ["a/5s"])
    let step = try machine.send(MachineMessage("G"), to: start.status, at: .standardStart)
    #expect(step.events.map(\.data.value) == [["who": "me"], ["who": nil]])
    #expect(machine.transitions.first { $0.condition != nil }?.condition == "atLeast")
  }

  @Test func `raise, send, cancel, assign and emit are done without being given`() throws {
    let machine = StateMachine(
      xstate: """
        {"initial": "a", "states": {
          "a": {"entry": [{"type": "xstate.raise", "params": {"event": {"type": "LATE", "n": 1},
                                                             "delay": 1000, "id": "t"}}],
                "on": {"GO": {"target": "b", "actions": [
                  {"type": "xstate.assign", "assignment": {"done": true}},
                  {"type": "xstate.emit", "params": {"event": {"type": "Went", "far": 2}}}]},
                  "STOP": {"actions": {"type": "xstate.cancel", "params": {"sendId": "t"}}},
                  "LATE": "c"}},
          "b": {"entry": {"type": "xstate.sendTo", "event": {"type": "NEXT"}},
                "on": {"NEXT": "c"}}, "c": {"on": {"LATE": {"actions": "xstate.log"}}}}}
        """)
    #expect(machine.problems == [])
    let start = try machine.start(at: .standardStart).status
    #expect(start.delays.map(\.id) == ["send:t"])
    #expect(start.delays.first?.message == MachineMessage("LATE", ["n": 1]))
    let went = try machine.send(MachineMessage("GO"), to: start, at: .standardStart)
    #expect(went.status.configuration.description == "c")
    #expect(went.events.map(\.type) == ["Went"] && went.events.first?.data.value == ["far": 2])
    #expect(went.status.context == ["done": true])
    #expect(went.status.delays.count == 1)
    let stopped = try machine.send(MachineMessage("STOP"), to: start, at: .standardStart)
    #expect(stopped.status.delays.isEmpty)
    #expect(stopped.delays.cancelled == ["send:t"])
    let late = try machine.fire("send:t", in: start, at: .standardStart + .seconds(1))
    #expect(late.outcome == .taken && late.status.configuration.description == "c")
  }

  @Test func `what XState 4 writes of a machine itself is read too`() throws {
    // As JSON.stringify writes the definition: ids as targets, delays as sends, every member there.
    let machine = Self.machine(
      """
      {"id": "door", "key": "door", "version": "1", "type": "compound", "initial": "open",
       "history": false, "on": {}, "transitions": [], "entry": [], "exit": [], "activities": [],
       "order": -1, "invoke": [], "tags": [], "states": {
        "open": {"id": "door.open", "key": "open", "type": "atomic", "history": false, "states": {},
          "on": {"xstate.after(1000)#door.open": [{"target": ["#door.shut"], "actions": [],
            "eventType": "xstate.after(1000)#door.open", "source": "#door.open", "delay": 1000,
            "event": "xstate.after(1000)#door.open", "internal": false}]},
          "entry": [{"type": "xstate.send", "event": {"type": "xstate.after(1000)#door.open"},
            "delay": 1000, "id": "xstate.after(1000)#door.open"}],
          "exit": [{"type": "xstate.cancel", "sendId": "xstate.after(1000)#door.open"}],
          "activities": [], "order": 0, "invoke": [], "tags": []},
        "shut": {"id": "door.shut", "key": "shut", "type": "final", "history": false, "states": {},
          "on": {}, "entry": [], "exit": [], "activities": [], "order": 1, "invoke": []}}}
      """)
    #expect(machine.problems == [] && machine.warnings == [])
    let start = try machine.start(at: .standardStart).status
    let delay = try #require(start.delays.first)
    #expect(delay.due == .standardStart + .seconds(1))
    let fired = try machine.fire(delay.id, in: start, at: delay.due)
    #expect(fired.status.configuration.description == "shut" && machine.isOver(fired.status))
  }

  @Test func `in version 4 in names states, and data goes with the end`() throws {
    let machine = Self.machine(
      """
      {"type": "parallel", "states": {
        "a": {"initial": "a1", "states": {"a1": {"on": {"A": "a2"}}, "a2": {}}},
        "b": {"initial": "b1", "states": {"b1": {"on": {"B": {"target": "b2", "in": "a.a2"}}},
          "b2": {"initial": "x", "onDone": {"actions": "told"}, "states": {
            "x": {"on": {"E": "y"}}, "y": {"type": "final", "data": {"sum": 4}}}}}}}}
      """, actions: "told")
    #expect(try Self.run(machine, "B") == #"{"a":"a1","b":"b1"}"#)
    #expect(try Self.run(machine, "A", "B", "E") == #"told in {"a":"a2","b":{"b2":"y"}}"#)
  }

  @Test func `in is seen from two levels above, or from the top, and names keep their own words`()
    throws
  {
    func machine(_ place: String) -> StateMachine {
      StateMachine(
        "M",
        xstate: """
          {"initial": "w", "states": {"w": {"type": "parallel", "states": {
            "a": {"initial": "a1", "states": {"a1": {"on": {"A": "a2"}}, "a2": {}}},
            "b": {"initial": "b1", "states": {
              "b1": {"on": {"B": {"target": "b2", "in": "\(place)",
                                  "actions": {"type": "tell", "name": "x"}}}}, "b2": {}}}}}}}
          """, actions: ["tell": .raise("told") { $0.params }])
    }
    for place in ["a.a2", "w.a.a2"] {
      let machine = machine(place)
      #expect(try Self.run(machine, "B") == #"{"w":{"a":"a1","b":"b1"}}"#)
      #expect(try Self.run(machine, "A", "B") == #"told in {"w":{"a":"a2","b":"b2"}}"#)
    }
    let start = try machine("a.a2").start(at: .standardStart).status
    let on = try machine("a.a2").send(MachineMessage("A"), to: start, at: .standardStart).status
    let step = try machine("a.a2").send(MachineMessage("B"), to: on, at: .standardStart)
    #expect(step.events.first?.data.value == ["name": "x"])
    let wrong = machine("a.a9").problems.first
    #expect(wrong?.contains(".in: there is no state a.a9 at the top") == true)
  }

  @Test func `what is only for people and what is not done here is said, not refused`() throws {
    let machine = Self.machine(
      """
      {"initial": "a", "description": "x", "meta": {}, "tsTypes": {}, "states": {
        "a": {"tags": ["t"], "invoke": {"src": "load", "id": "l", "onDone": "b"}, "onn": {},
              "on": {"S": {"actions": {"type": "xstate.sendTo", "to": "other", "event": "E"}}}},
        "b": {}}}
      """)
    #expect(machine.problems.isEmpty)
    #expect(machine.warnings.count == 3)
    for words in [
      "states.a.invoke: load is not started here", "states.a.onn: this is no part of a state",
      "E goes to another actor",
    ] { #expect(machine.warnings.contains { $0.contains(words) }, "\(words): \(machine.warnings)") }
    #expect(try Self.run(machine, "xstate.done.actor.l") == "b")
  }

  @Test func `names given that no place uses are warned about`() {
    let machine = StateMachine(
      xstate: #"{"initial": "a", "states": {"a": {}}}"#, guards: ["gone": { _ in true }],
      actions: ["lost": .post("X")], delays: ["never": .seconds(1)])
    #expect(machine.warnings.count == 3 && machine.problems.isEmpty)
  }

  @Test func `order is that of JavaScript, and of a name given twice the last counts`() {
    let machine = StateMachine(
      xstate: """
        {"type": "parallel", "states": {"b": {"type": "final"}, "2": {}, "1": {}, "b": {}}}
        """)
    #expect(machine.states.dropFirst().map(\.name) == ["1", "2", "b"])
    #expect(machine.states.last?.kind == .atomic)
  }

  @Test func `a chart read from JSON is stored and continued like any other`() throws {
    let machine = Self.machine(
      """
      {"initial": "a", "states": {"a": {"entry": {"type": "xstate.raise", "event": "LATE",
        "delay": 500}, "on": {"LATE": "b"}}, "b": {}}}
      """)
    let status = try machine.start(at: .standardStart).status
    let back = try machine.status(from: machine.data(of: status))
    #expect(back == status)
    #expect(back.delays.first?.message?.name == "LATE")
    let fired = try machine.fire("send:LATE", in: back, at: .standardStart + .milliseconds(500))
    #expect(fired.status.configuration.description == "b")
  }
}
