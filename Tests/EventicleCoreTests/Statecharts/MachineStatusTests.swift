import Testing

@testable import EventicleCore

/// The status of a machine, and resuming from it.
@Suite struct MachineStatusTests {
  static let now = Instant.standardStart
  static let door = StateMachine(
    "Door", initial: "closed", context: ["opened": 0],
    states: [
      .state(
        "closed",
        .on(
          "OPEN", to: "open",
          do: .assign { context, _ in
            context["opened"] = .int((context["opened"].integer ?? 0) + 1)
          }), .forbid("SLAM")),
      .state(
        "open", .on("CLOSE", to: "closed"), .after(.seconds(30), to: "closed"),
        .after(.seconds(10), do: .raise("Warned"))),
    ])

  static func open(_ machine: StateMachine = door, at now: Instant = now) throws -> MachineStatus {
    try machine.send(MachineMessage("OPEN"), to: nil, at: now).status
  }

  @Test func `a status stores the state, context, version and delays only`() throws {
    let status = try Self.open()
    let data = Self.door.data(of: status)
    #expect(
      "\(data)"
        == #"{"state":"open","context":{"opened":1},"message":"OPEN","machineVersion":1,"delays":["#
        + #"{"id":"open/30s","due":"2026-01-01T09:00:30.000Z"},"#
        + #"{"id":"open/10s","due":"2026-01-01T09:00:10.000Z"}]}"#)
    #expect(try Self.door.status(from: data) == status)
    let closed = try Self.door.start(at: Self.now).status
    #expect(
      Self.door.data(of: closed).object?.keys == ["state", "context", "message", "machineVersion"])
  }

  @Test func `delays fall due by time, then in the order of arming`() throws {
    let status = try Self.open()
    #expect(status.delaysDue(at: Self.now + .seconds(9)).isEmpty)
    #expect(status.delaysDue(at: Self.now + .seconds(10)).map(\.id) == ["open/10s"])
    #expect(status.delaysDue(at: Self.now + .hours(1)).map(\.id) == ["open/10s", "open/30s"])
  }

  @Test func `resuming from a status keeps the due times`() throws {
    let data = Self.door.data(of: try Self.open())
    let status = try Self.door.status(from: data)
    let later = try Self.door.fire("open/10s", in: status, at: Self.now + .seconds(10))
    #expect(later.events.map(\.type) == ["Warned"])
    #expect(later.status.delays == [MachineDelay(id: "open/30s", due: Self.now + .seconds(30))])
    #expect(later.delays == MachineDelayChanges(cancelled: ["open/10s"], armed: []))
  }

  @Test func `leaving a state cancels its delays, entering it arms them again`() throws {
    let status = try Self.open()
    let closed = try Self.door.send(MachineMessage("CLOSE"), to: status, at: Self.now)
    #expect(closed.delays.cancelled == ["open/30s", "open/10s"])
    #expect(closed.status.delays.isEmpty)
    let late = try Self.door.fire("open/30s", in: closed.status, at: Self.now)
    #expect(late.outcome == .unhandled(guards: []))
    #expect(late.status == closed.status)
    let again = try Self.door.send(
      MachineMessage("OPEN"), to: closed.status, at: Self.now + .seconds(5))
    #expect(again.delays.armed.map(\.due) == [30, 10].map { Self.now + .seconds(5 + $0) })
  }

  @Test func `a due time beyond the range of dates is kept`() throws {
    let far = Instant(milliseconds: Int64.max - 5)
    let status = try Self.open(at: far)
    #expect(status.delays.map(\.due.milliseconds) == [Int64.max, Int64.max])
    #expect(try Self.door.status(from: Self.door.data(of: status)) == status)
  }

  @Test(arguments: [
    (#"{"state":"ajar"}"#, "there is no state ajar in the top"),
    (#"{"state":{"open":"x"}}"#, "there is no state x in open"),
    (#"{"state":{}}"#, "it names 0 active states of the top, not one"),
    (#"{"state":{"open":{},"closed":{}}}"#, "it names 2 active states of the top"),
    (#"{}"#, "it names 0 active states"), (#"{"state":7}"#, "it names 0 active states"),
    (#"{"state":"open","delays":[{"id":"open/1s","due":5}]}"#, "is no delay of this machine"),
    (#"{"state":"open","delays":[{"id":"open/30s","due":"soon"}]}"#, "is no delay of this machine"),
    (#"{"state":"open","history":{"open":["open"]}}"#, "the history open remembers what"),
  ]) func `a status that does not fit the machine is refused`(
    _ text: String, _ reason: String
  ) throws {
    var data = try JSON(parsing: Array(text.utf8))
    data["machineVersion"] = 1
    let error = try #require(throws: MachineError.self) { try Self.door.status(from: data) }
    #expect(error.description.contains(reason), "\(error)")
    #expect(error.description.hasPrefix("A status of the machine Door should say"))
  }

  @Test func `missing and unknown regions are refused`() throws {
    let machine = StateMachine("M", regions: [.state("a"), .state("b")])
    for text in [#"{"a":{}}"#, #"{"a":{},"b":{},"c":{}}"#, #""a""#] {
      let data: JSON = ["state": try JSON(parsing: Array(text.utf8)), "machineVersion": 1]
      let error = try #require(throws: MachineError.self) { try machine.status(from: data) }
      #expect(error.description.contains("the regions of the top are a, b, but it names"))
    }
  }

  // MARK: - Versions

  /// The door of a later version, whose closed state is renamed to shut.
  static func later(migrate: StateMachine.Migration?) -> StateMachine {
    StateMachine(
      "Door", version: 2, initial: "shut", context: ["opened": 0],
      states: [
        .state("shut", .on("OPEN", to: "open")), .state("open", .on("CLOSE", to: "shut")),
      ], migrate: migrate)
  }

  @Test func `a migration converts the status of an older version`() throws {
    let old = Self.door.data(of: try Self.door.start(at: Self.now).status)
    let machine = Self.later { status, version in
      if status["state"] == "closed" { status["state"] = "shut" }
      status["context"]["from"] = .int(version)
    }
    let status = try machine.status(from: old)
    #expect(status.configuration.description == "shut")
    #expect(status.context["from"] == 1)
    #expect(machine.data(of: status)["machineVersion"] == 2)
  }

  @Test func `a status without a version counts as version 0`() throws {
    let machine = Self.later { status, version in
      #expect(version == 0)
      status = ["state": status["value"], "context": status["context"]]
    }
    let status = try machine.status(from: ["value": "open", "context": ["opened": 3]])
    #expect(status.context == ["opened": 3])
  }

  @Test func `an older status without a migration and any newer status are refused`() throws {
    let old = Self.door.data(of: try Self.open())
    #expect(throws: MachineError.migrationMissing(machine: "Door", from: 1, to: 2)) {
      try Self.later(migrate: nil).status(from: old)
    }
    let new: JSON = ["state": "closed", "machineVersion": 2]
    #expect(throws: MachineError.versionFromLater(machine: "Door", found: 2, known: 1)) {
      try Self.door.status(from: new)
    }
  }

  @Test func `a migration that leaves unknown states is refused`() throws {
    let old = Self.door.data(of: try Self.open())
    let error = try #require(throws: MachineError.self) {
      try Self.later { _, _ in }.status(from: old)
    }
    #expect(error.description.contains("is no delay of this machine"))
  }

  // MARK: - For people

  @Test func `the allowed messages are listed`() throws {
    let machine = StateMachine(
      "M", initial: "p",
      states: [
        .parallel(
          "p", .on("OUT", to: "end"),
          regions: [
            .compound(
              "l", initial: "x", .on("B"), .on("C"),
              states: [.state("x", .on("A"), .forbid("B"), .on("A2", when: .atLeast(9)))]),
            .state("r", .on("A"), .on("*")),
          ]), .final("end"),
      ])
    let start = try machine.start(at: Self.now).status
    #expect(machine.allowedMessages(start.configuration) == ["A", "A2", "C", "OUT", "*"])
    let end = try machine.send(MachineMessage("OUT"), to: start, at: Self.now)
    #expect(machine.allowedMessages(end.status.configuration).isEmpty)
    #expect(machine.isOver(end.status))
    #expect(!machine.isOver(start))
  }

  @Test func `a refusal says why and which messages are allowed`() throws {
    func refusal(_ message: String, _ machine: StateMachine = Self.door) throws -> String? {
      machine.refusal(
        of: message, try machine.send(MachineMessage(message), to: nil, at: Self.now))
    }
    #expect(
      try refusal("CLOSE") == "Cannot apply event CLOSE: Not permitted, because nothing in closed "
        + "takes it; allowed now: OPEN.")
    #expect(
      try refusal("SLAM") == "Cannot apply event SLAM: Not permitted, because it is forbidden in "
        + "closed; allowed now: OPEN.")
    #expect(try refusal("OPEN") == nil)
    let picky = StateMachine(
      "M", initial: "a",
      states: [.state("a", .on("G", to: "end", when: .atLeast(1))), .final("end")])
    #expect(
      try refusal("G", picky) == "Cannot apply event G: Not permitted, because \"n ≥ 1\" does not "
        + "hold in a; allowed now: G.")
    let over = StateMachine("M", initial: "end", states: [.final("end")])
    #expect(
      try refusal("G", over) == "Cannot apply event G: Not permitted, because M has come to its "
        + "end in end and takes no message any more.")
  }

  @Test func `states and transitions are listed for diagrams`() throws {
    let states = Self.door.states
    #expect(states.map(\.path) == ["", "closed", "open"])
    #expect(states.map(\.depth) == [0, 1, 1])
    #expect(states[1].parent == "")
    let transitions = Self.door.transitions
    #expect(
      transitions.map(\.trigger.description) == ["OPEN", "SLAM", "CLOSE", "after 30s", "after 10s"])
    #expect(transitions.map(\.source) == ["closed", "closed", "open", "open", "open"])
    #expect(transitions.map(\.targets) == [["open"], [], ["closed"], ["closed"], []])
    #expect(transitions[1].isForbidden)
    #expect(transitions[3].delay == "open/30s")
    #expect(transitions[4].actions == ["raise Warned"])
    let step = try Self.door.send(MachineMessage("OPEN"), to: nil, at: Self.now)
    #expect(step.taken == [0])
    #expect(step.left == ["closed"])
    #expect(step.entered == ["", "closed", "open"])
  }
}
