internal import EventicleCore

extension EngineExecutor {
  /// Performs an input and everything that follows from it.
  ///
  /// - Parameter timeout: How long the caller waits on the host's clock; without limit when `nil`.
  func perform(
    _ input: Input, timeout: Interval? = nil, isFromAdapter: Bool = false
  ) async throws -> Step {
    try Task.checkCancellation()
    let pending = PendingReply<Step>()
    let alarm = timeout.map { timeout in
      let alarm = clock.alarm {
        pending.expire { hasBegun in
          HostTimeoutError(
            operation: input.action.phrase, timeout: timeout, mayStillHappen: hasBegun)
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

  /// A snapshot of the engine after all work that was posted before.
  func read() async throws -> HostSnapshot {
    try Task.checkCancellation()
    let pending = PendingReply<HostSnapshot>()
    return try await pending.value(
      posting: { post(.read(begins: pending.begin, reply: pending.answer)) },
      refusal: OperationError.notConnected)
  }

  /// Starts an adapter, or closes an adapter's group.
  func configure(_ configuration: Mailbox.Configuration) async throws {
    try Task.checkCancellation()
    let pending = PendingReply<Void>()
    try await pending.value(
      posting: { post(.configure(configuration, begins: pending.begin, reply: pending.answer)) },
      refusal: OperationError.notConnected)
  }

  /// Goes on with another declaration of the domain.
  func adopt(_ domain: Domain) async throws -> AdoptReport {
    try Task.checkCancellation()
    let pending = PendingReply<AdoptReport>()
    return try await pending.value(
      posting: { post(.adopt(domain, begins: pending.begin, reply: pending.answer)) },
      refusal: OperationError.notConnected)
  }

  /// Posts a handler's answer to an offer; a closed host ignores it.
  func answer(_ offer: DeliveryOffer, with input: Input) { _ = post(.answer(offer, input)) }
}

extension Engine {
  /// When something falls due next, if anything does.
  var nextMoment: Instant? {
    guard let timer = nextTimer?.due else { return nextWake }
    return nextWake.map { min($0, timer) } ?? timer
  }
}

extension OperationError {
  static let clockIsTheHosts = OperationError(
    "The time of a host is that of its clock; move a ManualClock instead of the engine's.")
}
