/// What an action does, as far as it can be written down without its code.
package enum MachineDeed: Sendable, Hashable {
  /// Raises an event of a type.
  case event(String)
  /// Posts a message.
  case post(String)
  /// Sends a message, at once or later.
  case send(String, id: String, after: Interval?)
  /// Takes back what was sent with an id.
  case cancel(String)
  /// Does something else, in a few words.
  case other(String)
}

extension MachineAction {
  /// What it does, in order.
  var deeds: [MachineDeed] {
    switch work {
    case .assign: [.other(name)]
    case .raise(let type, _): [.event(type.text)]
    case .post(let message, _): [.post(message)]
    case .send(let message, let id, let interval, _): [.send(message, id: id, after: interval)]
    case .cancel(let id): [.cancel(id)]
    case .all(let actions): actions.flatMap(\.deeds)
    }
  }
}
