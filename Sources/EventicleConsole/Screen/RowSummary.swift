import EventicleCore

/// One line about the selected row, shown when there is no status message.
enum RowSummary {
  /// `#3 PaymentRequested by C RequestPayment, from S PaymentSaga/order-1 · 1 timer armed`.
  static func text(_ model: Model) -> DisplayText {
    let moment = model.shown
    guard let entry = model.selectedEntry, let kind = moment.timeline.entry(entry)?.kind else {
      return DisplayText(sanitising: moment.domain.summary)
    }
    var parts: [String] = []
    switch kind {
    case .append(let position, let type), .imported(let position, let type):
      parts.append("\(position) \(type)\(origin(of: position, moment))")
    case .timerFired(let key, _, _):
      parts.append("\(entry) T \(key.name) of \(moment.timeline.head.title(of: key.owner)) fired")
    case .command(let type, _, _, let outcome):
      parts.append("\(entry) C \(type) \(outcome.problem.map { "refused: \($0)" } ?? "")")
    default: parts.append("\(entry) \(kind.problem ?? "")")
    }
    let timers = moment.world.timers.count
    if timers > 0 { parts.append("\(timers) \(timers == 1 ? "timer" : "timers") armed") }
    if !moment.isAtHead { parts.append("the world at \(moment.name)") }
    return DisplayText(sanitising: parts.joined(separator: " · "), limit: 400)
  }

  private static func origin(of position: Position, _ moment: MomentView) -> String {
    guard let (index, entry) = moment.origin(of: position) else { return "" }
    switch entry.kind {
    case .command(let type, _, _, _):
      let by = " by C \(type)"
      guard let cause = entry.cause, let parent = moment.timeline.entry(cause) else { return by }
      return by + step(parent.kind, moment)
    default: return step(entry.kind, moment).isEmpty ? " \(index)" : step(entry.kind, moment)
    }
  }

  private static func step(_ kind: JournalEntry.Kind, _ moment: MomentView) -> String {
    switch kind {
    case .delivery(_, let consumer, let instance, _):
      let key = instance.map { SagaKey(consumer.name, $0) }
      let name = key.flatMap { moment.timeline.head.sagas.instance($0)?.correlation } ?? instance
      return ", from \(consumer)\(name.map { "/\($0)" } ?? "")"
    case .timerFired(let key, _, _): return ", from T \(key.name)"
    default: return ""
    }
  }
}
