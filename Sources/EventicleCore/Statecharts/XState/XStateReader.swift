/// Makes a machine's states of a chart's JSON: looks up targets, guards, actions and delays.
struct XStateReader {
  /// What Swift gives for the names in a chart.
  struct Parts {
    let guards: [String: MachineGuard.Test]
    let actions: [String: MachineAction]
    let delays: [String: Interval]
  }

  let parts: Parts
  let spelling: XStateSpelling
  private(set) var tree: XStateTree
  private var ids: [String: Int] = [:]
  private var paths: [String: Int] = [:]
  /// The names that the chart uses, to find parts that it does not.
  var used: Set<String> = []
  private(set) var top: MachineState?

  var nodes: [XStateNode] { tree.nodes }

  /// - Parameter spelling: `nil` to find out by the words of the chart.
  init(_ chart: JSON, name: String, spelling: XStateSpelling?, _ parts: Parts) {
    self.parts = parts
    tree = XStateTree(chart, id: name)
    let found = XStateReader.spelling(of: tree)
    self.spelling = spelling ?? found.first?.spelling ?? .version5
    if spelling == nil, let second = found.dropFirst().first, let first = found.first {
      fault(
        second.place,
        "this is written as in \(second.spelling.title), but \(first.place.text) as "
          + "in \(first.spelling.title); write both alike, or say which with spelling:")
    }
    for (index, node) in tree.nodes.enumerated() {
      if paths[node.path] == nil { paths[node.path] = index }
      if let other = ids[node.id] {
        fault(
          node.place,
          "the id \(XStatePlace.brief(node.id)) is that of "
            + "\(tree.nodes[other].place.text) too; give one of them another")
      } else {
        ids[node.id] = index
      }
    }
    guard !tree.nodes.isEmpty else { return }
    top = state(0, name: name)
    noteUnused()
  }

  mutating func fault(_ place: XStatePlace, _ reason: String) { tree.fault(place, reason) }
  mutating func remark(_ place: XStatePlace, _ reason: String) { tree.remark(place, reason) }

  /// The first place that has a word of one spelling alone, and the first of the other.
  private static func spelling(
    of tree: XStateTree
  ) -> [(spelling: XStateSpelling, place: XStatePlace)] {
    var found: [(spelling: XStateSpelling, place: XStatePlace)] = []
    func note(_ spelling: XStateSpelling?, _ place: XStatePlace) {
      guard let spelling, !found.contains(where: { $0.spelling == spelling }) else { return }
      found.append((spelling, place))
    }
    for node in tree.nodes {
      for name in node.members.keys.sorted() where node.members[name]?.isNull == false {
        note(XStateSpelling.ofState(name), node.place + name)
      }
      for transition in node.transitions {
        for (name, value) in transition.config.orderedMembers where !value.isNull {
          note(XStateSpelling.ofTransition(name), transition.place + name)
        }
        guard case .messages(let names) = transition.occasion else { continue }
        let isPrefix = names.contains { MachineTrigger.prefix(of: $0) != nil }
        note(isPrefix ? .version5 : nil, transition.place)
      }
    }
    return found
  }

  private mutating func noteUnused() {
    let given = [
      ("guard", Array(parts.guards.keys)), ("action", Array(parts.actions.keys)),
      ("delay", Array(parts.delays.keys)),
    ]
    for (kind, names) in given {
      for name in names.sorted() where !used.contains("\(kind) \(name)") {
        remark(.top, "the \(kind) \(XStatePlace.brief(name)) is given, but no place names it")
      }
    }
  }

  // MARK: - States

  private mutating func state(_ index: Int, name: String? = nil) -> MachineState {
    let node = nodes[index]
    let (kind, start) = kind(of: node)
    var transitions: [MachineTransition] = []
    for transition in node.transitions {
      if let made = self.transition(transition, of: index) { transitions.append(made) }
    }
    let entry = actions(node, "entry", "onEntry")
    let exit = actions(node, "exit", "onExit")
    var children: [MachineState] = []
    for child in node.children { children.append(state(child)) }
    var made = MachineState(
      name ?? node.key, kind, transitions: transitions, states: children, entry: entry, exit: exit,
      start: start)
    made.doneName = spelling.doneName(node.id)
    let output = node.members[spelling == .version4 ? "data" : "output"] ?? .null
    if !output.isNull { made.output = output }
    return made
  }

