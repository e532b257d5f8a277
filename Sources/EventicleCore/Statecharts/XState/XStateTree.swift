/// The states and transitions of a chart's JSON in one list, within limits, and what is wrong with
/// its shape.
struct XStateTree {
  private(set) var nodes: [XStateNode] = []
  private(set) var faults: [String] = []
  private(set) var remarks: [String] = []
  private var transitionCount = 0
  private var isTooLarge = false

  /// The most faults that are told; a chart that is wrong throughout says enough with them.
  static let most = 20

  /// What a state may say without being read: it is for people and editors.
  private static let quiet: Set<String> = [
    "$schema", "context", "description", "history", "id", "initial", "key", "meta", "order",
    "output", "data", "predictableActionArguments", "preserveActionOrder", "schema", "schemas",
    "states", "strict", "tags", "target", "transitions", "tsTypes", "type", "types", "version",
    "entry", "exit", "onEntry", "onExit", "on", "always", "after", "onDone", "invoke", "parallel",
  ]

  init(_ chart: JSON, id: String) {
    guard chart.object != nil else {
      fault(.top, "a chart is an object with states, but this is \(chart.kindName)")
      return
    }
    let own = chart["id"].string ?? id
    guard own.utf8.count <= Limits.chartName else {
      tooLong(own, .top + "id")
      return
    }
    add(chart, key: id, at: .top, parent: nil, id: own)
  }

  /// Whether no more faults are told, so that none need be worded.
  var isFull: Bool { faults.count >= XStateTree.most }

  mutating func fault(_ place: XStatePlace, _ reason: String) {
    if faults.count < XStateTree.most { faults.append("at \(place.text): \(reason)") }
  }

  mutating func remark(_ place: XStatePlace, _ reason: String) {
    if remarks.count < XStateTree.most { remarks.append("at \(place.text): \(reason)") }
  }

  private mutating func tooLong(_ name: String, _ place: XStatePlace) {
    fault(
      place,
      "a name has at most \(Limits.chartName) bytes, but this has \(name.utf8.count); "
        + "shorten it")
  }

  // MARK: - States

  private mutating func add(
    _ state: JSON, key: String, at place: XStatePlace, parent: Int?, id: String
  ) {
    let depth = parent.map { nodes[$0].depth + 1 } ?? 0
    guard nodes.count < Limits.chartStates, depth <= Limits.chartDepth else {
      if !isTooLarge {
        fault(
          place,
          depth > Limits.chartDepth
            ? "its states are nested deeper than \(Limits.chartDepth) levels"
            : "it has more than \(Limits.chartStates) states")
      }
      isTooLarge = true
      return
    }
    let index = nodes.count
    let above = parent.map { nodes[$0].path } ?? ""
    let path = parent == nil ? "" : above.isEmpty ? key : "\(above).\(key)"
    var node = XStateNode(
      key: key, place: place, members: state.memberTable, parent: parent, depth: depth, path: path,
      id: id)
    nodes.append(node)
    if let parent { nodes[parent].children.append(index) }
    for name in node.members.keys.sorted() where !XStateTree.quiet.contains(name) {
      unknown(name, node)
    }
    node.transitions = transitions(of: node)
    nodes[index].transitions = node.transitions
    let states = node.members["states"] ?? .null
    guard states.isNull || states.object != nil else {
      return fault(place + "states", "states are an object by name, but this is \(states.kindName)")
    }
    let top = nodes[0].id
    for (name, inner) in states.orderedMembers where !isTooLarge {
      let innerPlace = place + "states" + name
      guard inner.object != nil else {
        fault(
          innerPlace,
          "a state is an object, {} for one without anything, but this is "
            + inner.kindName)
        continue
      }
      let id = inner["id"]
      if !id.isNull, id.string == nil {
        fault(innerPlace + "id", "an id is a text, but this is \(id.kindName)")
      }
      if let long = [name, id.string ?? ""].first(where: { $0.utf8.count > Limits.chartName }) {
        tooLong(long, innerPlace)
        continue
      }
      let innerPath = path.isEmpty ? name : "\(path).\(name)"
      add(
        inner, key: name, at: innerPlace, parent: index,
        id: id.string ?? "\(top).\(innerPath)")
    }
  }

