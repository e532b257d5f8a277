import EventicleSamples
import Foundation
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Diagrams in both languages, read back by a checker of their grammar.
@Suite struct DiagramTests {
  /// Names that mean something to a language, or to nobody.
  private static let hostile = [
    "end", "End", "END of it", "a\"b", "a]b", "[x", "{y}", "(z)", "a|b", "a;b", "#1", "#35;",
    "&lt;",
    "<b>", "`q`", "a\nb", "a\r\nb", "a\\", "\\n", "\"", "", "   ", "--", "-->", "%%x", "%%{init}%%",
    "naïve Æther", "日本語", "🙂", "a\u{202e}b", "a\u{0}b", "a:b", "style:#x;", "subgraph",
    "class n0 x",
    "x as y", "p0->>p1: hi", "click n0 href", "\u{1b}[31m", "'", "$$x$$", "@{ shape: x }",
  ]

  private static func name(_ random: inout SeededRandom) -> String {
    (0..<(1 + random.below(3))).map { _ in random.pick(hostile) }.joined(
      separator: random.pick(["", " ", "\n"]))
  }

  private static func check(_ diagram: Diagram) {
    let mermaid = diagram.text(.mermaid)
    #expect(DiagramChecker.problem(mermaid: mermaid) == nil, "\(mermaid)")
    let dot = diagram.text(.dot)
    #expect(DiagramChecker.problem(dot: dot) == nil, "\(dot)")
    for text in [mermaid, dot] {
      #expect(!text.unicodeScalars.contains { HiddenScalar.contains($0) && $0 != "\n" })
    }
  }

