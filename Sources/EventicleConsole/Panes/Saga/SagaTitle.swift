import EventicleCore

/// The title of an instance's timeline.
enum SagaTitle {
  /// `4 Saga  PaymentSaga order-1  declined  2 steps · 2 s · 2 timers`.
  ///
  /// - Parameter columns: The available width; the least important words are dropped first.
  static func text(of history: SagaHistory, _ context: PaneContext, columns: Int) -> DisplayText {
    let known = history.instance ?? context.shown.timeline.head.sagas.instance(history.key)
    let past = history.past.all
    let name = "\(history.key.saga) \(known?.correlation ?? history.key.instanceID)"
    var facts = past == 0 ? [] : [past == 1 ? "1 step" : "\(past) steps"]
    if let first = history.startedAt, let last = lastInstant(of: history, context), last > first {
      facts.append(SagaText.length(last - first))
    }
    if !history.timers.isEmpty {
      facts.append(history.timers.count == 1 ? "1 timer" : "\(history.timers.count) timers")
    }
    let failed = history.past.failed > 0 ? "  ✗ \(history.past.failed) failed" : ""
    let state = state(history, past)
    while true {
      let end = facts.isEmpty ? "" : "  " + facts.joined(separator: " · ")
      let text = PaneText.data("4 Saga  \(name)  \(state)\(failed)\(end)")
      if text.width <= columns { return text }
      guard !facts.isEmpty else { break }
      facts.removeLast()
    }
    let texts = ["4 Saga  \(name)", "4 \(name)"].map { PaneText.data($0) }
    return texts.first { $0.width <= columns } ?? PaneText.data("4 \(name)").truncated(to: columns)
  }

  /// The instant of the last step at or before the time cursor.
  private static func lastInstant(of history: SagaHistory, _ context: PaneContext) -> Instant? {
    let timeline = context.shown.timeline
    return timeline.step(history.past.all, of: history.key).flatMap { timeline.entry($0)?.instant }
  }

  private static func state(_ history: SagaHistory, _ past: Int) -> String {
    guard let instance = history.instance else { return past == 0 ? "not started" : "gone" }
    let word = SagaTrack.word(instance.data)
    return word.map { instance.hasEnded ? "\($0) ■" : $0 } ?? (instance.hasEnded ? "ended" : "live")
  }
}
