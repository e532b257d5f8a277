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
    var mix = Mixer(transaction.world.seed)
    mix.add(UInt64(transaction.entry(of: 0).number))
    mix.add(UInt64(transaction.notes.count))
    mix.add(UInt64(transaction.changes.count))
    mix.add(UInt64(transaction.independentSteps.count))
    for byte in "\(handler)".utf8 { mix.add(UInt64(byte)) }
    if let event = transaction.handled { for byte in event.id.text.utf8 { mix.add(UInt64(byte)) } }
    seed = mix.value
  }

  func write(to message: inout MessageWriter) {
    message.member("h", .string("\(handler)"))
    message.member("now", .int(Int(now.milliseconds)))
    message.member("seed", .string(String(seed, radix: 16)))
    if isReal { message.member("real", true) }
  }

  /// Mixes numbers into one.
  private struct Mixer {
    private(set) var value: UInt64

    init(_ seed: UInt64) { value = seed }

    mutating func add(_ number: UInt64) {
      var bits = value ^ (number &+ 0x9E37_79B9_7F4A_7C15)
      bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
      value = bits ^ (bits >> 31)
    }
  }
}
