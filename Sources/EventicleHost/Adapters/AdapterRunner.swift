internal import EventicleCore

/// Runs the handlers of adapters outside the engine's thread.
///
/// Used only on the engine's queue; the answers of handlers come back through the mailbox.
struct AdapterRunner {
  private var adapters: [GroupName: AsyncEventAdapter] = [:]
  private var running: [DeliveryOffer: Task<Void, Never>] = [:]
  /// Offers made since the last state was published; they start after it, so that a handler sees a
  /// world with its event.
  private var waiting: [OfferedDelivery] = []

  /// Whether there are no adapters, so that steps need not be checked.
  var isEmpty: Bool { adapters.isEmpty }

  /// Whether a handler is running or about to start.
  var isBusy: Bool { !running.isEmpty || !waiting.isEmpty }

  var groups: [GroupName] { adapters.keys.sorted { $0.text < $1.text } }

  mutating func add(_ adapter: AsyncEventAdapter) { adapters[adapter.group] = adapter }

  mutating func remove(_ group: GroupName) { adapters[group] = nil }

  func has(_ group: GroupName) -> Bool { adapters[group] != nil }

  /// Collects what a step offered, and cancels the handlers whose offer it ended.
  mutating func follow(_ step: Step, of engine: Engine) {
    if step.entries.contains(where: { $0.kind.mayEndOffers }) {
      for (offer, task) in running where !engine.isOpen(offer) {
        task.cancel()
        running[offer] = nil
      }
      waiting.removeAll { !engine.isOpen($0.offer) }
    }
    waiting += engine.offered(by: step)
  }

  /// Starts the handlers of the collected offers.
  mutating func launch(on executor: EngineExecutor) {
    for delivery in waiting {
      guard let adapter = adapters[delivery.offer.group] else { continue }
      running[delivery.offer] = AdapterRunner.start(delivery, adapter, on: executor)
    }
    waiting = []
  }

  /// Removes a handler that has answered.
  mutating func ended(_ offer: DeliveryOffer) { running[offer] = nil }

  /// Cancels every handler without waiting for answers.
  mutating func cancelAll() {
    for task in running.values { task.cancel() }
    running = [:]
    waiting = []
  }

  private static func start(
    _ delivery: OfferedDelivery, _ adapter: AsyncEventAdapter, on executor: EngineExecutor
  ) -> Task<Void, Never> {
    let context = AdapterContext(
      attempt: delivery.attempt, deadline: delivery.deadline, position: delivery.offer.position,
      idempotencyKey: "\(adapter.group) \(delivery.offer.position)", executor: executor)
    return Task {
      let answer: Input
      do {
        try await adapter.handler(delivery.event, context)
        answer = .acknowledge(delivery.offer)
      } catch {
        answer = .fail(delivery.offer, reason: sentence(of: error))
      }
      executor.answer(delivery.offer, with: answer)
    }
  }
}

extension JournalEntry.Kind {
  /// Whether the entry may end an offer: it is the outcome of a delivery or a change of a group.
  fileprivate var mayEndOffers: Bool {
    switch self {
    case .delivery(_, let name, _, let outcome):
      if case .offered = outcome { return false }
      return name.kind == .adapter
    case .group: return true
    default: return false
    }
  }
}
