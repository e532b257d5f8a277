import Testing

@testable import EventicleCore

/// Parallel states and history.
@Suite struct StatechartRegionTests {
  typealias Case = StatechartCase

  @Test(arguments: parallel + history)
  func `a parallel chart behaves as specified`(_ example: StatechartCase) throws {
    try example.run()
  }

  /// Two parallel regions, and a way out.
  static let both = Case.machine(
    "p",
    .parallel(
      "p", .on("OUT", to: "q"),
      regions: [
        .compound(
          "l", initial: "l1",
          states: [
            .state("l1", .on("BOTH", to: "l2"), .on("L", to: "l2"), .on("FIGHT", to: "q")),
            .state("l2", .on("CROSS", to: "r.r2"), .on("OUT", to: "l1")),
          ]),
        .compound(
          "r", initial: "r1", .on("FIGHT", to: "r"),
          states: [
            .state("r1", .on("BOTH", to: "r2"), .on("R", to: "r2", when: .isIn("p.l.l2"))),
            .state("r2", .on("FIGHT", to: "r1")),
          ]),
      ]),
    .state("q", .on("TWO", to: "p.l.l2", "p.r.r2"), .on("ONE", to: "p.r.r2"), .on("BACK", to: "p")))

  static let start = "+p +l +l1 +r +r1"
  static let begun = #"{"p":{"l":"l1","r":"r1"}}"#

