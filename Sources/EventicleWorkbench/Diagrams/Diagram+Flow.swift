package import EventicleCore

extension Diagram {
  /// A conversation: in Mermaid as a sequence of messages, in Graphviz, which knows none, as the tree
  /// of its causes.
  package static func flow(
    _ conversation: Conversation, _ moment: MomentView, as format: Format
  ) -> Diagram {
    switch format {
    case .mermaid: .sequence(sequence(conversation, moment))
    case .dot: .graph(tree(conversation, moment))
    }
  }

  // MARK: - The tree

  private static func tree(_ conversation: Conversation, _ moment: MomentView) -> Graph {
    let words = ConversationWords(moment)
    var graph = Graph()
    graph.isAcross = true
    for node in conversation.nodes {
      let since = (node.instant - conversation.start).brief
      let state = node.state.map { " → \($0)" } ?? ""
      _ = graph.add(
        Graph.Node(
          label: "\(node.letter) \(words.title(of: node))\(state)\n+\(since)", kind: kind(of: node),
          hasHappened: !node.isLater(than: moment), isMarked: node.kind.problem != nil))
    }
    for (place, node) in conversation.nodes.enumerated() {
      guard let parent = node.parent else { continue }
      graph.edges.append(
        Graph.Edge(from: parent, to: place, hasHappened: !node.isLater(than: moment)))
    }
    return graph
  }

  private static func kind(of node: Conversation.Node) -> Kind {
    switch node.letter {
    case "C": .command
    case "E": .event
    case "S": .saga
    case "T": .timer
    case "V": .view
    default: .outside
    }
  }

  // MARK: - The sequence

  private static func sequence(
    _ conversation: Conversation, _ moment: MomentView
  ) -> Sequence {
    let words = ConversationWords(moment)
    let lanes = ConversationLanes(conversation, moment)
    var sequence = Sequence()
    sequence.participants = lanes.lanes.map { lane in
      let letter = lane.kind.letter.isEmpty ? "" : "\(lane.kind.letter) "
      let name = lane.instance.map { words.saga($0) } ?? lane.name
      return Sequence.Participant(label: letter + name, isPerson: lane.kind == .person)
    }
    for item in lanes.items {
      switch item {
      case .idle(let length): sequence.items.append(.pause("\(length.brief) nothing happens"))
      case .row(let row):
        let node = conversation.nodes[row.node]
        sequence.items.append(message(row, node, words, moment))
      }
    }
    return sequence
  }

  private static func message(
    _ row: ConversationLanes.Row, _ node: Conversation.Node, _ words: ConversationWords,
    _ moment: MomentView
  ) -> Sequence.Item {
    var label = words.title(of: node)
    if case .delivery(let position, _, _, _) = node.kind {
      let type = moment.log.type(at: position).map { " \($0)" } ?? ""
      let fate = words.fate(of: node)
      label = "\(position)\(type)" + (fate.isEmpty ? "" : ": \(fate)")
    }
    if let state = node.state { label += " → \(state)" }
    if let problem = node.kind.problem { label += ": \(problem)" }
    guard let from = row.from else { return .note(at: row.to, label: label) }
    return .message(from: from, to: row.to, label: label, isCrossed: node.kind.problem != nil)
  }
}
