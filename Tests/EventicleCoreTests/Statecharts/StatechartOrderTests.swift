import Testing

@testable import EventicleCore

/// The order of leaving and entering, kinds of transitions, guards, and messages not taken.
@Suite struct StatechartOrderTests {
  typealias Case = StatechartCase

  @Test(arguments: plain + nested + refused) func `a chart leaves and enters states in order`(
    _ example: StatechartCase
  ) throws { try example.run() }

  static let two = Case.machine(
    "a", .state("a", .on("GO", to: "b", do: .raise("go"))), .state("b", .on("GO", to: "a")))

  /// Two compound states whose children have transitions to each other.
  static let deep = Case.machine(
    "a",
    .compound(
      "a", initial: "a1", .on("OUT", to: "b"),
      states: [
        .state("a1", .on("NEXT", to: "a2"), .on("OVER", to: "b.b2"), .on("TOP", to: "#b.b1")),
        .state("a2", .on("OUT", to: "a1"), .on("UP", to: "a")),
      ]),
    .compound("b", initial: "b1", states: [.state("b1"), .state("b2", .on("BACK", to: "a.a2"))]))

  /// A compound state with three kinds of transitions to its own child.
  static let own = Case.machine(
    "p",
    .compound(
      "p", initial: "x", .on("IN", to: ".y", internally: true), .on("EX", to: ".y"),
      .on("SELF", to: "p"), .on("STAY", do: .raise("stay")),
      .on("LEAVE", to: "q", internally: true),
      states: [.state("x"), .state("y")]),
    .state("q"))

  static let plain: [Case] = [
    Case(
      "actions stand between leaving and entering", two, starts: "+a", in: "a",
      .send("GO", "-a go +b", in: "b"), .send("GO", "-b +a", in: "a")),
    Case(
      "a transition to itself leaves and enters again",
      Case.machine("a", .state("a", .on("S", to: "a", do: .raise("s")))), starts: "+a", in: "a",
      .send("S", "-a s +a", in: "a")),
    Case(
      "a transition without a target only acts",
      Case.machine("a", .state("a", .on("S", do: .raise("s")))), starts: "+a", in: "a",
      .send("S", "s", in: "a")),
    Case(
      "a transition that does nothing at all is taken all the same",
      Case.machine("a", .state("a", .on("S"))), starts: "+a", in: "a", .send("S", "", in: "a")),
    Case(
      "of two transitions the first whose guard holds is taken",
      Case.machine(
        "a",
        .state("a", .on("G", to: "b", when: .atLeast(1)), .on("G", do: .count, .tell)),
        .state("b")), starts: "+a", in: "a",
      .send("G", "told", in: "a"), .send("G", "-a +b", in: "b")),
    Case(
      "what is assigned is seen by the next action",
      Case.machine(
        "a", .state("a", .on("G", to: "b", do: .count, .count)),
        .state("b", .always(to: "c", when: .atLeast(2))), .state("c")), starts: "+a", in: "a",
      .send("G", "-a +b -b +c", in: "c")),
    Case(
      "a message the machine says to itself is handled before the next from outside",
      Case.machine(
        "a", .state("a", .on("G", to: "b", do: .post("H"))),
        .state("b", .on("H", to: "c")), .state("c")), starts: "+a", in: "a",
      .send("G", "-a +b -b +c", in: "c")),
    Case(
      "a message to itself that nobody takes is let go",
      Case.machine("a", .state("a", .on("G", do: .post("NOBODY")))), starts: "+a", in: "a",
      .send("G", "", in: "a")),
    Case(
      "any message comes after those that are named",
      Case.machine("a", .state("a", .on("*", do: .raise("any")), .on("G", do: .raise("named")))),
      starts: "+a", in: "a", .send("G", "named", in: "a"), .send("H", "any", in: "a")),
    Case(
      "the machine itself takes what no state takes",
      Case.machine("a", .state("a"), .state("b"), on: [.on("GO", to: "b")]),
      starts: "+a", in: "a", .send("GO", "-a +b", in: "b"), .send("GO", "-b +b", in: "b")),
  ]

