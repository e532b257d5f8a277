import EventicleCore
import EventicleWorkbench

/// What the selected row is about, shown when there is no message.
enum RowSummary {
  /// The same in ever fewer words: `#3 PaymentRequested pay-1 by PaymentSaga ← #1 · nothing waits`.
  static func texts(_ model: Model) -> [String] {
    let moment = model.shown
    guard let entry = model.selectedEntry, let kind = moment.timeline.entry(entry)?.kind else {
      return [moment.domain.summary]
    }
    let reader = StepReader(moment)
    let message: StepMessage? =
      switch kind {
      case .append(let position, _), .imported(let position, _): reader.event(position)
      default: reader.first(of: entry)
      }
    var text = message ?? StepMessage(kind.problem ?? "")
    let waiting = moment.world.queue.count
    if waiting > 0 { text.parts.append(.words("\(waiting) \(waiting == 1 ? "waits" : "wait")")) }
    return text.texts
  }
}
