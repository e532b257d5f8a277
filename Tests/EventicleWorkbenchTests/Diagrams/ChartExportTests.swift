import EventicleCore
import Foundation
import Testing

@testable import EventicleWorkbench

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A machine as a diagram and in SCXML.
@Suite struct ChartExportTests {
  static let machine = StateMachine(
    "Shop & Co", initial: "open",
    states: [
      .compound(
        "open", initial: "inner.deep",
        .on("CLOSE", to: "closed", when: MachineGuard("a < b") { _ in true }, do: .raise("Closed")),
        .done(to: "closed"),
        states: [
          .state("x", .on("P", "error.*", to: "inner", internally: true)),
          .compound(
            "inner", initial: "y",
            .after(.seconds(30), to: "x", do: .send("LATE", after: .seconds(1), id: "i")),
            states: [
              .state("y"), .state("deep", entry: [.post("Q"), .cancel("i")]), .final("end"),
            ]),
          .history("back", deep: true, standard: "x"),
        ]),
      .parallel(
        "both", .forbid("CLOSE"),
        regions: [.state("left side"), .state("right")]),
      .final("closed"),
    ],
    on: [.on("*", to: "both"), .on("BACK", to: "open.back")])

  private static func root(_ machine: StateMachine) -> AggregateRoot {
    AggregateRoot("Shop", stream: "s", machine: machine)
  }

  private static func state(_ value: JSON, _ message: String) -> JSON {
    [
      "machine": [
        "state": value, "context": [:], "message": .string(message), "machineVersion": 1,
      ]
    ]
  }

