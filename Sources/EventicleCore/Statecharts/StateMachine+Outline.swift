/// One state of a machine as an outline shows it.
package struct MachinePlace: Sendable, Hashable {
  /// The path from the top, such as `payment.waiting`.
  package let path: String
  /// The name, unique among its siblings.
  package let name: String
  /// How many states it is inside of.
  package let depth: Int
  /// Whether entering it ends the state around it.
  package let isFinal: Bool
  /// The paths of the states that its own transitions lead to, each once, in declaration order.
  package let ways: [String]
}

extension StateMachine {
  /// The states in document order, each before those inside it, without history states.
  ///
  /// A transition to a history leads to the state around it. The machine itself comes first, with an
  /// empty path, when transitions of its own lead out of every state.
  package var outline: [MachinePlace] {
    chart.nodes.indices.compactMap { index in
      let node = chart.nodes[index]
      guard !node.isHistory else { return nil }
      var ways: [String] = []
      for target in node.edges.flatMap({ chart.edges[$0].targets }) {
        let isHistory = chart.nodes[target].isHistory
        guard let place = isHistory ? chart.nodes[target].parent : target else { continue }
        let path = chart.nodes[place].path
        if !path.isEmpty, !ways.contains(path) { ways.append(path) }
      }
      if index == 0, ways.isEmpty { return nil }
      return MachinePlace(
        path: node.path, name: node.name, depth: max(0, chart.ancestors[index].count - 1),
        isFinal: node.kind == .final, ways: ways)
    }
  }
}
