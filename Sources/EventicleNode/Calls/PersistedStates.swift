internal import EventicleCore

/// The states of aggregates that came with what was persisted, so that the newest one need not be
/// folded; bounded.
struct PersistedStates {
  private static let most = 1_024

  private var states: [AggregateKey: (last: EventID, state: JSON)] = [:]
  private var order: [AggregateKey] = []

  /// Keeps the state after an event, which tells whether the history has it.
  mutating func keep(_ state: JSON, after last: EventID, of key: AggregateKey) {
    if states.updateValue((last, state), forKey: key) == nil { order.append(key) }
    guard order.count > PersistedStates.most else { return }
    for old in order.prefix(PersistedStates.most / 2) { states[old] = nil }
    order.removeFirst(PersistedStates.most / 2)
  }

  /// The state after an event, if it is the one that is kept.
  func state(of key: AggregateKey, after last: EventID) -> JSON? {
    // JSON's own null is not meant where there is none.
    guard let known = states[key], known.last == last else { return Optional<JSON>.none }
    return known.state
  }
}
