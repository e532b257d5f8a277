extension XStateReader {
  /// The actions of a state under a name or an older one.
  mutating func actions(_ node: XStateNode, _ name: String, _ older: String) -> [MachineAction] {
    let found = [name, older].filter { node.members[$0].map { !$0.isNull } ?? false }
    return found.flatMap { actions(node.members[$0] ?? .null, node.place + $0) }
  }

  /// One action or a list of them.
  mutating func actions(_ value: JSON, _ place: XStatePlace) -> [MachineAction] {
    guard let items = value.array else { return value.isNull ? [] : action(value, place) }
    return items.enumerated().flatMap { action($0.element, place + $0.offset) }
  }

  private mutating func action(_ value: JSON, _ place: XStatePlace) -> [MachineAction] {
    guard let name = value.string ?? value["type"].string else {
      // A function in the program that drew the chart is null in its JSON.
      fault(
        place,
        "an action is a name, or an object with its name as type, but this is "
          + (value.object == nil ? value.kindName : "an object without type")
          + (value.isNull ? ", as a function becomes in JSON; give it a name there" : ""))
      return []
    }
    if let given = parts.actions[name] {
      used.insert("action \(name)")
      return [given.named(name).with(params(of: value))]
    }
    let prefix = "xstate."
    let own = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    switch own {
    case "raise": return sending(value, isInternal: true, place)
    case "send", "sendTo": return sending(value, isInternal: false, place)
    case "cancel": return cancelling(value, place)
    case "assign": return assigning(value, place)
    case "emit": return emitting(value, place)
    case "log": return []
    default: break
    }
    if name.hasPrefix(prefix) {
      fault(
        place,
        "\(XStatePlace.brief(name)) is not done here; give an action of that name in "
          + "actions:, or use raise, send, sendTo, cancel, assign, emit or log")
    } else {
      fault(
        place,
        "no action is given for the name \(XStatePlace.brief(name)); give it in actions:"
          + alternatives(to: name, Array(parts.actions.keys)))
    }
    return []
  }

  // MARK: - What XState has itself

  /// A member of an action, or of its params.
  private func member(_ name: String, of value: JSON) -> JSON {
    value.object?[name] ?? value["params"][name]
  }

  /// The name and the data of an event: a text, or an object with its name as type.
  private mutating func event(
    of value: JSON, _ place: XStatePlace
  ) -> (name: String, data: JSON)? {
    let event = member("event", of: value)
    if let name = event.string, !name.isEmpty { return (name, .emptyObject) }
    guard let name = event["type"].string, !name.isEmpty else {
      fault(
        place,
        "what is sent is written as event, a name or an object with its name as type, but "
          + "this is \(event.object == nil ? event.kindName : "an object without type")")
      return nil
    }
    let data = (event.object?.members ?? []).filter { $0.key != "type" }
    return (name, .object(JSONObject(data)))
  }

  private mutating func sending(
    _ value: JSON, isInternal: Bool, _ place: XStatePlace
  ) -> [MachineAction] {
    guard let (name, data) = event(of: value, place) else { return [] }
    let to = member("to", of: value)
    let ownWords: [JSON] = [.null, "#_internal", "self"]
    guard ownWords.contains(to) else {
      remark(
        place,
        "\(XStatePlace.brief(name)) goes to another actor, \(XStatePlace.brief("\(to)")), "
          + "and is not sent; raise an event and let a saga send it")
      return []
    }
    let delay = member("delay", of: value)
    let id = member("id", of: value)
    let content: MachineAction.Content = { _ in data }
    guard delay.isNull else {
      guard let interval = interval(delay, place + "delay") else { return [] }
      return [.send(name, after: interval, id: id.string ?? name, content)]
    }
    return isInternal || to == "#_internal"
      ? [.post(name, content)] : [.send(name, id: id.string ?? name, content)]
  }

  private mutating func cancelling(_ value: JSON, _ place: XStatePlace) -> [MachineAction] {
    guard let id = member("sendId", of: value).string ?? member("id", of: value).string else {
      fault(place, "what is cancelled is written as sendId, the id with which it was sent")
      return []
    }
    return [.cancel(id)]
  }

  private mutating func assigning(_ value: JSON, _ place: XStatePlace) -> [MachineAction] {
    let values = member("assignment", of: value)
    guard let object = values.object, !object.isEmpty else {
      fault(
        place,
        "only plain values can be assigned from JSON: write them as an object named "
          + "assignment, or give an action by name")
      return []
    }
    let members = object.members
    return [
      .assign("assign \(XStatePlace.brief(object.keys.joined(separator: ", ")))") { context, _ in
        for member in members { context[member.key] = member.value }
      }
    ]
  }

  /// What a chart emits to whoever listens is an event of the aggregate.
  private mutating func emitting(_ value: JSON, _ place: XStatePlace) -> [MachineAction] {
    guard let (name, data) = event(of: value, place) else { return [] }
    return [.raise(EventType(name)) { _ in data }]
  }
}