  private mutating func kind(
    of node: XStateNode
  ) -> (kind: MachineState.Kind, start: [MachineAction]) {
    let type = node.members["type"] ?? .null
    let history = node.members["history"] ?? .null
    // Both versions write `history: false` for states that are none.
    let isHistory = history.string != nil || history == true
    switch type.string {
    case "parallel": return (.parallel, [])
    case "final": return (.final, [])
    case "history": return (historyKind(of: node, history), [])
    case nil where !type.isNull:
      fault(node.place + "type", "a type is a text, but this is \(type.kindName)")
    case let name? where !["atomic", "compound"].contains(name):
      fault(
        node.place + "type",
        "a state is atomic, compound, parallel, final or history, but this is "
          + XStatePlace.brief(name))
    default: break
    }
    if type.isNull, node.members["parallel"] == true { return (.parallel, []) }
    if type.isNull, isHistory, node.children.isEmpty {
      return (historyKind(of: node, history), [])
    }
    guard !node.children.isEmpty else { return (.atomic, []) }
    return compoundKind(of: node)
  }

  private mutating func compoundKind(
    of node: XStateNode
  ) -> (kind: MachineState.Kind, start: [MachineAction]) {
    let place = node.place + "initial"
    let initial = node.members["initial"] ?? .null
    let target = initial.object == nil ? initial : initial["target"]
    let start = initial.object == nil ? [] : actions(initial["actions"], place + "actions")
    let names = target.string.map { [$0] } ?? target.array?.compactMap(\.string) ?? []
    guard !names.isEmpty, names.count == target.array?.count ?? 1 else {
      let there = TypoCorrection.list(node.children.map { nodes[$0].key })
      fault(
        target.isNull ? node.place : place,
        "a state with states inside says with which it begins: "
          + "write one of \(there) as initial")
      return (.compound(initial: []), start)
    }
    var paths: [String] = []
    for name in names {
      guard let found = find(name, in: node, place) else { continue }
      let prefix = node.path.isEmpty ? 0 : node.path.utf8.count + 1
      let path = nodes[found].path
      guard path.utf8.count > prefix, path.hasPrefix(node.path) else {
        fault(place, "\(XStatePlace.brief(name)) does not lie within the state that begins with it")
        continue
      }
      paths.append(String(path.utf8.dropFirst(prefix)) ?? "")
    }
    return (.compound(initial: paths), start)
  }

  private mutating func historyKind(of node: XStateNode, _ history: JSON) -> MachineState.Kind {
    let place = node.place + "target"
    let target = node.members["target"] ?? .null
    let isDeep = history == "deep"
    if let word = history.string, !["deep", "shallow"].contains(word) {
      fault(
        node.place + "history",
        "a history is shallow or deep, but this is "
          + XStatePlace.brief(word))
    }
    guard !target.isNull else { return .history(deep: isDeep, standard: nil) }
    let names = target.array ?? [target]
    guard let name = names.first?.string, names.count == 1, let parent = node.parent else {
      fault(place, "a history leads to one state before it remembers any; write its name")
      return .history(deep: isDeep, standard: nil)
    }
    guard let found = find(name, in: nodes[parent], place) else {
      return .history(deep: isDeep, standard: nil)
    }
    return .history(deep: isDeep, standard: "#\(nodes[found].path)")
  }

  // MARK: - Looking up states

  /// The state that a text names, seen from within a state: `#id`, `#id.child`, `.child`, `child`.
  mutating func find(_ text: String, in node: XStateNode, _ place: XStatePlace) -> Int? {
    guard text.utf8.count <= 4_096 else {
      fault(place, "a target is a path of names, but this is \(text.utf8.count) bytes long")
      return nil
    }
    if text.hasPrefix("#") {
      if let found = byID(text.dropFirst()) { return found }
      if tree.isFull { return nil }
      fault(
        place,
        "no state has the id \(XStatePlace.brief(text))"
          + TypoCorrection.ending(for: text, among: ids.keys.sorted().map { "#\($0)" }, none: ""))
      return nil
    }
    let relative = text.hasPrefix(".") ? String(text.dropFirst()) : text
    if let found = child(relative, of: node) { return found }
    if tree.isFull { return nil }
    let names = node.children.map { nodes[$0].key }
    let scope = node.parent == nil ? "at the top" : "in \(XStatePlace.brief(node.path))"
    fault(
      place,
      "there is no state \(XStatePlace.brief(text)) \(scope)"
        + TypoCorrection.ending(for: relative, among: names, none: "it has no states"))
    return nil
  }

  /// The state at a path below a state.
  func child(_ path: String, of node: XStateNode) -> Int? {
    path.isEmpty ? nil : paths[node.path.isEmpty ? path : "\(node.path).\(path)"]
  }

  private func byID(_ text: Substring) -> Int? {
    if let found = ids[String(text)] { return found }
    // `#id.child`: the longest beginning that is an id, then a path within its state.
    var end = text.endIndex
    while let dot = text[..<end].lastIndex(of: ".") {
      if let node = ids[String(text[..<dot])] {
        let rest = text[text.index(after: dot)...]
        let path = nodes[node].path
        if let found = paths[path.isEmpty ? String(rest) : "\(path).\(rest)"] { return found }
      }
      end = dot
    }
    return nil
  }
}
