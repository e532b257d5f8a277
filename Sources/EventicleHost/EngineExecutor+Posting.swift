internal import EventicleCore

extension EngineExecutor {
  /// Does an input and everything that follows from it.
  ///
  /// - Parameter timeout: How long the caller waits on the host's clock; for ever when `nil`.
  func perform(
    _ input: Input, timeout: Interval? = nil, isFromAdapter: Bool = false
  ) async throws -> Step {
    try Task.checkCancellation()
    let pending = PendingReply<Step>()
    let alarm = timeout.map { timeout in
      let alarm = clock.alarm {
        pending.expire { hasBegun in
          HostTimeoutError(operation: input.phrase, timeout: timeout, mayStillHappen: hasBegun)
        }
      }
      alarm.set(clock.now + timeout)
      return alarm
    }
    defer { alarm?.set(nil) }
    return try await pending.value(
      posting: {
        post(
          .perform(
            input, isFromAdapter: isFromAdapter, begins: pending.begin, reply: pending.answer)
        )
      }, refusal: OperationError.notConnected)
  }

  /// The engine as it is when everything was done that was asked before.
  func read() async throws -> HostSnapshot {
    try Task.checkCancellation()
    let pending = PendingReply<HostSnapshot>()
    return try await pending.value(
      posting: { post(.read(begins: pending.begin, reply: pending.answer)) },
      refusal: OperationError.notConnected)
  }

  /// Starts an adapter, or closes the group of one.
  func configure(_ configuration: Mailbox.Configuration) async throws {
    try Task.checkCancellation()
    let pending = PendingReply<Void>()
    try await pending.value(
      posting: { post(.configure(configuration, begins: pending.begin, reply: pending.answer)) },
      refusal: OperationError.notConnected)
  }

  /// Takes in what a handler made of an offer; a closed host has no use for it.
  func answer(_ offer: DeliveryOffer, with input: Input) { _ = post(.answer(offer, input)) }
}

extension Engine {
  /// The next moment at which something falls due, if anything will.
  var nextMoment: Instant? {
    guard let timer = nextTimer?.due else { return nextWake }
    return nextWake.map { min($0, timer) } ?? timer
  }
}

extension OperationError {
  static let clockIsTheHosts = OperationError(
    "The time of a host is that of its clock; move a ManualClock instead of the engine's.")
}
