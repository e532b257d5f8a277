import EventicleCore
import Testing

@testable import EventicleConsole

@Suite struct LadderTests {
  private static func lines(_ root: AggregateRoot?, _ states: [JSON]) -> [String] {
    LadderLines.lines(of: Ladder(of: root, after: states)).map { line in
      var text = ""
      for piece in line.pieces { for glyph in piece.text.glyphs { text += glyph.text } }
      return text
    }
  }

  private static func status(_ words: String...) -> [JSON] {
    words.map { ["status": .string($0)] }
  }

  @Test func `without a declaration the states that were reached are known, with their ways`() {
    let root = AggregateRoot("Thing", stream: "s")
    #expect(
      Self.lines(root, Self.status("new", "old", "old", "new", "gone"))
        == [" ✓ new    → old · gone", " ✓ old    → new", " ►▐gone▌"])
    #expect(Self.lines(root, [["name": "x"]]).isEmpty)
  }

  @Test func `a declared field holds the status, and what is undeclared stands last`() {
    let root = AggregateRoot(
      "Thing", stream: "s",
      lifecycle: Lifecycle(.state("a", to: "b"), .final("b"), field: "phase"))
    let states: [JSON] = [["phase": "a"], ["phase": "odd"]]
    #expect(Self.lines(root, states) == [" ✓ a     → b · odd", "   b ■", " ►▐odd▌"])
  }

  @Test func `a machine is exact, and states inside a state are indented`() {
    let machine = StateMachine(
      "Door", initial: "closed",
      states: [
        .state("closed", .on("OPEN", to: "open"), .on("BREAK", to: "broken")),
        .compound(
          "open", initial: "ajar", .on("CLOSE", to: "closed"),
          states: [
            .state("ajar", .on("PUSH", to: "wide"), .on("SLAM", to: "#closed")), .state("wide"),
          ]),
        .final("broken"),
      ])
    let root = AggregateRoot("Door", stream: "s", machine: machine)
    func state(_ value: JSON) -> JSON {
      ["machine": ["state": value, "context": [:], "message": "", "machineVersion": 1]]
    }
    #expect(
      Self.lines(root, [state("closed"), state(["open": "ajar"]), state(["open": "wide"])])
        == [
          " ✓ closed   → open · broken", " ✓ open     → closed", " ✓   ajar   → wide · closed",
          " ►  ▐wide▌", "   broken ■",
        ])
  }

  @Test func `a chart read from JSON has its rungs, its track, and ways out of every state`() {
    let machine = StateMachine(
      "Door",
      xstate: """
        {"initial": "shut", "on": {"BREAK": ".broken"}, "states": {
          "shut": {"on": {"OPEN": "open"}}, "open": {"on": {"SHUT": "shut"}},
          "broken": {"type": "final"}}}
        """)
    let root = AggregateRoot("Door", stream: "s", machine: machine)
    let states: [JSON] = ["shut", "open", "shut", "broken"].map { word in
      ["machine": ["state": .string(word), "context": [:], "message": "", "machineVersion": 1]]
    }
    #expect(
      Self.lines(root, states)
        == [
          " ✓ any state   → broken", " ✓ shut        → open", " ✓ open        → shut",
          " ►▐broken▌ ■",
        ])
    func track(_ columns: Int, _ states: [JSON]) -> [String] {
      StateTrack(Ladder(of: root, after: states).track).lines(columns: columns).map { line in
        line.pieces.flatMap { $0.text.glyphs.map(\.text) }.joined()
      }
    }
    #expect(track(60, states) == [" shut → open → shut → ▐broken▌"])
    #expect(track(26, states) == [" … → shut → ▐broken▌"])
    #expect(track(60, Array(states.prefix(1))).isEmpty)
    #expect(Ladder(of: AggregateRoot("T", stream: "s"), after: Self.status("a", "b")).track.isEmpty)
  }
}