  private mutating func unknown(_ name: String, _ node: XStateNode) {
    switch name {
    case "activities":
      let value = node.members[name] ?? .null
      if value.isNull || value.array?.isEmpty == true { return }
      remark(
        node.place + name,
        "activities run in time of their own and are not started here; "
          + "do it in an adapter")
    case "delimiter":
      if node.members[name] == "." { return }
      fault(node.place + name, "paths are written with dots here; write the targets with dots")
    default:
      remark(
        node.place + XStatePlace.brief(name), "this is no part of a state and is not read")
    }
  }

  // MARK: - Transitions

  private mutating func transitions(of node: XStateNode) -> [XStateTransition] {
    var found: [XStateTransition] = []
    readMessages(of: node, into: &found)
    add(node.members["always"], .always, at: node.place + "always", to: &found)
    readDelays(of: node, into: &found)
    add(node.members["onDone"], .done, at: node.place + "onDone", to: &found)
    readInvoked(of: node, into: &found)
    return found
  }

  private mutating func readMessages(of node: XStateNode, into found: inout [XStateTransition]) {
    let place = node.place + "on"
    switch node.members["on"] ?? .null {
    case .null: break
    case .object(let object):
      for (name, value) in JSON.object(object).orderedMembers {
        add(value, name.isEmpty ? .always : .messages([name]), at: place + name, to: &found)
      }
    case .array(let items):
      for (index, item) in items.enumerated() {
        let names = item["event"].string.map { [$0] } ?? item["event"].array?.compactMap(\.string)
        guard let names, !names.isEmpty, names.count == item["event"].array?.count ?? 1 else {
          fault(
            place + index,
            "a transition in a list names its message as event, a text or a list "
              + "of texts")
          continue
        }
        let isAlways = names == [""]
        add(item, isAlways ? .always : .messages(names), at: place + index, to: &found)
      }
    case let other:
      fault(place, "on is an object of transitions by message, but this is \(other.kindName)")
    }
  }

  private mutating func readDelays(of node: XStateNode, into found: inout [XStateTransition]) {
    let place = node.place + "after"
    switch node.members["after"] ?? .null {
    case .null: break
    case .object(let object):
      for (name, value) in JSON.object(object).orderedMembers {
        add(value, .after(.string(name)), at: place + name, to: &found)
      }
    case .array(let items):
      for (index, item) in items.enumerated() {
        add(item, .after(item["delay"]), at: place + index, to: &found)
      }
    case let other:
      fault(place, "after is an object of transitions by delay, but this is \(other.kindName)")
    }
  }

  private mutating func readInvoked(of node: XStateNode, into found: inout [XStateTransition]) {
    guard let value = node.members["invoke"], !value.isNull else { return }
    for (index, item) in (value.array ?? [value]).enumerated() {
      let place = value.array == nil ? node.place + "invoke" : node.place + "invoke" + index
      let source = item.string ?? item["src"].string ?? item["src"]["type"].string ?? "something"
      let id = item["id"].string
      for member in ["onDone", "onError", "onSnapshot"] {
        let occasion = XStateTransition.Occasion.invoked(member, id: id, index: index)
        add(item.object?[member], occasion, at: place + member, to: &found)
      }
      remark(
        place,
        "\(XStatePlace.brief(source)) is not started here; start it in an adapter or a saga, "
          + "and send the machine the message that says how it ended")
    }
  }

  /// Adds one transition, or each of a list; none at all is one that forbids.
  private mutating func add(
    _ value: JSON?, _ occasion: XStateTransition.Occasion, at place: XStatePlace,
    to found: inout [XStateTransition]
  ) {
    guard let value else { return }
    let items = value.array ?? [value]
    var places = items.indices.map { place + $0 }
    if value.array == nil { places = [place] }
    let configs = items.isEmpty ? [(JSON.null, place)] : Array(zip(items, places))
    for (config, place) in configs {
      guard transitionCount < Limits.chartTransitions else {
        if !isTooLarge { fault(place, "it has more than \(Limits.chartTransitions) transitions") }
        isTooLarge = true
        return
      }
      transitionCount += 1
      found.append(XStateTransition(occasion: occasion, config: config, place: place))
    }
  }
}
