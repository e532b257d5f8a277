extension XStateReader {
  /// A transition; `nil` when it is wrong, which is a fault then.
  mutating func transition(
    _ declared: XStateTransition, of index: Int
  ) -> MachineTransition? {
    guard let trigger = trigger(declared, of: index) else { return nil }
    let (config, place) = (declared.config, declared.place)
    var target = config
    if config.object != nil {
      target = config["target"]
    } else if !config.isNull, config.string == nil {
      fault(
        place,
        "a transition is the name of a state or an object with target, but this is "
          + config.kindName)
      return nil
    }
    guard let targets = targets(target, of: index, config.object == nil ? place : place + "target")
    else { return nil }
    let condition = condition(config, of: index, place)
    let actions = actions(config["actions"], place + "actions")
    noteUnknown(in: config, place)
    // An empty transition is how both versions forbid what a state around would do.
    if targets.isEmpty, actions.isEmpty, condition == nil, !trigger.descriptors.isEmpty {
      return MachineTransition(forbidding: trigger)
    }
    return MachineTransition(
      trigger, targets: targets, when: condition, reach: reach(config, target),
      actions: actions)
  }

  private mutating func noteUnknown(in config: JSON, _ place: XStatePlace) {
    let known: Set<String> = [
      "target", "cond", "guard", "in", "internal", "reenter", "actions", "event", "delay",
      "description", "meta", "eventType", "source", "key", "order", "params", "tags",
    ]
    for (name, _) in config.orderedMembers where !known.contains(name) {
      remark(
        place + XStatePlace.brief(name), "this is no part of a transition and is not read")
    }
  }

  // MARK: - Occasions

  private mutating func trigger(
    _ declared: XStateTransition, of index: Int
  ) -> MachineTrigger? {
    switch declared.occasion {
    case .always: return .always
    case .done: return .done
    case .messages(let names): return names.count == 1 ? .message(names[0]) : .messages(names)
    case .invoked(let member, let id, let number):
      let own = nodes[index].id
      let standard = spelling == .version4 ? "\(own):invocation[\(number)]" : "\(number).\(own)"
      return .message(spelling.invokeName(member, id ?? standard))
    case .after(let delay):
      return interval(delay, declared.place).map { .after($0) }
    }
  }

  /// A delay in milliseconds, or by a name that Swift knows.
  mutating func interval(_ delay: JSON, _ place: XStatePlace) -> Interval? {
    let number = delay.double ?? delay.string.flatMap { Double($0) }
    if let number {
      guard number >= 0, number <= 1e15 else {
        fault(place, "a delay is 0 or more milliseconds, but this is \(number)")
        return nil
      }
      return .milliseconds(Int64(number.rounded()))
    }
    guard let name = delay.string else {
      fault(
        place, "a delay is a number of milliseconds or a name, but this is \(delay.kindName)")
      return nil
    }
    if let interval = parts.delays[name] {
      used.insert("delay \(name)")
      return interval
    }
    fault(
      place,
      "no delay is given for the name \(XStatePlace.brief(name)); give it in delays:"
        + alternatives(to: name, Array(parts.delays.keys)))
    return nil
  }

  /// `, or write X, which is there`; nothing when no name is near.
  func alternatives(to name: String, _ given: [String]) -> String {
    guard let near = TypoCorrection.nearest(to: name, among: given.sorted()) else { return "" }
    return ", or write \(near), which is there"
  }

  // MARK: - Targets

  private mutating func targets(
    _ target: JSON, of index: Int, _ place: XStatePlace
  ) -> [String]? {
    if target.isNull || target == "" { return [] }
    let items = target.array ?? [target]
    var targets: [String] = []
    for item in items {
      guard let text = item.string else {
        fault(place, "a target is the name of a state, but this is \(item.kindName)")
        return nil
      }
      let node = nodes[index]
      let scope = text.hasPrefix(".") ? node : node.parent.map { nodes[$0] } ?? node
      guard let found = find(text, in: scope, place) else { return nil }
      targets.append("#\(nodes[found].path)")
    }
    return targets
  }

  private func reach(_ config: JSON, _ target: JSON) -> MachineReach {
    guard spelling == .version4 else {
      return config["reenter"] == true ? .reentering : .contained
    }
    if let isInternal = config["internal"].bool { return isInternal ? .contained : .alone }
    let texts = (target.array ?? [target]).compactMap(\.string)
    return texts.contains { $0.hasPrefix(".") } ? .contained : .alone
  }

  // MARK: - Guards

  private mutating func condition(
    _ config: JSON, of index: Int, _ place: XStatePlace
  ) -> MachineGuard? {
    var found: MachineGuard?
    for member in ["cond", "guard"] {
      guard let value = config.object?[member], !value.isNull else { continue }
      let made = namedGuard(value, place + member)
      found = found.map { $0 && made } ?? made
    }
    guard let value = config.object?["in"], !value.isNull else { return found }
    // XState 4 looks in the state two levels above; a path from the top is understood too.
    let around = nodes[index].parent.flatMap { nodes[$0].parent } ?? 0
    for made in guards(in: value, from: "", below: nodes[around], place + "in") {
      found = found.map { made && $0 } ?? made
    }
    return found
  }

  private mutating func namedGuard(_ value: JSON, _ place: XStatePlace) -> MachineGuard {
    var name = value.string ?? value["type"].string
    // So XState 4 itself writes a guard that was given by name.
    if name == "xstate.guard", let inner = value["name"].string { name = inner }
    guard let name else {
      fault(
        place,
        "a guard is a name, or an object with its name as type, but this is "
          + (value.object == nil ? value.kindName : "an object without type"))
      return MachineGuard("", { _ in false })
    }
    guard let test = parts.guards[name] else {
      fault(
        place,
        "no guard is given for the name \(XStatePlace.brief(name)); give it in guards:"
          + alternatives(to: name, Array(parts.guards.keys)))
      return MachineGuard(name, { _ in false })
    }
    used.insert("guard \(name)")
    return MachineGuard(name, test).with(params(of: value))
  }

  /// The guards of `in`: a path, `#id`, or an object of paths.
  private mutating func guards(
    in value: JSON, from path: String, below around: XStateNode, _ place: XStatePlace
  ) -> [MachineGuard] {
    if let text = value.string {
      let full = path.isEmpty || text.hasPrefix("#") ? text : "\(path).\(text)"
      if let found = child(full, of: around) { return [.isIn(nodes[found].path)] }
      guard let found = find(full, in: nodes[0], place) else { return [] }
      return [.isIn(nodes[found].path)]
    }
    guard value.object?.isEmpty == false else {
      fault(place, "in names a state, but this is \(value.kindName)")
      return []
    }
    var made: [MachineGuard] = []
    for (name, inner) in value.orderedMembers {
      let next = path.isEmpty ? name : "\(path).\(name)"
      if inner.object?.isEmpty == true {
        made += guards(in: .string(next), from: "", below: around, place)
      } else {
        made += guards(in: inner, from: next, below: around, place + name)
      }
    }
    return made
  }

  /// What a chart says beside the name of a guard or an action.
  func params(of value: JSON) -> JSON {
    guard let object = value.object else { return .null }
    if let params = object["params"] { return params }
    guard spelling == .version4 else { return .null }
    let isWrapped = object["type"] == "xstate.guard"
    let quiet = isWrapped ? ["type", "name", "predicate"] : ["type", "exec"]
    let own = object.members.filter { !quiet.contains($0.key) }
    return own.isEmpty ? .null : .object(JSONObject(own))
  }
}
