import EventicleCore

extension Arguments {
  /// Reads the arguments of a verb that does something to a delivery that waits.
  mutating func deliveryAct() throws(LanguageError) -> Instruction {
    let word = try require("The delivery")
    if word.isFlag { throw unexpected(word) }
    let delivery = Located(try DeliveryReference(word), word.span)
    switch verb.name {
    case .deliver: return .act(.deliver, on: delivery)
    case .duplicate: return .act(.duplicate, on: delivery)
    case .crash: return .act(.crash, on: delivery)
    default: return .act(.delay(try delayLength()), on: delivery)
    }
  }

  private mutating func delayLength() throws(LanguageError) -> Interval {
    let word = try require("The length of the delay")
    guard let length = Interval(parsing: word.string), length.milliseconds > 0 else {
      if word.isFlag { throw unexpected(word) }
      throw word.error(
        "A delivery is delayed by a length of time such as 30s or 5m, not "
          + "\"\(LanguageError.shortened(word.string))\".")
    }
    return length
  }

  /// Reads what `drop` drops: a delivery that waits, or parked work by its number.
  mutating func dropped() throws(LanguageError) -> Instruction {
    guard let word = next else { throw missing("What is dropped") }
    if word.string == "parked" {
      _ = take()
      return .drop(try parkedNumber(), isParked: true)
    }
    _ = take()
    if word.isFlag { throw unexpected(word) }
    switch try DeliveryReference(word) {
    case .number(let number): return .drop(Located(number, word.span), isParked: false)
    case let delivery: return .act(.drop, on: Located(delivery, word.span))
    }
  }
}
