import EventicleCore

/// Writes diagrams in Graphviz's language.
enum DotWriter {
  /// A text in quotes, in which nothing means more than itself.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in HiddenScalar.visible(text, newlines: true).unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      // An entity such as &lt; would be one character.
      case "&": result += "&amp;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func head(isAcross: Bool) -> [String] {
    [
      "digraph eventicle {", "  rankdir=\(isAcross ? "LR" : "TB")",
      "  node [fontname=\"Helvetica\", fontsize=11, style=filled, shape=box]",
      "  edge [fontname=\"Helvetica\", fontsize=9, color=\"#52606d\"]",
    ]
  }

  private static func document(_ lines: [String]) -> String {
    (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  // MARK: - A graph

  static func text(_ graph: Diagram.Graph) -> String {
    var lines = head(isAcross: graph.isAcross)
    var framed: Set<Int> = []
    for (place, frame) in graph.frames.enumerated() where !frame.nodes.isEmpty {
      lines.append("  subgraph cluster_\(place) {")
      lines.append("    label=\(quoted(frame.label))")
      lines.append("    color=\"#7c8793\"")
      lines += frame.nodes.map { "    " + box($0, graph.nodes[$0]) }
      lines.append("  }")
      framed.formUnion(frame.nodes)
    }
    for place in graph.nodes.indices where !framed.contains(place) {
      lines.append("  " + box(place, graph.nodes[place]))
    }
    for edge in graph.edges {
      var attributes: [String] = []
      if !edge.label.isEmpty { attributes.append("label=\(quoted(edge.label))") }
      if !edge.hasHappened { attributes.append("style=dashed") }
      if edge.isMarked { attributes.append("penwidth=2.5") }
      let list = attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"
      lines.append("  n\(edge.from) -> n\(edge.to)\(list)")
    }
    return document(lines)
  }

  private static func box(_ place: Int, _ node: Diagram.Graph.Node) -> String {
    let (fill, stroke) = DiagramColors.of(node.kind)
    let shape =
      switch node.kind {
      case .command, .aggregate: "box"
      case .event: "oval"
      case .saga: "hexagon"
      case .timer: "box"
      case .view: "cylinder"
      case .outside: "parallelogram"
      }
    var styles = ["filled"]
    if node.kind == .timer { styles.append("rounded") }
    if !node.hasHappened { styles.append("dashed") }
    var attributes = [
      "label=\(quoted(node.label))", "shape=\(shape)", "fillcolor=\"\(fill)\"",
      "color=\"\(stroke)\"", "style=\"\(styles.joined(separator: ","))\"",
    ]
    if node.isMarked { attributes.append("penwidth=2.5") }
    return "n\(place) [\(attributes.joined(separator: ", "))]"
  }

  // MARK: - A sequence

  /// A sequence as numbered arrows between those who take part.
  static func text(_ sequence: Diagram.Sequence) -> String {
    var lines = head(isAcross: true)
    for (place, participant) in sequence.participants.enumerated() {
      lines.append("  p\(place) [label=\(quoted(participant.label)), fillcolor=\"#fbfaf6\"]")
    }
    var number = 0
    for item in sequence.items {
      switch item {
      case .message(let from, let to, let label, let isCrossed):
        number += 1
        let style = isCrossed ? ", arrowhead=tee, color=\"#ab1f2d\"" : ""
        lines.append("  p\(from) -> p\(to) [label=\(quoted("\(number). \(label)"))\(style)]")
      case .note(let place, let label):
        number += 1
        lines.append("  p\(place) -> p\(place) [label=\(quoted("\(number). \(label)"))]")
      case .pause: continue
      }
    }
    return document(lines)
  }

  // MARK: - A statechart

  static func text(_ chart: Diagram.Chart) -> String {
    var lines = head(isAcross: true)
    lines.append("  compound=true")
    add(nil, of: chart, to: &lines, indent: "  ")
    for way in chart.ways {
      var attributes: [String] = []
      if !way.label.isEmpty { attributes.append("label=\(quoted(way.label))") }
      if way.isTaken { attributes.append("penwidth=2.5") }
      // An arrow to or from a state with others inside ends at its frame.
      let (from, to) = (leaf(way.from, of: chart), leaf(way.to, of: chart))
      if from != way.from { attributes.append("ltail=cluster_s\(way.from)") }
      if to != way.to { attributes.append("lhead=cluster_s\(way.to)") }
      let list = attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"
      lines.append("  s\(from) -> s\(to)\(list)")
    }
    return document(lines)
  }

  /// A state without others inside that stands for a state with some.
  private static func leaf(_ place: Int, of chart: Diagram.Chart) -> Int {
    let inside = chart.inside(place)
    guard let first = inside.first(where: { chart.states[$0].isInitial }) ?? inside.first else {
      return place
    }
    return leaf(first, of: chart)
  }

  private static func add(
    _ parent: Int?, of chart: Diagram.Chart, to lines: inout [String], indent: String
  ) {
    for place in chart.inside(parent) {
      let state = chart.states[place]
      if chart.inside(place).isEmpty {
        let edges = state.isFinal ? ", peripheries=2" : ""
        let shape = state.history == nil ? "box" : "circle"
        let width = state.isHere ? ", penwidth=2.5" : ""
        lines.append(
          "\(indent)s\(place) [label=\(quoted(state.label)), shape=\(shape), "
            + "style=\"filled,rounded\", fillcolor=\"#fbfaf6\"\(edges)\(width)]")
      } else {
        lines.append("\(indent)subgraph cluster_s\(place) {")
        lines.append("\(indent)  label=\(quoted(state.label))")
        lines.append("\(indent)  style=\"\(state.isParallel ? "dashed" : "rounded")\"")
        add(place, of: chart, to: &lines, indent: indent + "  ")
        lines.append("\(indent)}")
      }
      guard state.isInitial, parent.map({ !chart.states[$0].isParallel }) ?? true else { continue }
      lines.append("\(indent)i\(place) [shape=point, style=filled, label=\"\"]")
      lines.append("\(indent)i\(place) -> s\(leaf(place, of: chart))")
    }
  }
}
