package import EventicleCore

extension StepReader {
  /// The most causes that are named of one thing.
  private static let mostCauses = 64

  /// What led to an entry, nearest first: `S PaymentSaga order-1`, `#4 PaymentDeclined`,
  /// `C DeclinePayment`, `you`.
  ///
  /// - Complexity: O(causes), at most ``mostCauses``.
  package func causes(of index: JournalIndex) -> [String] {
    var found: [String] = []
    var next = timeline.entry(index)
    while let entry = next, found.count < Self.mostCauses {
      guard let cause = entry.cause, let origin = timeline.entry(cause) else {
        found.append(beginner(of: entry))
        return found
      }
      if let name = name(of: origin) { found.append(name) }
      next = origin
    }
    return found
  }

  /// Who began something that nothing caused.
  private func beginner(of entry: JournalEntry) -> String {
    switch entry.origin {
    case .person?: "you"
    case .imported?: "an import"
    case .backend?: "another system"
    case .timer?: "time"
    case .program?, .delivery?, nil: "the program"
    }
  }

  /// What an entry is in a chain of causes; `nil` for what only stands between two others.
  func name(of entry: JournalEntry) -> String? {
    switch entry.kind {
    case .append(let position, _), .imported(let position, _): title(of: position)
    case .command(let type, _, _, _): "C \(type)"
    case .delivery(_, let consumer, let instance?, _) where consumer.kind == .saga:
      "S \(saga(SagaKey(consumer.name, instance)))"
    case .delivery(_, let consumer, _, _): Self.title(of: consumer)
    case .timerFired(let key, _, _): "T \(key.name) of \(saga(key.owner))"
    case .timerArmed: nil
    default: nil
    }
  }
}
