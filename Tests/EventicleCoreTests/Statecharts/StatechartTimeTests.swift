import Testing

@testable import EventicleCore

/// Eventless and delayed transitions, and final states.
@Suite struct StatechartTimeTests {
  typealias Case = StatechartCase

  @Test(arguments: always + ends + delays)
  func `a timed chart behaves as specified`(_ example: StatechartCase) throws {
    try example.run()
  }

  static let always: [Case] = [
    Case(
      "a state that is left at once is entered all the same",
      Case.machine("a", .state("a", .always(to: "b")), .state("b")), starts: "+a -a +b", in: "b"),
    Case(
      "a guard without a message waits for the context",
      Case.machine(
        "a",
        .state("a", .on("N", do: .count), .always(to: "b", when: .atLeast(2))), .state("b")),
      starts: "+a", in: "a", .send("N", "", in: "a"), .send("N", "-a +b", in: "b")),
    Case(
      "eventless transitions come before messages to itself",
      Case.machine(
        "a", .state("a", .on("G", to: "b", do: .post("H"))),
        .state("b", .always(to: "c"), .on("H", to: "d")), .state("c", .on("H", to: "e")),
        .state("d"), .state("e")),
      starts: "+a", in: "a", .send("G", "-a +b -b +c -c +e", in: "e")),
    Case(
      "a region follows where the other went",
      Case.regions(
        .compound("l", initial: "l1", states: [.state("l1", .on("G", to: "l2")), .state("l2")]),
        .compound(
          "r", initial: "r1",
          states: [
            .state("r1", .always(to: "r2", when: .isIn("l.l2"))), .state("r2"),
          ])),
      starts: "+l +l1 +r +r1", in: #"{"l":"l1","r":"r1"}"#,
      .send("G", "-l1 +l2 -r1 +r2", in: #"{"l":"l2","r":"r2"}"#)),
  ]

  static let ends: [Case] = [
    Case(
      "a compound state whose child is final is done",
      Case.machine(
        "p",
        .compound(
          "p", initial: "x", .done(to: "q", do: .raise("done")),
          states: [.state("x", .on("G", to: "end")), .final("end")]), .state("q")),
      starts: "+p +x", in: #"{"p":"x"}"#, .send("G", "-x +end -end -p done +q", in: "q")),
    Case(
      "a parallel state is done when all of its regions are",
      Case.machine(
        "p",
        .parallel(
          "p", .done(to: "q"),
          regions: [
            .compound(
              "l", initial: "l1", states: [.state("l1", .on("L", to: "le")), .final("le")]),
            .compound(
              "r", initial: "r1", .done(do: .raise("r.done")),
              states: [.state("r1", .on("R", to: "re")), .final("re")]),
          ]), .state("q")),
      starts: StatechartRegionTests.start, in: StatechartRegionTests.begun,
      .send("R", "-r1 +re r.done", in: #"{"p":{"l":"l1","r":"re"}}"#),
      .send("L", "-l1 +le -re -r -le -l -p +q", in: "q")),
    Case(
      "an end that nobody waits for is left alone",
      Case.machine(
        "p",
        .compound("p", initial: "x", states: [.state("x", .on("G", to: "end")), .final("end")])),
      starts: "+p +x", in: #"{"p":"x"}"#, .send("G", "-x +end", in: #"{"p":"end"}"#),
      .unhandled("G")),
    Case(
      "a machine of regions ends with the last of them",
      Case.regions(
        .compound("l", initial: "l1", states: [.state("l1", .on("L", to: "le")), .final("le")]),
        .compound("r", initial: "r1", states: [.state("r1", .on("R", to: "re")), .final("re")]),
        on: [.on("N", do: .raise("n"))]),
      starts: "+l +l1 +r +r1", in: #"{"l":"l1","r":"r1"}"#,
      .send("L", "-l1 +le", in: #"{"l":"le","r":"r1"}"#),
      .send("N", "n", in: #"{"l":"le","r":"r1"}"#),
      .send("R", "-r1 +re", in: #"{"l":"le","r":"re"}"#), .unhandled("N")),
    Case(
      "an end deep inside makes the parallel states around it done, from the inside out",
      Case.machine(
        "p",
        .parallel(
          "p", .done(do: .raise("p.done")),
          regions: [
            .parallel(
              "i", .done(do: .raise("i.done")),
              regions: [
                .compound(
                  "c", initial: "x", .done(do: .raise("c.done")),
                  states: [.state("x", .on("G", to: "end")), .final("end")])
              ])
          ])),
      starts: "+p +i +c +x", in: #"{"p":{"i":{"c":"x"}}}"#,
      .send("G", "-x +end c.done i.done p.done", in: #"{"p":{"i":{"c":"end"}}}"#)),
  ]

  static let delays: [Case] = [
    Case(
      "time passes into another state",
      Case.machine(
        "a", .state("a", .after(.seconds(30), to: "b", do: .raise("late"))),
        .state("b")), starts: "+a", in: "a", .fire("a/30s", "-a late +b", in: "b")),
    Case(
      "of two transitions after the same time the first whose guard holds is taken",
      Case.machine(
        "a",
        .state("a", .after(.seconds(1), to: "b", when: .atLeast(1)), .after(.seconds(1), to: "c")),
        .state("b"), .state("c")), starts: "+a", in: "a", .fire("a/1s", "-a +c", in: "c")),
    Case(
      "a delay whose guard does not hold is spent",
      Case.machine("a", .state("a", .after(.seconds(1), to: "b", when: .atLeast(1))), .state("b")),
      starts: "+a", in: "a", .spend("a/1s")),
    Case(
      "a delay of an outer state is taken whatever is inside",
      Case.machine(
        "p",
        .compound(
          "p", initial: "x", .after(.minutes(5), to: "q"),
          states: [.state("x", .on("G", to: "y")), .state("y")]), .state("q")),
      starts: "+p +x", in: #"{"p":"x"}"#, .send("G", "-x +y", in: #"{"p":"y"}"#),
      .fire("p/5m", "-y -p +q", in: "q")),
  ]
}
