package import EventicleCore

extension Diagram {
  /// The states of an aggregate, as its machine or its lifecycle declares them; `nil` when neither
  /// does and it has been in none.
  ///
  /// - Parameter states: The states of one instance, oldest first, of which the last is where it is.
  package static func chart(of root: AggregateRoot, after states: [JSON] = []) -> Chart? {
    var chart =
      root.machine.map { Chart($0, after: states) } ?? self.chart(of: root.lifecycle, states)
    if chart.name.isEmpty { chart.name = root.type }
    return chart.states.isEmpty ? nil : chart
  }

  private static func chart(of lifecycle: Lifecycle?, _ states: [JSON]) -> Chart {
    let field = lifecycle?.field ?? "status"
    var words: [String] = []
    for state in states {
      guard let word = state.object?[field]?.string, word != words.last else { continue }
      words.append(word)
    }
    let declared = lifecycle?.states ?? []
    var names = declared.map(\.name)
    for word in words where !names.contains(word) { names.append(word) }
    let first = declared.first?.name ?? words.first
    var chart = Chart()
    for name in names {
      let isFinal = declared.first { $0.name == name }?.isFinal ?? false
      chart.states.append(
        Chart.State(
          label: name, parent: nil, path: name, isInitial: name == first, isFinal: isFinal,
          isHere: name == words.last))
    }
    let taken = Set(zip(words, words.dropFirst()).map { [$0, $1] })
    var ways: [[String]] = []
    for state in declared { ways += state.ways.map { [state.name, $0] } }
    for way in zip(words, words.dropFirst()).map({ [$0, $1] }) where !ways.contains(way) {
      ways.append(way)
    }
    for way in ways {
      guard let from = names.firstIndex(of: way[0]), let to = names.firstIndex(of: way[1]) else {
        continue
      }
      chart.ways.append(Chart.Way(from: from, to: to, isTaken: taken.contains(way)))
      chart.transitions.append(
        Chart.Transition(from: from, targets: [to], trigger: MachineTrigger.message("to.\(way[1])"))
      )
    }
    return chart
  }
}