  static let parallel: [Case] = [
    Case(
      "all regions are entered in document order and left in reverse", both,
      starts: start, in: begun, .send("OUT", "-r1 -r -l1 -l -p +q", in: "q")),
    Case(
      "one message moves several regions, all left before any is entered", both,
      starts: start, in: begun,
      .send("BOTH", "-r1 -l1 +l2 +r2", in: #"{"p":{"l":"l2","r":"r2"}}"#)),
    Case(
      "one region moves while the other stays", both, starts: start, in: begun,
      .send("L", "-l1 +l2", in: #"{"p":{"l":"l2","r":"r1"}}"#)),
    Case(
      "a guard can ask where another region is", both, starts: start, in: begun,
      .unhandled("R", guards: ["is in p.l.l2"]),
      .send("L", "-l1 +l2", in: #"{"p":{"l":"l2","r":"r1"}}"#),
      .send("R", "-r1 +r2", in: #"{"p":{"l":"l2","r":"r2"}}"#)),
    Case(
      "of two regions that would leave the same states the first wins", both,
      starts: start, in: begun, .send("FIGHT", "-r1 -r -l1 -l -p +q", in: "q")),
    Case(
      "the inner transition of one region wins over the one around both", both,
      starts: start, in: begun, .send("L", "-l1 +l2", in: #"{"p":{"l":"l2","r":"r1"}}"#),
      .send("OUT", "-l2 +l1", in: begun)),
    Case(
      "a region that leads into the other makes both begin again", both,
      starts: start, in: begun, .send("L", "-l1 +l2", in: #"{"p":{"l":"l2","r":"r1"}}"#),
      .send("CROSS", "-r1 -r -l2 -l -p +p +l +l1 +r +r2", in: #"{"p":{"l":"l1","r":"r2"}}"#)),
    Case(
      "several targets enter several regions", both, starts: start, in: begun,
      .send("OUT", "-r1 -r -l1 -l -p +q", in: "q"),
      .send("TWO", "-q +p +l +l2 +r +r2", in: #"{"p":{"l":"l2","r":"r2"}}"#)),
    Case(
      "one target lets the other regions begin as they do", both, starts: start, in: begun,
      .send("OUT", "-r1 -r -l1 -l -p +q", in: "q"),
      .send("ONE", "-q +p +l +l1 +r +r2", in: #"{"p":{"l":"l1","r":"r2"}}"#)),
    Case(
      "regions without states of their own are written as such",
      Case.regions(
        .state("a"), .compound("b", initial: "x", states: [.state("x")]),
        on: [.on("G", do: .raise("g"))]),
      starts: "+a +b +x", in: #"{"a":{},"b":"x"}"#, .send("G", "g", in: #"{"a":{},"b":"x"}"#)),
    Case(
      "a region that forbids does not keep the other from taking",
      Case.regions(.state("a", .forbid("G"), .forbid("H")), .state("b", .on("G", do: .raise("g")))),
      starts: "+a +b", in: #"{"a":{},"b":{}}"#, .send("G", "g", in: #"{"a":{},"b":{}}"#),
      .forbidden("H", by: "a")),
    Case(
      "a transition from one region of the machine into another makes all begin again",
      Case.regions(
        .compound("l", initial: "l1", states: [.state("l1", .on("X", to: "r.r2"))]),
        .compound("r", initial: "r1", states: [.state("r1"), .state("r2")]), .state("o")),
      starts: "+l +l1 +r +r1 +o", in: #"{"l":"l1","r":"r1","o":{}}"#,
      .send("X", "-o -r1 -r -l1 -l +l +l1 +r +r2 +o", in: #"{"l":"l1","r":"r2","o":{}}"#)),
    Case(
      "a transition around both regions is taken once",
      Case.regions(.state("a"), .state("b"), on: [.on("N", do: .count, .tell)]),
      starts: "+a +b", in: #"{"a":{},"b":{}}"#, .send("N", "told", in: #"{"a":{},"b":{}}"#)),
  ]

  /// A player that is paused and resumed.
  static func player(deep: Bool, standard: String?) -> StateMachine {
    Case.machine(
      "on",
      .compound(
        "on", initial: "one", .on("OFF", to: "off"),
        states: [
          .history("was", deep: deep, standard: standard),
          .state("one", .on("NEXT", to: "two")),
          .compound(
            "two", initial: "slow",
            states: [.state("slow", .on("FAST", to: "fast")), .state("fast")]),
        ]),
      .state("off", .on("ON", to: "on.was")))
  }

  static let history: [Case] = [
    Case(
      "a shallow history remembers the child alone", player(deep: false, standard: nil),
      starts: "+on +one", in: #"{"on":"one"}"#,
      .send("NEXT", "-one +two +slow", in: #"{"on":{"two":"slow"}}"#),
      .send("FAST", "-slow +fast", in: #"{"on":{"two":"fast"}}"#),
      .send("OFF", "-fast -two -on +off", in: "off"),
      .send("ON", "-off +on +two +slow", in: #"{"on":{"two":"slow"}}"#)),
    Case(
      "a deep history remembers all below", player(deep: true, standard: nil),
      starts: "+on +one", in: #"{"on":"one"}"#,
      .send("NEXT", "-one +two +slow", in: #"{"on":{"two":"slow"}}"#),
      .send("FAST", "-slow +fast", in: #"{"on":{"two":"fast"}}"#),
      .send("OFF", "-fast -two -on +off", in: "off"),
      .send("ON", "-off +on +two +fast", in: #"{"on":{"two":"fast"}}"#)),
    Case(
      "a history without memory leads to its standard",
      Case.machine(
        "off", .state("off", .on("ON", to: "on.was")),
        .compound(
          "on", initial: "one",
          states: [
            .history("was", standard: "two"), .state("one"),
            .state("two", .on("BACK", to: "one")),
          ])),
      starts: "+off", in: "off", .send("ON", "-off +on +two", in: #"{"on":"two"}"#)),
    Case(
      "a history without memory or standard begins as the state does",
      Case.machine(
        "off", .state("off", .on("ON", to: "on.was")),
        .compound("on", initial: "one", states: [.history("was"), .state("one")])),
      starts: "+off", in: "off", .send("ON", "-off +on +one", in: #"{"on":"one"}"#)),
    Case(
      "the deep history of a parallel state remembers every region",
      Case.machine(
        "p",
        .parallel(
          "p", .on("OUT", to: "q"),
          regions: [
            .history("h", deep: true),
            .compound(
              "l", initial: "l1", states: [.state("l1", .on("L", to: "l2")), .state("l2")]),
            .compound("r", initial: "r1", states: [.state("r1"), .state("r2")], entry: []),
          ]), .state("q", .on("BACK", to: "p.h"), .on("FRESH", to: "p.r.r2"))),
      starts: start, in: begun, .send("L", "-l1 +l2", in: #"{"p":{"l":"l2","r":"r1"}}"#),
      .send("OUT", "-r1 -r -l2 -l -p +q", in: "q"),
      .send("BACK", "-q +p +l +l2 +r +r1", in: #"{"p":{"l":"l2","r":"r1"}}"#),
      .send("OUT", "-r1 -r -l2 -l -p +q", in: "q"),
      .send("FRESH", "-q +p +l +l1 +r +r2", in: #"{"p":{"l":"l1","r":"r2"}}"#)),
    Case(
      "a state may begin with its history",
      Case.machine(
        "on",
        .compound(
          "on", initial: "was", .on("OFF", to: "off"),
          states: [
            .history("was", standard: "one"), .state("one", .on("NEXT", to: "two")), .state("two"),
          ]), .state("off", .on("ON", to: "on"))),
      starts: "+on +one", in: #"{"on":"one"}"#, .send("NEXT", "-one +two", in: #"{"on":"two"}"#),
      .send("OFF", "-two -on +off", in: "off"), .send("ON", "-off +on +two", in: #"{"on":"two"}"#)),
    Case(
      "taking up a parallel state from inside enters all that was left",
      Case.machine(
        "p",
        .parallel(
          "p",
          regions: [
            .history("h", deep: true),
            .compound(
              "l", initial: "l1", .on("AGAIN", to: "h"),
              states: [.state("l1", .on("L", to: "l2")), .state("l2", .on("AGAIN", to: "p.h"))]),
          ])),
      starts: "+p +l +l1", in: #"{"p":{"l":"l1"}}"#,
      .send("L", "-l1 +l2", in: #"{"p":{"l":"l2"}}"#),
      .send("AGAIN", "-l2 -l -p +p +l +l2", in: #"{"p":{"l":"l2"}}"#)),
    Case(
      "leaving and taking up again in one transition keeps what was active",
      Case.machine(
        "on",
        .compound(
          "on", initial: "one", .on("AGAIN", to: ".was"),
          states: [
            .history("was"), .state("one", .on("NEXT", to: "two")), .state("two"),
          ])),
      starts: "+on +one", in: #"{"on":"one"}"#, .send("NEXT", "-one +two", in: #"{"on":"two"}"#),
      .send("AGAIN", "-two -on +on +two", in: #"{"on":"two"}"#)),
    Case(
      "a deep history taken from inside enters only what was left",
      Case.machine(
        "s",
        .compound(
          "s", initial: "a", .on("OUT", to: "o"),
          states: [
            .history("h", deep: true),
            .compound(
              "a", initial: "x",
              states: [.state("x", .on("N", to: "y")), .state("y", .on("H", to: "s.h"))]),
          ]), .state("o", .on("BACK", to: "s"))),
      starts: "+s +a +x", in: #"{"s":{"a":"x"}}"#,
      .send("OUT", "-x -a -s +o", in: "o"), .send("BACK", "-o +s +a +x", in: #"{"s":{"a":"x"}}"#),
      .send("N", "-x +y", in: #"{"s":{"a":"y"}}"#), .send("H", "-y +x", in: #"{"s":{"a":"x"}}"#)),
  ]
}
