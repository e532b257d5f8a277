import EventicleCore

extension Session {
  /// `deliver D`, `delay D 30s`, `drop D`, `dup D`, `crash D`: does something to a delivery that
  /// waits.
  mutating func act(
    _ verb: DeliveryVerb, on delivery: Located<DeliveryReference>
  ) throws(LanguageError) -> Reply {
    guard isAtHead else {
      throw delivery.error(
        "Deliveries wait at the newest moment, but an earlier one is shown; live goes there.")
    }
    let address = try address(of: delivery)
    let act: DeliveryAct =
      switch verb {
      case .deliver: .deliver
      case .drop: .drop
      case .duplicate: .duplicate
      case .crash: .crash
      case .delay(let length): .delay(until: engine.world.clock + length)
      }
    let start = timeline.count
    var reply = self.act(.act(act, on: address)) { _, _ in "" }
    guard timeline.count > start else { return reply }
    let waiting = isHeld ? head.queue.count : 0
    reply.say(StepReader(moment).line(start + 1...timeline.count, waiting: waiting))
    return reply
  }

  /// `drop N`: parked work, or a delivery if nothing is parked under that number.
  mutating func drop(_ number: Located<Int>, isParked: Bool) throws(LanguageError) -> Reply? {
    guard !isParked, number.value <= head.queue.count else { return nil }
    guard let parked = head.parked(number.value) else {
      return try act(.drop, on: number.map { .number($0) })
    }
    let waiting = head.queue[number.value - 1]
    let address = DeliveryAddress(waiting.position, waiting.consumer)
    throw number.error(
      "\(number.value) is a delivery that waits and parked work too; write drop \(address) or "
        + "drop parked \(parked.number).")
  }

  private func address(
    of delivery: Located<DeliveryReference>
  ) throws(LanguageError) -> DeliveryAddress {
    let queue = head.queue
    switch delivery.value {
    case .number(let number):
      guard number <= queue.count else {
        let rest = queue.isEmpty ? "no delivery waits." : "\(queue.count) wait; queue lists them."
        throw delivery.error("There is no delivery \(number): \(rest)")
      }
      let waiting = queue[number - 1]
      return DeliveryAddress(waiting.position, waiting.consumer)
    case .address(let position, let name):
      let consumers = engine.world.consumers
      let named = (0..<consumers.count).compactMap { consumers.name(of: ConsumerNumber($0)) }
        .filter { isSameText($0.name, name) }
      guard let first = named.first else {
        throw unknown("consumer", name, among: consumerNames, at: delivery.span)
      }
      // A view and a saga may have one name; the one that waits is meant.
      let waiting = named.first { consumer in
        (0..<queue.count).contains {
          queue[$0].position == position && queue[$0].consumer == consumer
        }
      }
      return DeliveryAddress(position, waiting ?? first)
    }
  }

  private var consumerNames: [String] {
    domain.views.map(\.name) + domain.sagas.map(\.name) + domain.adapters.map(\.name)
  }
}
