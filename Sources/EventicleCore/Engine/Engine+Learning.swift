extension Engine {
  /// Declares, for a domain that is told by its events, what those of an input are about; see
  /// ``Domain/inferred``.
  mutating func learn(from action: InputAction) {
    if let domain = registry.domain.learning(from: action.plain) { declare(domain) }
  }

  /// Declares what the events are about that the world has.
  mutating func learnFromWorld() { declare(registry.domain.learning(from: world.log)) }

  /// Goes on with more kinds of aggregates; consumers and groups are the same.
  private mutating func declare(_ domain: Domain) {
    let other = try? Registry(
      domain, subscriptions: registry.subscriptions, codec: registry.codec,
      protection: registry.protection, executor: registry.executor, numbers: registry.numbers)
    registry = other ?? registry
  }
}
