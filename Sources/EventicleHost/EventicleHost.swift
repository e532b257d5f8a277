internal import CoreMetrics
public import EventicleCore
internal import Logging

/// An engine on a thread of its own that follows a clock and serves many tasks at once.
///
///     let host = try EventicleHost(domain)
///     try await host.dispatch("PlaceOrder", ["customer": "c-19", "total": 59])
///     for await event in host.events(in: "orders") { print(event.type) }
///
/// Inputs are done one at a time, in the order in which they arrive; inputs that arrive meanwhile are
/// done as one batch. Timers fire when they fall due. Every method may be called from any task.
public final class EventicleHost: Sendable {
  let executor: EngineExecutor
  let readers: StreamReaders
  private let batchSize: Int

  /// Runs a domain.
  ///
  /// - Parameters:
  ///   - adapters: Handlers that may `await`; their groups are delivered to after the domain's own.
  ///   - clock: Where the time comes from.
  ///   - options: Its log, metrics, seed, batch size and deadline for one step.
  /// - Throws: ``EventicleCore/DomainError`` when the domain declares something that cannot work, and
  ///   ``EventicleCore/EngineError`` when two consumers share a group.
  public convenience init(
    _ domain: Domain, adapters: [AsyncEventAdapter] = [], clock: any HostClock = LiveClock(),
    options: HostOptions = .standard
  ) throws {
    try self.init(
      domain, adapters: adapters, clock: clock, options: options,
      log: HostLog(label: options.logLabel, level: options.logLevel),
      metrics: EventicleHost.metrics(options.metricsLabel, MetricsSystem.factory))
  }

  /// What measures, unless nobody would hear of it.
  static func metrics(_ label: String?, _ factory: any MetricsFactory) -> HostMetrics? {
    guard let label, !(factory is NOOPMetricsHandler) else { return nil }
    return HostMetrics(label, factory)
  }

  init(
    _ domain: Domain, adapters: [AsyncEventAdapter] = [], clock: any HostClock,
    options: HostOptions, log: HostLog, metrics: HostMetrics?
  ) throws {
    let engine = try Engine(
      domain, startingAt: clock.now, seed: options.seed ?? UInt64.random(in: 0 ... .max),
      options: options.engine)
    readers = StreamReaders(engine)
    batchSize = options.batchSize
    executor = try EngineExecutor(
      engine, adapters: adapters, clock: clock, log: log, metrics: metrics,
      stepDeadline: options.stepDeadline)
  }

  /// What nobody holds any more stops without doing what waits.
  deinit { _ = executor.post(.shutdown(draining: false) { _ in }) }

  // MARK: - Asking

  /// Carries out a command and everything that follows from it.
  ///
  /// - Parameter timeout: How long to wait for the reply on the host's clock; for ever when `nil`.
  /// - Returns: The command's response.
  /// - Throws: As ``perform(_:timeout:)`` does.
  @discardableResult
  public func dispatch(
    _ type: String, _ data: JSON = .emptyObject, timeout: Interval? = nil
  ) async throws -> JSON? {
    try await perform(.dispatch(CommandIntent(type, data)), timeout: timeout)
  }

  /// Appends events to a stream and delivers them; many at once cost much less than one by one.
  ///
  /// - Throws: As ``perform(_:timeout:)`` does; nothing was appended then, unless a timeout says that
  ///   it may still be.
  public func emit(
    _ events: [NewEvent], to stream: StreamName, timeout: Interval? = nil
  ) async throws {
    try await perform(.emit(events, to: stream), timeout: timeout)
  }

  /// Does one input, and everything that follows from it in the engine.
  ///
  /// A task that is cancelled before the engine has begun withdraws it; one that is cancelled later
  /// is answered all the same, for it is done.
  ///
  /// - Parameter timeout: How long to wait for the reply on the host's clock; for ever when `nil`.
  /// - Throws: ``EventicleCore/OperationError`` with the sentence of what went wrong, or that the host
  ///   was shut down; ``EventicleCore/ReportedError`` with what a command reported after its events
  ///   were kept; ``HostTimeoutError``, which says whether it may still be carried out; and
  ///   `CancellationError` when it was withdrawn.
  @discardableResult
  public func perform(_ input: Input, timeout: Interval? = nil) async throws -> JSON? {
    try await executor.perform(input, timeout: timeout).response
  }

  /// Waits until every earlier input is done, and everything that is due by the clock.
  ///
  /// Handlers of ``AsyncEventAdapter``s are not waited for.
  public func settle() async {
    await withCheckedContinuation { continuation in
      if !executor.post(.settle { continuation.resume() }) { continuation.resume() }
    }
  }

  // MARK: - Looking

  /// The state after the last batch of work.
  ///
  /// A value that any thread may keep, read and query. It includes everything that the caller has had
  /// a reply about.
  public var world: World { executor.publisher.current.world }

  /// The events of streams one by one, each after it was delivered; see ``batches(in:from:until:)``.
  public func events(
    in streams: StreamName..., from start: StreamStart = .beginning, until end: StreamEnd = .never
  ) -> HostEvents {
    HostEvents(batches: batches(streams, start, end))
  }

  /// The events of streams in batches, the faster way to read many.
  ///
  /// From the beginning it is a cold-hot stream, from the end a hot one, until now a cold one.
  ///
  /// - Parameters:
  ///   - streams: A `*` in a name stands for any characters; every stream when there is none.
  ///   - start: Where to begin; the end is the end at the moment of this call.
  public func batches(
    in streams: StreamName..., from start: StreamStart = .beginning, until end: StreamEnd = .never
  ) -> EventBatches {
    batches(streams, start, end)
  }

  private func batches(
    _ streams: [StreamName], _ start: StreamStart, _ end: StreamEnd
  ) -> EventBatches {
    let world = world
    return EventBatches(
      publisher: executor.publisher, reader: readers.reader(of: streams.isEmpty ? ["*"] : streams),
      start: start.position(in: world), end: end == .now ? world.log.last : nil, limit: batchSize)
  }

  // MARK: - Ending

  /// Whether the host accepts inputs.
  public var connection: ConnectionState { executor.publisher.current.connection }

  /// The connection state: the current one, then each change until `closed`.
  public var connectionStates: ConnectionStates { ConnectionStates(publisher: executor.publisher) }

  /// The handler that has kept the engine from going on for longer than
  /// ``HostOptions/stepDeadline``; `nil` when none does.
  public var hungHandler: HungHandler? { executor.publisher.current.hung }

  /// Ends the work: nothing more is taken, adapters are paused, and readers end when they have read
  /// everything.
  ///
  /// - Parameter draining: Whether what was asked so far is done before, and handlers of
  ///   ``AsyncEventAdapter``s that run or can begin now are waited for, each until its deadline at the
  ///   latest. Else callers that wait are turned away and handlers are cancelled; a shutdown that
  ///   drains can be cut short by another one that does not.
  /// - Returns: How many deliveries were left undone; 0 when it was shut down already.
  @discardableResult
  public func shutdown(draining: Bool = true) async -> Int {
    let left: Int? = await withCheckedContinuation { continuation in
      let isTaken = executor.post(
        .shutdown(draining: draining) { continuation.resume(returning: $0) })
      if !isTaken { continuation.resume(returning: nil) }
    }
    if let left { return left }
    _ = await executor.publisher.state { $0.connection == .closed }
    return 0
  }
}
