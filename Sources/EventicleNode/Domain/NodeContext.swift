internal import EventicleCore

/// What a handler is told of where it runs: the time, and where its random numbers begin.
struct NodeContext {
  private let handler: HandlerID
  private let now: Instant
  private let seed: UInt64
  private let isReal: Bool

  /// - Parameter isReal: Whether the handler has the machine's clock and real random numbers.
  init(_ handler: HandlerID, _ transaction: Transaction, isReal: Bool = false) {
    self.handler = handler
    self.isReal = isReal
    now = transaction.now
    // The same place in the same history gives the same numbers, whoever asks.
    var number = transaction.world.seed
    let place = [
      transaction.entry(of: 0).number, transaction.notes.count, transaction.changes.count,
      transaction.independentSteps.count,
    ]
    for part in place { number = ValueHash.mix(number ^ UInt64(part)) }
    number = ValueHash.number(of: "\(handler)", from: number)
    seed = ValueHash.number(of: transaction.handled?.id.text ?? "", from: number)
  }

  func write(to message: inout MessageWriter) {
    message.member("h", .string("\(handler)"))
    message.member("now", .int(Int(now.milliseconds)))
    message.member("seed", .string(String(seed, radix: 16)))
    if isReal { message.member("real", true) }
  }
}
