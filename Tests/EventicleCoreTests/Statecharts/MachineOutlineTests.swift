import Testing

@testable import EventicleCore

@Suite struct MachineOutlineTests {
  private static let machine = StateMachine(
    "Shop", initial: "open",
    states: [
      .state("open", .on("PAY", to: "payment"), .on("STOP", to: "closed")),
      .compound(
        "payment", initial: "waiting", .on("STOP", to: "closed"),
        states: [
          .state("waiting", .on("TRY", to: "trying"), .on("AGAIN", to: "trying")),
          .state("trying", .on("BACK", to: "#open"), .on("LOOK")),
          .history("last"),
        ]),
      .state("away", .on("RETURN", to: "payment.last")),
      .final("closed"),
    ])

  @Test func `states come in document order with the ways that they declare`() {
    let outline = Self.machine.outline
    #expect(
      outline.map(\.path)
        == ["open", "payment", "payment.waiting", "payment.trying", "away", "closed"])
    #expect(outline.map(\.name) == ["open", "payment", "waiting", "trying", "away", "closed"])
    #expect(outline.map(\.depth) == [0, 0, 1, 1, 0, 0])
    #expect(outline.map(\.isFinal) == [false, false, false, false, false, true])
    #expect(
      outline.map(\.ways)
        == [
          ["payment", "closed"], ["closed"], ["payment.trying"], ["open"], ["payment"], [],
        ])
  }
}
