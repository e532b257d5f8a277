extension MachineRun {
  /// Does some actions in order; each sees what those before it have changed.
  mutating func perform(_ actions: [MachineAction]) throws {
    if actions.isEmpty { return }
    for action in actions { try perform(action, action.params) }
  }

  /// - Parameter params: What the chart says beside the action's name.
  private mutating func perform(_ action: MachineAction, _ params: JSON) throws {
    var scope = scope
    scope.params = params
    switch action.work {
    case .assign(let change): try change(&context, scope)
    case .raise(let type, let content):
      let event = NewEvent(type, data: try content(scope))
      events.append(event)
      if let raising { aggregate = try raising(event) }
    case .post(let name, let content):
      queue.append(.message(MachineMessage(name, try content(scope))))
    case .send(let name, let id, let interval, let content):
      let message = MachineMessage(name, try content(scope))
      guard let interval else { return outside.append(message) }
      delays.append(
        MachineDelay(id: freeDelay(id), due: now + interval, message: message, sendID: id))
    case .cancel(let id):
      delays.removeAll { $0.sendID.map { isSameText($0, id) } ?? false }
    case .all(let actions):
      for action in actions { try perform(action, action.params.isNull ? params : action.params) }
    }
  }

  /// An id for a delay that no other has: `send:ID`, else with a number after it.
  private func freeDelay(_ id: String) -> String {
    var free = "send:\(id)"
    var number = 1
    while chart.delayIDs.contains(free) || delays.contains(where: { isSameText($0.id, free) }) {
      number += 1
      free = "send:\(id)#\(number)"
    }
    return free
  }
}
