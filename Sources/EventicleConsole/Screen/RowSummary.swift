import EventicleCore
import EventicleWorkbench

/// What the selected row is about, shown when there is no message.
enum RowSummary {
  /// The same in ever fewer words: `#3 PaymentRequested pay-1 by PaymentSaga ← #1 · nothing waits`.
  static func texts(_ model: Model) -> [String] {
    let moment = model.shown
    // The list says it all.
    guard !model.showsStart || model.focus != .tail else { return [""] }
    guard let entry = model.selectedEntry else { return [moment.domain.summary] }
    var text = StepReader(moment).row(entry)
    let waiting = moment.world.queue.count
    if waiting > 0 { text.parts.append(.words("\(waiting) \(waiting == 1 ? "waits" : "wait")")) }
    return text.texts
  }
}