  static let nested: [Case] = [
    Case(
      "entering goes from the outside in to where a state begins", deep,
      starts: "+a +a1", in: #"{"a":"a1"}"#,
      .send("OUT", "-a1 -a +b +b1", in: #"{"b":"b1"}"#)),
    Case(
      "a sibling leaves the parent alone", deep, starts: "+a +a1", in: #"{"a":"a1"}"#,
      .send("NEXT", "-a1 +a2", in: #"{"a":"a2"}"#)),
    Case(
      "the inner state's transition is taken before the outer one's", deep,
      starts: "+a +a1", in: #"{"a":"a1"}"#,
      .send("NEXT", "-a1 +a2", in: #"{"a":"a2"}"#), .send("OUT", "-a2 +a1", in: #"{"a":"a1"}"#)),
    Case(
      "a target deep inside is entered on its own way", deep,
      starts: "+a +a1", in: #"{"a":"a1"}"#,
      .send("OVER", "-a1 -a +b +b2", in: #"{"b":"b2"}"#),
      .send("BACK", "-b2 -b +a +a2", in: #"{"a":"a2"}"#)),
    Case(
      "a target can be named from the top", deep, starts: "+a +a1", in: #"{"a":"a1"}"#,
      .send("TOP", "-a1 -a +b +b1", in: #"{"b":"b1"}"#)),
    Case(
      "a child that leads to its parent leaves and enters it", deep,
      starts: "+a +a1", in: #"{"a":"a1"}"#, .send("NEXT", "-a1 +a2", in: #"{"a":"a2"}"#),
      .send("UP", "-a2 -a +a +a1", in: #"{"a":"a1"}"#)),
    Case(
      "an internal transition to a child keeps the parent", own,
      starts: "+p +x", in: #"{"p":"x"}"#, .send("IN", "-x +y", in: #"{"p":"y"}"#),
      .send("IN", "-y +y", in: #"{"p":"y"}"#)),
    Case(
      "an external transition to a child leaves the parent", own,
      starts: "+p +x", in: #"{"p":"x"}"#, .send("EX", "-x -p +p +y", in: #"{"p":"y"}"#)),
    Case(
      "a compound state that leads to itself begins again", own,
      starts: "+p +x", in: #"{"p":"x"}"#, .send("IN", "-x +y", in: #"{"p":"y"}"#),
      .send("SELF", "-y -p +p +x", in: #"{"p":"x"}"#)),
    Case(
      "a compound state without a target keeps its child", own,
      starts: "+p +x", in: #"{"p":"x"}"#, .send("STAY", "stay", in: #"{"p":"x"}"#)),
    Case(
      "an internal transition that leads outside is external", own,
      starts: "+p +x", in: #"{"p":"x"}"#, .send("LEAVE", "-x -p +q", in: "q")),
    Case(
      "a name is looked for among the siblings before those of the parent",
      Case.machine(
        "a",
        .compound("a", initial: "x", states: [.state("x", .on("G", to: "b")), .state("b")]),
        .state("b"), on: [.on("H", to: "b")]), starts: "+a +x", in: #"{"a":"x"}"#,
      .send("G", "-x +b", in: #"{"a":"b"}"#), .send("H", "-b -a +b", in: "b")),
  ]

  static let refused: [Case] = [
    Case("what no state knows is unhandled", two, starts: "+a", in: "a", .unhandled("X")),
    Case(
      "what a guard refuses is unhandled, and says which",
      Case.machine("a", .state("a", .on("G", to: "b", when: .atLeast(1))), .state("b")),
      starts: "+a", in: "a", .unhandled("G", guards: ["n ≥ 1"])),
    Case(
      "what an inner state forbids the outer one cannot take",
      Case.machine(
        "p",
        .compound(
          "p", initial: "x", .on("G", to: "q"),
          states: [.state("x", .forbid("G"), .on("H", to: "y")), .state("y")]), .state("q")),
      starts: "+p +x", in: #"{"p":"x"}"#, .forbidden("G", by: "p.x"),
      .send("H", "-x +y", in: #"{"p":"y"}"#), .send("G", "-y -p +q", in: "q")),
    Case(
      "an exception can stand before what is forbidden",
      Case.machine(
        "a",
        .state("a", .on("G", to: "b", when: .atLeast(1)), .forbid("G"), .on("N", do: .count)),
        .state("b")), starts: "+a", in: "a",
      .forbidden("G", by: "a"), .send("N", "", in: "a"), .send("G", "-a +b", in: "b")),
    Case(
      "everything else can be forbidden",
      Case.machine(
        "a", .state("a", .forbid("*"), .on("G", do: .raise("g"))),
        on: [.on("H", do: .raise("h"))]), starts: "+a", in: "a",
      .forbidden("H", by: "a"), .send("G", "g", in: "a")),
    Case(
      "a machine at its end takes nothing",
      Case.machine(
        "a", .state("a", .on("G", to: "end")), .final("end"),
        on: [.on("H", do: .raise("h"))]), starts: "+a", in: "a",
      .send("H", "h", in: "a"), .send("G", "-a +end", in: "end"), .unhandled("H")),
  ]
}
