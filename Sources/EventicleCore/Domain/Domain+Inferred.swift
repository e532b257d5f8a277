extension Domain {
  /// The domain of events whose code nobody has: what they are about is learnt from them as they come.
  ///
  /// It has no handlers. Each stream with events about something gets a kind of aggregate, whose
  /// states are the values that events gave so far, as nobody knows what else they mean.
  public static let inferred: Domain = {
    var domain = Domain("inferred", summary: "What events tell that come without code")
    domain.isInferred = true
    return domain
  }()

  /// The domain with a kind of aggregate for the stream of what an input appends; `nil` when it
  /// teaches nothing new.
  func learning(from action: InputAction) -> Domain? {
    switch action {
    case .take(let event, _) where event.domainID != nil: learning(event.stream)
    case .emit(let events, to: let stream) where events.contains { $0.domainID != nil }:
      learning(stream)
    default: nil
    }
  }

  /// The domain with a kind of aggregate for each stream whose first event is about something.
  func learning(from log: EventLog) -> Domain {
    guard isInferred else { return self }
    var domain = self
    for stream in log.streamNames {
      let first = log.position(of: stream, at: StreamPosition(1)).flatMap { log.event(at: $0) }
      guard first?.domainID != nil else { continue }
      domain = domain.learning(stream) ?? domain
    }
    return domain
  }

  private func learning(_ stream: StreamName) -> Domain? {
    let stream = stream.logical
    guard isInferred, aggregates.count < Limits.inferredKinds,
      !aggregates.contains(where: { $0.stream == stream })
    else { return nil }
    let name = InferredName.kind(of: stream.text)
    let isTaken = aggregates.contains { $0.type == name }
    let kind = AggregateRoot(
      isTaken ? stream.text : name, stream: stream, folder: SeenValues())
    var domain = Domain(self.name, summary: summary, aggregates: aggregates + [kind])
    domain.isInferred = true
    return domain.problems.isEmpty ? domain : nil
  }
}

/// Folds events into the values that they gave: the last one of each member of their data.
struct SeenValues: AggregateFolder {
  func fold(_ events: [Event], of key: AggregateKey, at versions: [Version]) -> [JSON] {
    var values = JSON.emptyObject
    var states: [JSON] = []
    for (index, event) in events.enumerated() {
      for member in event.data.value.object?.members ?? [] { values[member.key] = member.value }
      while states.count < versions.count, versions[states.count].number <= index + 1 {
        states.append(values)
      }
    }
    return states
  }
}

/// What the events of a stream are about, by the name of the stream.
enum InferredName {
  /// `Order` for `orders`, `Delivery` for `deliveries`, `Audit-log` for `audit-log`.
  static func kind(of stream: String) -> String {
    var name = stream
    if name.hasSuffix("ies") {
      name = name.dropLast(3) + "y"
    } else if ["xes", "ches", "shes", "sses"].contains(where: name.hasSuffix) {
      name = String(name.dropLast(2))
    } else if name.hasSuffix("s"), !name.hasSuffix("ss"), name.utf8.count > 1 {
      name = String(name.dropLast())
    }
    return name.prefix(1).uppercased() + name.dropFirst()
  }
}
