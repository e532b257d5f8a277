import EventicleCore

/// One line about the selected row, for when there is nothing else to say.
enum RowSummary {
  /// `#3 PaymentRequested by C RequestPayment, from S PaymentSaga/order-1 · 1 timer armed`.
  static func text(_ model: Model) -> DisplayText {
    let vantage = model.shown
    guard let entry = model.selectedEntry, let kind = vantage.timeline.entry(entry)?.kind else {
      return DisplayText(sanitising: vantage.domain.summary)
    }
    var parts: [String] = []
    switch kind {
    case .append(let position, let type), .imported(let position, let type):
      parts.append("\(position) \(type)\(origin(of: position, vantage))")
    case .timerFired(let key, _, _): parts.append("\(entry) T \(key.name) of \(key.owner) fired")
    case .command(let type, _, _, let outcome):
      parts.append("\(entry) C \(type) \(outcome.problem.map { "refused: \($0)" } ?? "")")
    default: parts.append("\(entry) \(kind.problem ?? "")")
    }
    let timers = vantage.world.timers.count
    if timers > 0 { parts.append("\(timers) \(timers == 1 ? "timer" : "timers") armed") }
    if !vantage.isAtHead, let position = vantage.cursor.position {
      parts.append("the world just after \(position)")
    }
    return DisplayText(sanitising: parts.joined(separator: " · "), limit: 400)
  }

  private static func origin(of position: Position, _ vantage: Vantage) -> String {
    guard let (index, entry) = vantage.origin(of: position) else { return "" }
    switch entry.kind {
    case .command(let type, _, _, _):
      let by = " by C \(type)"
      guard let cause = entry.cause, let parent = vantage.timeline.entry(cause) else { return by }
      return by + step(parent.kind, vantage)
    default: return step(entry.kind, vantage).isEmpty ? " \(index)" : step(entry.kind, vantage)
    }
  }

  private static func step(_ kind: JournalEntry.Kind, _ vantage: Vantage) -> String {
    switch kind {
    case .delivery(_, let consumer, let instance, _):
      let key = instance.map { SagaKey(consumer.name, $0) }
      let name = key.flatMap { vantage.timeline.head.sagas.instance($0)?.correlation } ?? instance
      return ", from \(consumer)\(name.map { "/\($0)" } ?? "")"
    case .timerFired(let key, _, _): return ", from T \(key.name)"
    default: return ""
    }
  }
}
