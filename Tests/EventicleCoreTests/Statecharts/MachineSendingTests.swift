import Testing

@testable import EventicleCore

/// Messages that a machine sends to itself, at once or later, and takes back.
@Suite struct MachineSendingTests {
  static let now = Instant.standardStart

  static func machine(_ states: MachineState..., initial: String = "a") -> StateMachine {
    StateMachine("M", initial: initial, states: states)
  }

  @Test func `what is posted comes before what is sent`() throws {
    let machine = Self.machine(
      .state("a", .on("G", to: "b", do: .send("S"), .post("P"))),
      .state("b", .on("P", to: "c"), .on("S", to: "d")), .state("c", .on("S", to: "e")),
      .state("d"), .state("e"))
    let start = try machine.start(at: Self.now).status
    let step = try machine.send(MachineMessage("G"), to: start, at: Self.now)
    #expect(step.status.configuration.description == "e")
    #expect(step.status.message == "G")
  }

  @Test func `a delayed message outlives its state, brings its data, and is used up`() throws {
    let machine = Self.machine(
      .state(
        "a", .on("G", to: "b"),
        entry: [.send("LATE", after: .seconds(5)) { _ in ["n": 1] }]),
      .state(
        "b", .on("LATE", to: "c", do: .raise("Came") { ["n": $0.message.data["n"]] })),
      .state("c"))
    var status = try machine.start(at: Self.now).status
    status = try machine.send(MachineMessage("G"), to: status, at: Self.now).status
    #expect(status.delays.map(\.id) == ["send:LATE"])
    #expect(status.delaysDue(at: Self.now + .seconds(5)).count == 1)
    let data = machine.data(of: status)
    #expect("\(data)".contains(#""send":"LATE","message":"LATE","data":{"n":1}"#))
    let fired = try machine.fire(
      "send:LATE", in: try machine.status(from: data), at: Self.now + .seconds(5))
    #expect(fired.events.first?.data.value == ["n": 1])
    #expect(fired.status.delays.isEmpty && fired.status.message == "LATE")
    #expect(try machine.fire("send:LATE", in: fired.status, at: Self.now).outcome != .taken)
  }

  @Test func `a message that nothing takes when it comes is used up all the same`() throws {
    let machine = Self.machine(.state("a", entry: [.send("LATE", after: .seconds(1))]))
    let start = try machine.start(at: Self.now).status
    let fired = try machine.fire("send:LATE", in: start, at: Self.now + .seconds(1))
    #expect(fired.outcome == .unhandled(guards: []))
    #expect(fired.status.delays.isEmpty && fired.changesStatus)
  }

  @Test func `several with one id wait apart, and are cancelled together`() throws {
    let machine = Self.machine(
      .state(
        "a", .on("STOP", do: .cancel("i")), .on("OTHER", do: .cancel("x")),
        entry: [
          .send("A", after: .seconds(1), id: "i"), .send("B", after: .seconds(2), id: "i"),
          .send("C", after: .seconds(3)),
        ]))
    let start = try machine.start(at: Self.now).status
    #expect(start.delays.map(\.id) == ["send:i", "send:i#2", "send:C"])
    let other = try machine.send(MachineMessage("OTHER"), to: start, at: Self.now)
    #expect(other.status.delays.count == 3)
    let stopped = try machine.send(MachineMessage("STOP"), to: start, at: Self.now)
    #expect(stopped.status.delays.map(\.id) == ["send:C"])
    #expect(stopped.delays.cancelled == ["send:i", "send:i#2"])
  }

  @Test func `the end of the machine takes back what waits`() throws {
    let machine = Self.machine(
      .state("a", .on("END", to: "z"), entry: [.send("A", after: .seconds(1))]), .final("z"))
    let start = try machine.start(at: Self.now).status
    let ended = try machine.send(MachineMessage("END"), to: start, at: Self.now)
    #expect(ended.status.delays.isEmpty && ended.delays.cancelled == ["send:A"])
  }

  @Test func `a state whose delay has the name of a send keeps its own`() throws {
    let machine = Self.machine(
      .state(
        "send:x", .after(.seconds(1), to: "b"), entry: [.send("G", after: .seconds(9), id: "x/1s")]),
      .state("b"), initial: "send:x")
    let start = try machine.start(at: Self.now).status
    #expect(Set(start.delays.map(\.id)) == ["send:x/1s", "send:x/1s#2"])
    let fired = try machine.fire("send:x/1s", in: start, at: Self.now + .seconds(1))
    #expect(fired.status.configuration.description == "b")
  }

  @Test func `a stored message without the id it was sent with is refused`() throws {
    let machine = Self.machine(.state("a"))
    let data: JSON = [
      "state": "a", "context": [:], "message": "", "machineVersion": 1,
      "delays": [["id": "x", "due": 5, "message": "M"]],
    ]
    #expect(throws: MachineError.self) { try machine.status(from: data) }
  }

  @Test func `several names, prefixes and the star trigger one transition`() throws {
    let machine = Self.machine(
      .state("a", .on("A", "B", to: "b"), .on("e.*", to: "c"), .on("*", to: "d")),
      .state("b"), .state("c"), .state("d"))
    let start = try machine.start(at: Self.now).status
    for (message, place) in [
      ("A", "b"), ("B", "b"), ("e", "c"), ("e.x.y", "c"), ("ex", "d"), ("C", "d"),
    ] {
      let step = try machine.send(MachineMessage(message), to: start, at: Self.now)
      #expect(step.status.configuration.description == place, "\(message)")
    }
    #expect(machine.allowedMessages(start.configuration) == ["A", "B", "e.*", "*"])
    #expect(machine.messageNames == ["A", "B", "e"])
  }

  @Test func `a machine begins deep inside, and in several regions at once`() throws {
    let deep = StateMachine(
      "M", initial: "a.b.c",
      states: [
        .compound(
          "a", initial: "x",
          states: [
            .state("x"), .compound("b", initial: "y", states: [.state("y"), .state("c")]),
          ])
      ])
    #expect(try deep.start(at: Self.now).status.configuration.description == #"{"a":{"b":"c"}}"#)
    let wide = StateMachine(
      "M", initial: ["p.l.l2", "p.r.r2"],
      states: [
        .parallel(
          "p",
          regions: [
            .compound("l", initial: "l1", states: [.state("l1"), .state("l2")]),
            .compound("r", initial: "r1", states: [.state("r1"), .state("r2")]),
          ])
      ])
    #expect(
      try wide.start(at: Self.now).status.configuration.description
        == #"{"p":{"l":"l2","r":"r2"}}"#)
  }
}