  @Test(arguments: 0..<60) func `hostile names leave every diagram valid`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed + 1))
    var graph = Diagram.Graph()
    for _ in 0..<8 {
      _ = graph.add(
        Diagram.Graph.Node(
          label: Self.name(&random), kind: random.pick(Diagram.Kind.allCases),
          hasHappened: random.below(2) == 0, isMarked: random.below(2) == 0))
    }
    graph.frames = [Diagram.Graph.Frame(label: Self.name(&random), nodes: [0, 1, 2])]
    for place in 1..<8 {
      graph.edges.append(
        Diagram.Graph.Edge(
          from: place - 1, to: place, label: Self.name(&random), hasHappened: random.below(2) == 0,
          isMarked: random.below(3) == 0))
    }
    Self.check(.graph(graph))
    var sequence = Diagram.Sequence()
    sequence.participants = (0..<4).map { place in
      Diagram.Sequence.Participant(label: Self.name(&random), isPerson: place == 0)
    }
    sequence.items = [
      .message(from: 0, to: 1, label: Self.name(&random), isCrossed: false),
      .message(from: 2, to: 1, label: Self.name(&random), isCrossed: true),
      .note(at: 3, label: Self.name(&random)), .pause(Self.name(&random)),
    ]
    Self.check(.sequence(sequence))
    var chart = Diagram.Chart()
    chart.states = [
      Diagram.Chart.State(
        label: Self.name(&random), parent: nil, isInitial: true, isParallel: true),
      Diagram.Chart.State(label: Self.name(&random), parent: 0),
      Diagram.Chart.State(label: Self.name(&random), parent: 0, isHere: true),
      Diagram.Chart.State(label: Self.name(&random), parent: nil, isFinal: true),
    ]
    chart.ways = [
      Diagram.Chart.Way(from: 0, to: 3, label: Self.name(&random)),
      Diagram.Chart.Way(from: 1, to: 2, label: Self.name(&random), isTaken: true),
    ]
    Self.check(.chart(chart))
  }

  @Test func `the checker refuses what is not valid`() {
    for text in [
      "flowchart TD\n  n0[\"a\"b\"]\n", "flowchart TD\n  n0[\"end\"]\n",
      "flowchart TD\n  n0[\"a]\n",
      "sequenceDiagram\n  p0->>p1: a;b\n", "sequenceDiagram\n  participant p0 as #1\n",
      "stateDiagram-v2\n  state s0 {\n", "stateDiagram-v2\n  s0 --> s1 : a:b\n", "pie\n",
    ] { #expect(DiagramChecker.problem(mermaid: text) != nil, "\(text)") }
    for text in [
      "digraph x {\n n0 [label=\"a\"b\"]\n}\n", "digraph x {\n n0 [label=\"a\n b\"]\n}\n",
      "digraph x {\n n0 [label=\"a]\n}\n", "digraph x {\n", "graph {}",
    ] { #expect(DiagramChecker.problem(dot: text) != nil, "\(text)") }
  }

  private static let lines = [
    "export diagram flow mermaid", "export diagram flow #1 mermaid", "export diagram flow #4 dot",
    "export diagram flow j1 dot", "export diagram saga PaymentSaga mermaid",
    "export diagram saga PaymentSaga/order-1 dot", "export diagram saga ShippingSaga dot",
    "export diagram chart Order mermaid", "export diagram chart Order/order-1 mermaid",
    "export diagram chart Payment dot", "export diagram chart Order/order-1 dot",
    "export diagram map mermaid", "export diagram map dot",
  ]

  @Test(arguments: lines) func `diagrams of the shop are valid`(line: String) throws {
    var session = try ConversationTests.session()
    let text = try #require(session.run(line).output?.string)
    if line.hasSuffix("dot") {
      #expect(DiagramChecker.problem(dot: text) == nil)
      try Self.draw(text)
    } else {
      #expect(DiagramChecker.problem(mermaid: text) == nil)
    }
  }

  /// Lets Graphviz read a text, where it is installed.
  private static func draw(_ text: String) throws {
    let path = "/usr/bin/dot"
    guard FileManager.default.isExecutableFile(atPath: path) else { return }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["-Tcanon"]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (input, output, output)
    try process.run()
    input.fileHandleForWriting.write(Data(text.utf8))
    try input.fileHandleForWriting.close()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(said)")
  }

  @Test func `a diagram says who asks, what happened and where an aggregate is`() throws {
    var session = try ConversationTests.session()
    let flow = try #require(session.run("export diagram flow #1 mermaid").output?.string)
    #expect(flow.hasPrefix("sequenceDiagram\n  actor p0 as you\n"))
    #expect(flow.contains("p0->>p1: PlaceOrder\n"))
    let chart = try #require(
      session.run("export diagram chart Order/order-1 mermaid").output?.string)
    #expect(chart.hasPrefix("stateDiagram-v2\n"))
    #expect(chart.contains("[*] --> s0") && chart.contains("class s"))
    let saga = try #require(session.run("export diagram saga PaymentSaga mermaid").output?.string)
    #expect(saga.contains("on PaymentDeclined") && saga.contains("HoldOrder"))
    let map = try #require(session.run("export diagram map dot").output?.string)
    #expect(map.contains("PlaceOrder") && map.contains("cluster_0"))
    _ = session.run("goto start")
    let early = try #require(session.run("export diagram map mermaid").output?.string)
    #expect(early.contains("-.->") && !early.contains("-->"))
  }

  @Test func `what does not exist is refused in words`() throws {
    var session = try ConversationTests.session()
    for (line, words) in [
      ("export diagram saga Nothing mermaid", "saga"), ("export diagram chart Nothing dot", "type"),
      ("export diagram chart Order/none dot", "order-1"),
      ("export diagram flow #99999 dot", "event"),
      ("export diagram cloud mermaid", "flow"), ("export diagram map svg", "mermaid"),
      ("export", "missing"), ("export film", "diagram"), ("export test rust", "swift"),
    ] {
      let problem = session.run(line).problem?.message ?? ""
      #expect(problem.contains(words), "\(line): \(problem)")
    }
  }

  @Test func `a file is asked for with its whole text, by name or behind a sign`() throws {
    var session = try ConversationTests.session()
    let text = try #require(session.run("export diagram map mermaid").output?.string)
    for (line, force) in [
      ("export diagram map mermaid map.mmd", false), ("export! diagram map mermaid map.mmd", true),
      ("export diagram map mermaid > map.mmd", false),
      ("export diagram map mermaid >! map.mmd", true),
    ] {
      let requests = session.run(line).requests
      #expect(requests == [.write(OutputFile("map.mmd", text: text), force: force)], "\(line)")
    }
  }
}
