import EventicleCore

extension StepReader {
  /// What a delivery that was only tried would do: `would start order-2, send RequestPayment, arm
  /// timeout 5m`.
  ///
  /// - Returns: The words; `nil` when the entry is no delivery, or nothing is decided here.
  func prospect(_ index: JournalIndex) -> String? {
    guard let entry = timeline.entry(index),
      case .delivery(let position, let consumer, let instance, let outcome) = entry.kind
    else { return nil }
    switch outcome {
    case .offered: return nil
    case .duplicate: return "handled before, would do nothing"
    case .ignored(let reason):
      return Self.isUnheard(consumer, reason)
        ? "would be heard by nobody" : "would do nothing, \(reason)"
    case .failed(let problem), .retrying(let problem, _, _), .skipped(let problem),
      .stopped(let problem):
      return "would fail: \(problem)"
    case .started, .handled: break
    }
    guard consumer.kind == .saga, let instance else {
      return firstRow(changedBy: entry).map { row in
        let rest = row.count - 1
        return "would write \(row.text)" + (rest == 0 ? "" : " and \(rest) more")
      } ?? "would write nothing"
    }
    let key = SagaKey(consumer.name, instance)
    let change = sagaChange(of: key, in: entry)
    var parts: [String] = []
    if outcome == .started {
      let event = world.log.event(at: position)
      parts.append("start \(change?.new?.correlation ?? event?.key ?? instance)")
    } else if let change {
      let (old, new) = (Self.status(change.old), Self.status(change.new))
      if let new, old != new { parts.append("become \(new)") }
      if change.new?.hasEnded ?? true { parts.append("end") }
    }
    parts += plans(of: index)
    return parts.isEmpty ? "would change nothing" : "would " + parts.joined(separator: ", ")
  }

  /// What would follow in the same step.
  private func plans(of index: JournalIndex) -> [String] {
    timeline.effects(of: index, limit: Self.mostOutputs).compactMap { effect in
      switch timeline.entry(effect)?.kind {
      case .command(let type, _, _, let outcome):
        "send \(type)" + (outcome.problem.map { ", refused: \($0)" } ?? "")
      case .append(_, let type): "emit \(type)"
      case .timerArmed(let key, _, let schedule, _): "arm \(key.name) \(schedule.brief)"
      case .timerCancelled(let key): "call off \(key.name)"
      default: nil
      }
    }
  }
}
