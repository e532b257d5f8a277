import EventicleCore

/// Writes diagrams in Mermaid's language.
///
/// A text stands there as what it says, whatever is in it: what the language gives a meaning is
/// written by its number, as `#35;`.
enum MermaidWriter {
  /// A label in which nothing means more than itself.
  static func escaped(_ text: String) -> String {
    let visible = HiddenScalar.visible(text, newlines: true)
    var result = ""
    for scalar in visible.unicodeScalars {
      switch scalar {
      case "\n": result += "<br/>"
      case "a"..."z", "A"..."Z", "0"..."9", " ", ".", ",", "_", "-", "/", "+", "=":
        result.unicodeScalars.append(scalar)
      case _ where scalar.value > 0x7F: result.unicodeScalars.append(scalar)
      default: result += "#\(scalar.value);"
      }
    }
    if result.allSatisfy({ $0 == " " }) { result = "#160;" }
    return withoutEnd(result)
  }

  /// The text with no word `end` in it, which would close a block.
  private static func withoutEnd(_ text: String) -> String {
    var result = ""
    var word = ""
    func finished(_ word: String) -> String {
      word.lowercased() == "end" ? "#\(word.unicodeScalars.first?.value ?? 101);nd" : word
    }
    for character in text {
      if character.isLetter || character.isNumber {
        word.append(character)
      } else {
        result += finished(word)
        result.append(character)
        word = ""
      }
    }
    return result + finished(word)
  }

  // MARK: - A graph

  static func text(_ graph: Diagram.Graph) -> String {
    var lines = ["flowchart \(graph.isAcross ? "LR" : "TD")"]
    var framed: Set<Int> = []
    for (place, frame) in graph.frames.enumerated() where !frame.nodes.isEmpty {
      lines.append("  subgraph g\(place)[\"\(escaped(frame.label))\"]")
      lines += frame.nodes.map { "    " + box($0, graph.nodes[$0]) }
      lines.append("  end")
      framed.formUnion(frame.nodes)
    }
    for place in graph.nodes.indices where !framed.contains(place) {
      lines.append("  " + box(place, graph.nodes[place]))
    }
    for edge in graph.edges {
      let line = edge.isMarked ? "==>" : edge.hasHappened ? "-->" : "-.->"
      let label = edge.label.isEmpty ? "" : "|\"\(escaped(edge.label))\"|"
      lines.append("  n\(edge.from) \(line)\(label) n\(edge.to)")
    }
    for kind in Diagram.Kind.allCases {
      let places = graph.nodes.indices.filter { graph.nodes[$0].kind == kind }
      guard !places.isEmpty else { continue }
      let (fill, stroke) = color(of: kind)
      lines.append("  classDef \(kind.rawValue) fill:\(fill),stroke:\(stroke),color:#1f2a35")
      lines.append("  class \(list(places)) \(kind.rawValue)")
    }
    let declared = graph.nodes.indices.filter { !graph.nodes[$0].hasHappened }
    if !declared.isEmpty {
      lines.append("  classDef declared stroke-dasharray:4 3,fill-opacity:0.4")
      lines.append("  class \(list(declared)) declared")
    }
    let marked = graph.nodes.indices.filter { graph.nodes[$0].isMarked }
    if !marked.isEmpty {
      lines.append("  classDef marked stroke-width:3px")
      lines.append("  class \(list(marked)) marked")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func list(_ places: [Int]) -> String {
    places.map { "n\($0)" }.joined(separator: ",")
  }

  private static func box(_ place: Int, _ node: Diagram.Graph.Node) -> String {
    let label = "\"\(escaped(node.label))\""
    let shape =
      switch node.kind {
      case .command: "[\(label)]"
      case .event: "(\(label))"
      case .saga: "{{\(label)}}"
      case .timer: "([\(label)])"
      case .view: "[(\(label))]"
      case .aggregate: "[\(label)]"
      case .outside: "[/\(label)/]"
      }
    return "n\(place)\(shape)"
  }

  private static func color(of kind: Diagram.Kind) -> (fill: String, stroke: String) {
    DiagramColors.of(kind)
  }

  // MARK: - A sequence

  static func text(_ sequence: Diagram.Sequence) -> String {
    var lines = ["sequenceDiagram"]
    for (place, participant) in sequence.participants.enumerated() {
      let word = participant.isPerson ? "actor" : "participant"
      lines.append("  \(word) p\(place) as \(escaped(participant.label))")
    }
    for item in sequence.items {
      switch item {
      case .message(let from, let to, let label, let isCrossed):
        lines.append("  p\(from)\(isCrossed ? "-x" : "->>")p\(to): \(escaped(label))")
      case .note(let place, let label):
        lines.append("  Note over p\(place): \(escaped(label))")
      case .pause(let label):
        let last = sequence.participants.count - 1
        lines.append("  Note over p0\(last > 0 ? ",p\(last)" : ""): \(escaped(label))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: - A statechart

  static func text(_ chart: Diagram.Chart) -> String {
    var lines = ["stateDiagram-v2"]
    add(nil, of: chart, to: &lines, indent: "  ")
    for way in chart.ways {
      let label = way.label.isEmpty ? "" : " : \(escaped(way.label))"
      lines.append("  s\(way.from) --> s\(way.to)\(label)")
    }
    let here = chart.states.indices.filter { chart.states[$0].isHere }
    if !here.isEmpty {
      lines.append("  classDef here stroke-width:3px,font-weight:bold")
      lines.append("  class \(here.map { "s\($0)" }.joined(separator: ",")) here")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func add(
    _ parent: Int?, of chart: Diagram.Chart, to lines: inout [String], indent: String
  ) {
    let inside = chart.inside(parent)
    let isParallel = parent.map { chart.states[$0].isParallel } ?? false
    for (order, place) in inside.enumerated() {
      let state = chart.states[place]
      if isParallel, order > 0 { lines.append("\(indent)--") }
      lines.append("\(indent)state \"\(escaped(state.label))\" as s\(place)")
      if !chart.inside(place).isEmpty {
        lines.append("\(indent)state s\(place) {")
        add(place, of: chart, to: &lines, indent: indent + "  ")
        lines.append("\(indent)}")
      }
      if state.isInitial, !isParallel { lines.append("\(indent)[*] --> s\(place)") }
      if state.isFinal { lines.append("\(indent)s\(place) --> [*]") }
    }
  }
}

/// The colours of the kinds, which every language for diagrams takes as they are.
enum DiagramColors {
  static func of(_ kind: Diagram.Kind) -> (fill: String, stroke: String) {
    switch kind {
    case .command: ("#d9ebfb", "#075ba8")
    case .event: ("#fdf3d7", "#734f00")
    case .saga: ("#ecdff9", "#6a38a6")
    case .timer: ("#f6ecfb", "#6a38a6")
    case .view: ("#d7efed", "#045e66")
    case .aggregate: ("#fbfaf6", "#1f2a35")
    case .outside: ("#eceff1", "#52606d")
    }
  }
}
