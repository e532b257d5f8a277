import EventicleCore

/// The title of an instance's timeline.
enum SagaTitle {
  /// `4 Saga  PaymentSaga order-1  declined  2 steps  30s  1 timer`.
  ///
  /// - Parameter columns: The available width; the least important words are dropped first.
  static func text(of history: SagaHistory, _ context: PaneContext, columns: Int) -> DisplayText {
    let known = history.instance ?? context.shown.timeline.head.sagas.instance(history.key)
    let past = history.past.all
    let name = "\(history.key.saga) \(known?.correlation ?? history.key.instanceID)"
    var words = [PaneText.data("4 Saga  \(name)"), PaneText.data(state(history, past))]
    words.append(past == 1 ? "1 step" : "\(past) steps")
    if let first = history.startedAt, let last = lastInstant(of: history, context), last > first {
      words.append(PaneText.data((last - first).brief))
    }
    if !history.timers.isEmpty {
      words.append(history.timers.count == 1 ? "1 timer" : "\(history.timers.count) timers")
    }
    if history.past.failed > 0 { words.insert("✗ \(history.past.failed)", at: 2) }
    while words.count > 1, width(words) > columns { words.removeLast() }
    if let first = words.first, first.width > columns {
      return PaneText.data("4 \(name)").truncated(to: columns)
    }
    return words.dropFirst().reduce(words.first ?? "") { $0 + "  " + $1 }
  }

  /// The instant of the last step at or before the time cursor.
  private static func lastInstant(of history: SagaHistory, _ context: PaneContext) -> Instant? {
    let timeline = context.shown.timeline
    return timeline.step(history.past.all, of: history.key).flatMap { timeline.entry($0)?.instant }
  }

  private static func width(_ words: [DisplayText]) -> Int {
    words.reduce(-2) { $0 + 2 + $1.width }
  }

  private static func state(_ history: SagaHistory, _ past: Int) -> String {
    guard let instance = history.instance else { return past == 0 ? "not started" : "gone" }
    let word = instance.data.object?["status"]?.string
    return word.map { instance.hasEnded ? "\($0) ■" : $0 } ?? (instance.hasEnded ? "ended" : "live")
  }
}
