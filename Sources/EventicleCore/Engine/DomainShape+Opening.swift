extension DomainShape {
  /// How many differences are told one by one.
  private static let mostTold = 3

  /// What is different from the shape with which a history was made, and what the engine did about
  /// it, as a sentence; `nil` when nothing is.
  ///
  /// - Parameters:
  ///   - last: The last entry that was made with the older shape.
  ///   - kinds: What the step did in which groups were opened and closed.
  ///   - world: The world after it.
  package func sentence(
    since old: DomainShape, upTo last: JournalIndex, _ kinds: [JournalEntry.Kind],
    of domain: Domain, in world: World
  ) -> String? {
    let found = differences(since: old)
    guard !found.isEmpty else { return nil }
    let told = found.prefix(DomainShape.mostTold).map { words($0, kinds, domain, world) }
    let rest = found.count - told.count
    let more = rest > 0 ? ["\(rest) more \(rest == 1 ? "difference" : "differences")"] : []
    return "The domain \(domain.name) has changed since \(last): "
      + (told + more).joined(separator: "; ") + "."
  }

  private func words(
    _ difference: Difference, _ kinds: [JournalEntry.Kind], _ domain: Domain, _ world: World
  ) -> String {
    switch difference {
    case .new(let part): return part.title + arrival(of: part, kinds, domain, world)
    case .gone(let part): return "\(part.title) is gone" + DomainShape.departure(of: part)
    case .reordered(let kind): return "\(kind.rawValue) are offered events in another order"
    case .changed(let old, let new, let facts):
      if new.kind == .sagas, facts.contains("version") {
        return DomainShape.version(old, new, kinds, domain)
      }
      return "\(new.title): " + facts.map { DomainShape.words($0, new) }.joined(separator: ", ")
    }
  }

  /// What a new declaration is and does, as it follows its name.
  private func arrival(
    of part: Part, _ kinds: [JournalEntry.Kind], _ domain: Domain, _ world: World
  ) -> String {
    switch part.kind {
    case .views, .sagas, .adapters: break
    case .upcasters: return " is new, it leads to \(part.facts["leads to"]?.string ?? "")"
    case .aggregates, .commands, .indexes: return " is new"
    }
    let consumer = Registry.definitions(of: domain).first {
      isSameText($0.name.name, part.name) && $0.name.kind.rawValue == part.kind.word
    }
    guard let consumer else { return " is new" }
    var start: Position?
    for case .group(consumer.group, .subscribed(let position)) in kinds { start = position }
    guard let start else { return " is new" }
    guard start.number == 0 else {
      // A view that was never there begins with the first event.
      return part.kind == .views
        ? " is back, it goes on after \(start)"
        : " is new, it is offered what comes after \(start)"
    }
    let count = world.log.streamNames.filter { consumer.listens(to: $0) }
      .reduce(0) { $0 + world.log.count(of: $1) }
    guard count > 0 else { return " is new, its streams have no events yet" }
    let events = "\(count.grouped) \(count == 1 ? "event" : "events") of its streams"
    guard consumer.types == nil else {
      return " is new, it is offered what it handles of the \(events)"
    }
    return " is new, it is offered \(count == 1 ? "the" : "all") \(events)"
  }

  /// What stays of a declaration that is gone, as it follows "is gone".
  private static func departure(of part: Part) -> String {
    switch part.kind {
    case .views: ", its rows stay"
    case .sagas: ", its instances stay and their timers wait for it"
    case .adapters: ", it is offered nothing more"
    case .aggregates, .commands, .indexes, .upcasters: ""
    }
  }

  private static func version(
    _ old: Part, _ new: Part, _ kinds: [JournalEntry.Kind], _ domain: Domain
  ) -> String {
    let (was, now) = (old.facts["version"]?.integer ?? 1, new.facts["version"]?.integer ?? 1)
    guard was < now else {
      return "\(new.title) is version \(now) again, and instances of version \(was) fail in it"
    }
    var taken = 0
    if let group = domain.saga(new.name)?.group {
      for case .group(group, .migrated(let count)) in kinds { taken = count }
    }
    return "\(new.title) is version \(now), \(taken.grouped) "
      + (taken == 1 ? "instance is taken over" : "instances are taken over")
  }

  /// A fact as it is now.
  private static func words(_ name: String, _ part: Part) -> String {
    let value = part.facts[name] ?? .null
    let isYes = value == .bool(true)
    return switch (name, value) {
    case ("options", _): "other options"
    case ("machine", _): isYes ? "now with a state machine" : "without a state machine"
    case ("unique", _): isYes ? "unique now" : "not unique any more"
    case (_, .array(let values)):
      "\(name) \(values.isEmpty ? "nothing" : values.map { $0.string ?? "\($0)" }.joined(separator: " "))"
    case (_, .null): "\(name) nothing"
    default: "\(name) \(value.string ?? "\(value)")"
    }
  }
}

extension DomainShape.Part {
  /// The kind and the name, as they begin a sentence inside another one.
  fileprivate var title: String { "\(kind.word) \(name)" }
}
