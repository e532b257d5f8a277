package import EventicleCore

extension SessionCompletion {
  package func groups() -> [CompletionCandidate] {
    world.groupNames.prefix(Self.instanceScan).compactMap { name in
      guard let state = world.group(name) else { return nil }
      return CompletionCandidate(name.text, note: "\(state.status.word), at \(state.position)")
    }
  }

  package func deliveries() -> [CompletionCandidate] {
    let queue = world.queue
    return (0..<min(queue.count, Self.instanceScan)).map { index in
      let delivery = queue[index]
      let type = world.log.type(at: delivery.position)?.text ?? ""
      let name = Quoting.word(delivery.consumer.name)
      return CompletionCandidate(
        "\(delivery.position)>\(name)", note: "\(type), number \(index + 1)")
    }
  }

  package func parkedNumbers() -> [CompletionCandidate] {
    world.parked.suffix(Self.instanceScan).map { parked in
      CompletionCandidate("\(parked.number)", note: parked.reason)
    }
  }
}

extension GroupState.Status {
  /// The status as one lower-case word.
  package var word: String {
    switch self {
    case .live: "live"
    case .paused: "paused"
    case .stopped: "stopped"
    case .closed: "closed"
    }
  }
}
