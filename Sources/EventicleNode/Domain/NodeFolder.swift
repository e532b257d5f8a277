internal import EventicleCore

/// Folds the events of aggregates by the code's own reducers.
struct NodeFolder: AggregateFolder {
  let host: NodeHost

  func fold(_ events: [Event], of key: AggregateKey, at versions: [Version]) throws -> [JSON] {
    guard let last = events.last else { return versions.map { _ in .emptyObject } }
    let kept = host.lock.with { host.persisted.state(of: key, after: last.id) }
    if let kept, versions == [Version(events.count)] { return [kept] }
    let answer = try host.call(
      "fold", nil, HandlerID(.aggregate, key.type), in: nil,
      deadline: host.options.handlerDeadline
    ) { message in
      message.member("type", .string(key.type))
      message.member("id", .string(key.id.text))
      message.member("events", events)
      message.member("at", .array(versions.map { .int($0.number) }))
    }
    if let states = answer["states"].array, states.count == versions.count { return states }
    guard answer["unknown"].bool == true, let kept else {
      throw NodeCallError(
        "The code has made no \(key.type) since it was loaded, so that its events cannot be folded; "
          + "export its class, or let a command load it.")
    }
    // The newest state that is known, marked as one that was not folded.
    var state = kept
    state["as persisted"] = true
    return versions.map { $0.number == events.count ? state : .emptyObject }
  }
}
