import EventicleCore

/// The waiting deliveries that concern an instance.
enum SagaQueue {
  /// The number of deliveries to look at.
  private static let most = 64

  /// `queue  ►#4→V OrderBoard  #4→S PaymentSaga`; `nil` when none waits.
  static func line(
    of history: SagaHistory, _ context: PaneContext, _ meter: inout WorkMeter
  ) -> StyledLine? {
    let queue = context.shown.world.queue
    guard !queue.isEmpty, history.instance != nil else { return nil }
    var line = StyledLine("queue  ", .uiMuted)
    var count = 0
    for place in 0..<min(queue.count, most) {
      let delivery = queue[place]
      guard
        delivery.consumer == ConsumerName(.saga, history.key.saga)
          || leads(to: delivery, history.key, context, &meter)
      else { continue }
      if count > 0 { line.add("  ") }
      line.add(place == 0 ? "►" : "", .timeCursor)
      line.add(PaneText.data("\(delivery.position)→"), .uiMuted)
      line.add(
        letter: PaneText.data(delivery.consumer.kind.letter), delivery.consumer.name,
        delivery.consumer.kind.role)
      count += 1
    }
    return count == 0 ? nil : line
  }

  /// Whether a step of an instance caused a delivery, directly or within four causes.
  private static func leads(
    to delivery: Delivery, _ key: SagaKey, _ context: PaneContext,
    _ meter: inout WorkMeter
  ) -> Bool {
    var index: JournalIndex? = delivery.cause
    for _ in 0..<4 {
      guard let here = index, let entry = context.shown.timeline.entry(here) else { return false }
      switch entry.kind {
      case .delivery(_, let consumer, let instance, _)
      where consumer == ConsumerName(.saga, key.saga) && instance == key.instanceID:
        return true
      case .timerFired(let timer, _, _) where timer.owner == key: return true
      default: break
      }
      meter.entriesRead += 1
      index = entry.cause
    }
    return false
  }
}
