import EventicleCore

/// The deliveries that wait and that an instance has to do with.
enum SagaQueue {
  /// How many deliveries are looked at.
  private static let most = 64

  /// `queue  ►#4→V OrderBoard  #4→S PaymentSaga`; nothing when none waits.
  static func line(
    of history: SagaHistory, _ model: Model, _ meter: inout WorkMeter
  ) -> SagaText? {
    let queue = model.shown.world.queue
    guard !queue.isEmpty, history.instance != nil else { return nil }
    let steps = Set(history.steps.map(\.entry))
    var line = SagaText("queue  ", .uiMuted)
    var count = 0
    for place in 0..<min(queue.count, most) {
      let delivery = queue[place]
      guard
        delivery.consumer == ConsumerName(.saga, history.key.saga)
          || leads(to: delivery, steps, model, &meter)
      else { continue }
      if count > 0 { line.add("  ") }
      line.add(place == 0 ? "►" : "", .timeCursor)
      line.add(SagaText.data("\(delivery.position)→"), .uiMuted)
      line.add(
        letter: SagaText.data(delivery.consumer.kind.letter), delivery.consumer.name,
        delivery.consumer.kind.role)
      count += 1
    }
    return count == 0 ? nil : line
  }

  /// Whether one of the steps led to a delivery, over at most a few causes.
  private static func leads(
    to delivery: Delivery, _ steps: Set<JournalIndex>, _ model: Model, _ meter: inout WorkMeter
  ) -> Bool {
    var index: JournalIndex? = delivery.cause
    for _ in 0..<4 {
      guard let here = index, let entry = model.shown.timeline.entry(here) else { return false }
      if steps.contains(here) { return true }
      meter.entriesRead += 1
      index = entry.cause
    }
    return false
  }
}

extension ConsumerKind {
  /// The role of its letter.
  var role: StyleRole {
    switch self {
    case .view: .kindView
    case .saga: .kindSaga
    case .adapter, .subscription: .kindExternal
    }
  }
}
