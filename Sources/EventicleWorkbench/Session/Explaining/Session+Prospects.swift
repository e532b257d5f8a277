import EventicleCore

extension Session {
  /// The most deliveries that are tried.
  private static let mostProspects = 8

  /// What the first deliveries that wait would do, each tried by itself in a throw-away fork.
  ///
  /// - Returns: Nothing unless the engine is held at the newest moment, and nothing of those whose
  ///   handlers run elsewhere.
  /// - Complexity: O(8 steps)
  func prospects() -> [ProspectNotice] {
    guard isHeld, isAtHead, refusal == nil, engine.runsHandlersInPlace else { return [] }
    let queue = head.queue
    return (0..<min(queue.count, Self.mostProspects)).compactMap { place in
      let delivery = queue[place]
      guard !delivery.consumer.kind.isOutside else { return nil }
      var trial = used.fork("prospect", at: timeline.headCursor)
      let before = trial.branch.timeline.count
      let address = DeliveryAddress(delivery.position, delivery.consumer)
      _ = trial.perform(Input.act(.deliver, on: address).by(.person))
      trial.branch.arrive()
      let view = MomentView(
        cursor: trial.branch.cursor, world: trial.branch.shown, timeline: trial.branch.timeline,
        domain: domain)
      let reader = StepReader(view)
      let text = (before..<trial.branch.timeline.count).lazy
        .compactMap { reader.prospect(JournalIndex($0 + 1)) }.first
      return text.map {
        ProspectNotice(position: delivery.position, consumer: delivery.consumer, text: $0)
      }
    }
  }
}
