package import EventicleCore

extension SessionCompletion {
  package func groups() -> [CompletionCandidate] {
    world.groupNames.prefix(Self.instanceScan).compactMap { name in
      guard let state = world.group(name) else { return nil }
      return CompletionCandidate(name.text, note: "\(state.status.word), at \(state.position)")
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
