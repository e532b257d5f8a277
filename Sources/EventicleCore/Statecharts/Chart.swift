/// The states of a machine in one list, in document order, with every target resolved.
///
/// The state at 0 is the machine itself. The states inside a state follow it without a gap, so that
/// one comparison tells whether a state is inside another.
struct Chart: Sendable {
  struct Node: Sendable {
    let name: String
    let path: String
    let kind: MachineState.Kind
    let parent: Int?
    let entry: [MachineAction]
    let exit: [MachineAction]
    var children: [Int] = []
    /// The index of the last state inside it, or its own.
    var last = 0
    /// Where entering it leads next: a compound state's initial child, a history state's default.
    var standard: [Int] = []
    var edges: [Int] = []
    /// The edges by what triggers them.
    var edgesByTrigger: [MachineTrigger: [Int]] = [:]

    var isHistory: Bool {
      if case .history = kind { true } else { false }
    }

    var isCompound: Bool {
      if case .compound = kind { true } else { false }
    }
  }

  struct Edge: Sendable {
    let source: Int
    let targets: [Int]
    let transition: MachineTransition
    /// The id of its delay, when it is a delayed transition.
    let delay: String?
  }

  private(set) var nodes: [Node] = []
  private(set) var edges: [Edge] = []
  /// Targets that do not exist: the state, the transition or `nil`, and the text.
  private(set) var lost: [(source: Int, transition: MachineTransition?, target: String)] = []
  private var places: [String: Int] = [:]

  init(_ top: MachineState) {
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
      Node(
        name: state.name, path: path, kind: state.kind, parent: parent, entry: state.entry,
        exit: state.exit))
    declared.append(state)
    if parent != nil, places[path] == nil { places[path] = index }
    if let parent { nodes[parent].children.append(index) }
    for child in state.states { add(child, parent: index, to: &declared) }
    nodes[index].last = nodes.count - 1
  }

  private mutating func connect(_ state: MachineState, at index: Int) {
    switch state.kind {
    case .compound(let initial):
      if let child = child(initial[...], of: index) { nodes[index].standard = [child] }
    case .history(_, let standard?):
      if let target = find(standard, from: index) {
        nodes[index].standard = [target]
      } else {
        lost.append((index, nil, standard))
      }
    case .history(_, nil):
      nodes[index].standard = nodes[index].parent.map(beginning) ?? []
    default: break
    }
    for transition in state.transitions {
      var targets: [Int] = []
      for text in transition.targets {
        if let target = find(text, from: index) {
          targets.append(target)
        } else {
          lost.append((index, transition, text))
        }
      }
      var delay: String?
      if case .after(let interval) = transition.trigger {
        delay = "\(nodes[index].path)/\(interval)"
      }
      nodes[index].edges.append(edges.count)
      nodes[index].edgesByTrigger[transition.trigger, default: []].append(edges.count)
      edges.append(
        Edge(source: index, targets: targets, transition: transition, delay: delay))
    }
  }

  /// The children that are entered together with a state.
  private func beginning(of index: Int) -> [Int] {
    switch nodes[index].kind {
    case .compound(let initial): child(initial[...], of: index).map { [$0] } ?? []
    case .parallel: regions(of: index)
    default: []
    }
  }

  // MARK: - Looking up

  func place(of path: String) -> Int? { places[path] }

  /// The children of a parallel state without history states.
  func regions(of index: Int) -> [Int] { nodes[index].children.filter { !nodes[$0].isHistory } }

  func isInside(_ inner: Int, _ outer: Int) -> Bool {
    inner > outer && inner <= nodes[outer].last
  }

  /// The states around a state, innermost first.
  func ancestors(of index: Int) -> [Int] {
    var found: [Int] = []
    var next = nodes[index].parent
    while let place = next {
      found.append(place)
      next = nodes[place].parent
    }
    return found
  }

  /// The innermost compound state that contains all of the states, or the machine itself.
  func commonCompound(of states: [Int]) -> Int {
    guard let first = states.first else { return 0 }
    let common = ancestors(of: first).first { ancestor in
      (ancestor == 0 || nodes[ancestor].isCompound)
        && states.dropFirst().allSatisfy { isInside($0, ancestor) }
    }
    return common ?? 0
  }

  func child(_ name: Substring, of index: Int) -> Int? {
    nodes[index].children.first { isSameText(nodes[$0].name, String(name)) }
  }

  private func find(_ target: String, from index: Int) -> Int? {
    if target.hasPrefix("#") { return descend(target.dropFirst(), from: 0) }
    if target.hasPrefix(".") { return descend(target.dropFirst(), from: index) }
    let first = target.prefix { $0 != "." }
    let scope = (index == 0 ? [0] : ancestors(of: index)).first { child(first, of: $0) != nil }
    return scope.flatMap { descend(target[...], from: $0) }
  }

  private func descend(_ path: Substring, from index: Int) -> Int? {
    var place = index
    for name in path.split(separator: ".", omittingEmptySubsequences: false) {
      guard let next = child(name, of: place) else { return nil }
      place = next
    }
    return place
  }
}