  /// The elements of a document with their attributes, in order; `nil` when it is no XML.
  private static func elements(_ text: String) -> [(name: String, attributes: [String: String])]? {
    final class Reader: NSObject, XMLParserDelegate {
      var found: [(name: String, attributes: [String: String])] = []
      func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
      ) { found.append((name, attributes)) }
    }
    let (parser, reader) = (XMLParser(data: Data(text.utf8)), Reader())
    parser.delegate = reader
    return parser.parse() ? reader.found : nil
  }

  @Test func `a machine is written in SCXML with all that can be said there`() throws {
    #expect(Self.machine.problems == [])
    let chart = try #require(
      Diagram.chart(of: Self.root(Self.machine), after: [Self.state("closed", "CLOSE")]))
    let text = ScxmlWriter.text(chart)
    let elements = try #require(Self.elements(text), "\(text)")
    func all(_ name: String) -> [[String: String]] {
      elements.filter { $0.name == name }.map(\.attributes)
    }
    #expect(all("scxml").first?["name"] == "Shop & Co")
    #expect(all("final").map { $0["id"] } == ["open.inner.end", "closed"])
    #expect(all("parallel").map { $0["id"] } == ["both"])
    #expect(all("state").contains { $0["id"] == "both.left_x20_side" })
    #expect(all("state").first { $0["id"] == "open" }?["initial"] == "open.inner.deep")
    #expect(all("history").first == ["id": "open.back", "type": "deep"])
    let transitions = all("transition")
    #expect(transitions.contains { $0["event"] == "P error.*" && $0["type"] == "internal" })
    #expect(transitions.contains { $0["cond"] == "a < b" && $0["target"] == "closed" })
    #expect(transitions.contains { $0["event"] == "done.state.open" })
    #expect(transitions.contains { $0 == ["event": "CLOSE"] })
    #expect(transitions.contains { $0["event"] == "*" && $0["target"] == "both" })
    let delay = "after.30s.open.inner"
    #expect(all("send").contains { $0["event"] == delay && $0["delay"] == "30000ms" })
    #expect(all("send").contains { $0["id"] == "i" && $0["delay"] == "1000ms" })
    #expect(all("cancel").compactMap { $0["sendid"] }.sorted() == [delay, "i"])
    #expect(all("raise").first?["event"] == "Q")
    #expect(text.contains("<!-- active: closed -->"))
    // Every target is a state of the document, and every id is there once.
    let ids = elements.compactMap { $0.name == "send" ? nil : $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    for target in transitions.compactMap({ $0["target"] }) {
      for name in target.split(separator: " ") { #expect(ids.contains(String(name)), "\(name)") }
    }
  }

  @Test func `names that XML gives a meaning, or does not know, are written by their number`() {
    let names = ["a--b", "<&\"'>", "_x20_", "1st", "", "\u{202e}x", "æ ø"]
    var chart = Diagram.Chart()
    chart.name = "-->"
    chart.states = names.map { name in
      Diagram.Chart.State(label: name, parent: nil, path: name, isHere: true)
    }
    chart.transitions = names.map { name in
      Diagram.Chart.Transition(
        from: 0, targets: [1], trigger: .message(name), condition: name, deeds: [.other(name)])
    }
    let text = ScxmlWriter.text(chart)
    #expect(Self.elements(text) != nil, "\(text)")
    #expect(Set(names.map { ScxmlWriter.name($0) }).count == names.count)
    #expect(!ScxmlWriter.text(chart).contains("\u{202e}"))
  }

  @Test func `transitions of the machine itself are drawn from a frame around all states`() throws {
    let states = [
      Self.state(["open": ["inner": "deep"]], "xstate.init"), Self.state("closed", "CLOSE"),
    ]
    let chart = try #require(Diagram.chart(of: Self.root(Self.machine), after: states))
    #expect(chart.states.first?.label == "Shop & Co" && chart.states.first?.parent == nil)
    let from = chart.ways.filter { $0.from == 0 }.map(\.label)
    #expect(from == ["any message", "BACK"])
    #expect(chart.ways.filter(\.isTaken).map(\.label) == ["CLOSE [a < b] / raise Closed"])
    #expect(chart.ways.contains { $0.label == "at first" })
    #expect(chart.states.filter(\.isHere).map(\.path) == ["closed"])
    #expect(
      chart.states.filter(\.isInitial).map(\.path) == ["open", "open.inner", "open.inner.y"])
    let mermaid = Diagram.chart(chart).text(.mermaid)
    #expect(DiagramChecker.problem(mermaid: mermaid) == nil, "\(mermaid)")
    let dot = Diagram.chart(chart).text(.dot)
    #expect(DiagramChecker.problem(dot: dot) == nil, "\(dot)")
  }

  @Test func `a chart read from JSON is exported by the verb, whole or to a file`() throws {
    let machine = StateMachine(
      "Door",
      xstate: #"{"initial": "shut", "states": {"shut": {"on": {"OPEN": "open"}}, "open": {}}}"#)
    var session = try Session(
      Domain("doors", aggregates: [AggregateRoot("Door", stream: "d", machine: machine)]))
    let text = try #require(session.run("export diagram chart Door scxml").output?.string)
    #expect(text.contains(#"<transition event="OPEN" target="open" type="internal"/>"#))
    #expect(Self.elements(text) != nil)
    let requests = session.run("export diagram chart Door scxml door.scxml").requests
    #expect(requests == [.write(OutputFile("door.scxml", text: text), force: false)])
    #expect(session.run("export diagram map scxml").problem?.message.contains("mermaid") == true)
    #expect(session.run("export diagram chart Door svg").problem?.message.contains("scxml") == true)
    let mermaid = try #require(session.run("export diagram chart Door mermaid").output?.string)
    #expect(mermaid.contains(" : OPEN"))
  }

  @Test func `a lifecycle is written in SCXML too`() throws {
    let root = AggregateRoot(
      "Order", stream: "o", lifecycle: Lifecycle(.state("placed", to: "paid"), .final("paid")))
    let chart = try #require(Diagram.chart(of: root))
    let text = ScxmlWriter.text(chart)
    #expect(Self.elements(text) != nil)
    #expect(text.contains(#"<transition event="to.paid" target="paid"/>"#))
  }
}
