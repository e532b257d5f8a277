/// Values by number, of which those not used for longest are dropped.
struct Recent<Value> {
  private var held: [Int: (value: Value, used: Int)] = [:]
  private var clock = 0
  let most: Int

  /// Holds nothing yet, and never more than so many.
  init(most: Int) { self.most = max(1, most) }

  subscript(number: Int) -> Value? {
    mutating get {
      guard let found = held[number] else { return nil }
      clock += 1
      held[number]?.used = clock
      return found.value
    }
  }

  mutating func hold(_ value: Value, _ number: Int) {
    clock += 1
    held[number] = (value, clock)
    guard held.count > most else { return }
    // A quarter at a time, so that it costs little each time.
    let uses = held.values.map(\.used).sorted()
    let least = uses[uses.count / 4]
    held = held.filter { $0.value.used > least }
  }
}
