/// Lays out the states of a machine in one list and resolves targets.
struct ChartBuilder {
  private(set) var nodes: [Chart.Node] = []
  private(set) var edges: [Chart.Edge] = []
  private(set) var lost: [Chart.Lost] = []
  private(set) var lasts: [Int] = []
  private(set) var ancestors: [[Int]] = []
  private(set) var triggers: [ChartTriggers] = []
  private(set) var names: [String: Int] = [:]
  private(set) var places: [String: Int] = [:]
  private let dialect: MachineDialect

  init(_ dialect: MachineDialect) { self.dialect = dialect }

  mutating func build(_ top: MachineState) {
    var declared: [MachineState] = []
    add(top, parent: nil, to: &declared)
    for (index, state) in declared.enumerated() { connect(state, at: index) }
  }

  private mutating func add(
    _ state: MachineState, parent: Int?, to declared: inout [MachineState]
  ) {
    let index = nodes.count
    var path = parent == nil ? "" : state.name
    if let parent, parent > 0 { path = "\(nodes[parent].path).\(state.name)" }
    nodes.append(
      Chart.Node(
        name: state.name, path: path, kind: state.kind, parent: parent, entry: state.entry,
        exit: state.exit, start: state.start, doneName: state.doneName ?? "done.state.\(path)",
        output: state.output))
    declared.append(state)
    lasts.append(index)
    ancestors.append(parent.map { [$0] + ancestors[$0] } ?? [])
    triggers.append(ChartTriggers())
    if parent != nil, places[path] == nil { places[path] = index }
    if let parent { nodes[parent].children.append(index) }
    for child in state.states { add(child, parent: index, to: &declared) }
    lasts[index] = nodes.count - 1
  }

  // MARK: - Connecting

  private mutating func connect(_ state: MachineState, at index: Int) {
    switch state.kind {
    case .compound(let initial):
      let targets = initial.map { descend($0[...], from: index) }
      // A beginning of which a part is missing is none, and is reported as such.
      nodes[index].standard = targets.contains(nil) ? [] : targets.compactMap { $0 }
    case .history(_, let standard?):
      if let target = find(standard, from: index) {
        nodes[index].standard = [target]
      } else {
        lost.append(Chart.Lost(source: index, transition: nil, target: standard))
      }
    case .history(_, nil):
      nodes[index].standard = nodes[index].parent.map(beginning) ?? []
    default: break
    }
    for transition in state.transitions { connect(transition, at: index) }
  }

  private mutating func connect(_ transition: MachineTransition, at index: Int) {
    var targets: [Int] = []
    for text in transition.targets {
      if let target = find(text, from: index) {
        targets.append(target)
      } else {
        lost.append(Chart.Lost(source: index, transition: transition, target: text))
      }
    }
    let edge = edges.count
    var delay: String?
    switch transition.trigger {
    case .always: triggers[index].always.append(edge)
    case .done: triggers[index].done.append(edge)
    case .after(let interval):
      let id = "\(nodes[index].path)/\(interval)"
      delay = id
      if let place = triggers[index].delays.firstIndex(where: { $0.id == id }) {
        triggers[index].delays[place].edges.append(edge)
      } else {
        triggers[index].delays.append(
          ChartTriggers.Delay(id: id, interval: interval, edges: [edge]))
      }
    case .message, .messages:
      triggers[index].messages.append(edge)
      for descriptor in transition.trigger.descriptors { note(descriptor, edge, at: index) }
    }
    nodes[index].edges.append(edge)
    edges.append(
      Chart.Edge(source: index, targets: targets, transition: transition, delay: delay))
  }

  private mutating func note(_ descriptor: String, _ edge: Int, at index: Int) {
    if descriptor == "*" {
      triggers[index].any.append(edge)
    } else if let prefix = MachineTrigger.prefix(of: descriptor) {
      let known = triggers[index].prefixes
      if let place = known.firstIndex(where: { isSameText($0, prefix) }) {
        triggers[index].prefixed[place].append(edge)
      } else {
        let length = prefix.utf8.count
        let place = known.firstIndex { $0.utf8.count < length } ?? known.count
        triggers[index].prefixes.insert(prefix, at: place)
        triggers[index].prefixed.insert([edge], at: place)
      }
    } else {
      let number = names[descriptor] ?? names.count
      names[descriptor] = number
      if let place = triggers[index].nameNumbers.firstIndex(of: number) {
        triggers[index].named[place].append(edge)
      } else {
        triggers[index].nameNumbers.append(number)
        triggers[index].named.append([edge])
      }
    }
  }

  /// The states that are entered together with a state.
  private func beginning(of index: Int) -> [Int] {
    switch nodes[index].kind {
    case .compound(let initial): initial.compactMap { descend($0[...], from: index) }
    case .parallel: nodes[index].children.filter { !nodes[$0].isHistory }
    default: []
    }
  }

  // MARK: - Targets

  private func child(_ name: Substring, of index: Int) -> Int? {
    let path = nodes[index].path
    guard !name.isEmpty, let place = places[path.isEmpty ? String(name) : "\(path).\(name)"],
      nodes[place].parent == index
    else { return nil }
    return place
  }

  private func find(_ target: String, from index: Int) -> Int? {
    if target == "#" { return 0 }
    if target.hasPrefix("#") { return descend(target.dropFirst(), from: 0) }
    if target.hasPrefix(".") { return descend(target.dropFirst(), from: index) }
    let first = target.prefix { $0 != "." }
    let scope = (index == 0 ? [0] : ancestors[index]).first { child(first, of: $0) != nil }
    return scope.flatMap { descend(target[...], from: $0) }
  }

  private func descend(_ path: Substring, from index: Int) -> Int? {
    var place = index
    for name in path.split(separator: ".", omittingEmptySubsequences: false) {
      guard let next = child(name, of: place) else { return nil }
      place = next
    }
    return place == index ? nil : place
  }
}
