internal import CoreMetrics
public import EventicleCore
internal import Logging

/// Runs an engine on a thread of its own that follows a clock and serves many tasks.
///
///     let host = try EventicleHost(domain)
///     try await host.dispatch("PlaceOrder", ["customer": "c-19", "total": 59])
///     for await event in host.events(in: "orders") { print(event.type) }
///
/// Inputs are performed one at a time, in the order of arrival; those that arrive during a batch of
/// work form the next batch. Timers fire when they fall due. Every method may be called from any
/// task.
public final class EventicleHost: Sendable {
  let executor: EngineExecutor
  var readers: StreamReaders { executor.readers }
  private let batchSize: Int

  /// Creates a host that runs a domain, in memory or on a store.
  ///
  /// On a store it goes on with what the store has, and keeps what it does: everything that has
  /// gathered is kept as one batch before its callers are answered, and before adapters begin. When
  /// the store cannot keep a batch, its callers get the store's sentence and the host is closed; see
  /// ``storeFailure``. ``shutdown(draining:)`` ends the work with the store.
  ///
  /// - Parameters:
  ///   - store: Keeps the history; it has the history of this domain, or none yet.
  ///   - adapters: Handlers that may `await`; their groups come after the domain's own in the order
  ///     of delivery.
  ///   - clock: The source of time.
  ///   - options: Its log, metrics, seed, batch size and deadline for one step.
  /// - Throws: ``EventicleCore/DomainError`` when a declaration of the domain cannot work,
  ///   ``EventicleCore/EngineError`` when two consumers share a group, and
  ///   ``EventicleCore/StoreError`` when the store cannot be used for this.
  public convenience init(
    _ domain: Domain, store: Store? = nil, adapters: [AsyncEventAdapter] = [],
    clock: any HostClock = LiveClock(), options: HostOptions = .standard
  ) throws {
    try self.init(
      domain, store: store, adapters: adapters, clock: clock, options: options,
      log: HostLog(label: options.logLabel, level: options.logLevel),
      metrics: EventicleHost.metrics(options.metricsLabel, MetricsSystem.factory))
  }

  /// Creates a host that runs the domain of a program outside the engine.
  ///
  /// What the program asks for by itself is done between two steps, whenever its descriptor can be
  /// read; the lines that it writes go to the host's log.
  ///
  /// - Throws: As ``init(_:store:adapters:clock:options:)`` does.
  public convenience init(
    running domainHost: any DomainHost, store: Store? = nil, adapters: [AsyncEventAdapter] = [],
    clock: any HostClock = LiveClock(), options: HostOptions = .standard
  ) throws {
    try self.init(
      domainHost.domain, store: store, adapters: adapters, clock: clock, options: options,
      log: HostLog(label: options.logLabel, level: options.logLevel),
      metrics: EventicleHost.metrics(options.metricsLabel, MetricsSystem.factory),
      behind: domainHost)
  }

  /// The metrics of a host; `nil` without a label or a metrics system that would record them.
  static func metrics(_ label: String?, _ factory: any MetricsFactory) -> HostMetrics? {
    guard let label, !(factory is NOOPMetricsHandler) else { return nil }
    return HostMetrics(label, factory)
  }

  init(
    _ domain: Domain, store: Store? = nil, adapters: [AsyncEventAdapter] = [],
    clock: any HostClock, options: HostOptions, log: HostLog, metrics: HostMetrics?,
    behind domainHost: (any DomainHost)? = nil
  ) throws {
    let seed = options.seed ?? UInt64.random(in: 0 ... .max)
    let (engine, keeper) =
      try store.map {
        let opened = try $0.engine(
          of: domain, startingAt: clock.now, seed: seed, options: options.engine)
        return (opened.engine, StepKeeper?.some(opened.keeper))
      } ?? (Engine(domain, startingAt: clock.now, seed: seed, options: options.engine), nil)
    batchSize = options.batchSize
    executor = try EngineExecutor(
      engine, keeper: keeper, adapters: adapters, clock: clock, log: log, metrics: metrics,
      stepDeadline: options.stepDeadline, watch: options.watch, domainHost: domainHost)
  }

  /// A host that is released stops without doing the work that waits.
  deinit { _ = executor.post(.shutdown(draining: false) { _ in }) }

  // MARK: - Asking

  /// Dispatches a command and delivers everything that follows from it.
  ///
  /// - Parameter timeout: How long to wait for the reply on the host's clock; without limit when
  ///   `nil`.
  /// - Returns: The command's response.
  /// - Throws: As ``perform(_:timeout:)`` does.
  @discardableResult
  public func dispatch(
    _ type: String, _ data: JSON = .emptyObject, timeout: Interval? = nil
  ) async throws -> JSON? {
    try await perform(.dispatch(CommandIntent(type, data)), timeout: timeout)
  }

  /// Appends events to a stream and delivers them; appending many at once costs much less than one
  /// by one.
  ///
  /// - Throws: As ``perform(_:timeout:)`` does; nothing is appended then, except that after a
  ///   timeout it may still be.
  public func emit(
    _ events: [NewEvent], to stream: StreamName, timeout: Interval? = nil
  ) async throws {
    try await perform(.emit(events, to: stream), timeout: timeout)
  }

  /// Performs one input and everything that follows from it in the engine.
  ///
  /// A task that is cancelled before the engine has begun withdraws the input; one that is
  /// cancelled later still gets its reply, because the input is performed.
  ///
  /// - Parameter timeout: How long to wait for the reply on the host's clock; without limit when
  ///   `nil`.
  /// - Throws: ``EventicleCore/OperationError`` with the sentence of what went wrong, or that the
  ///   host was shut down; ``EventicleCore/ReportedError`` with what a command reported after its
  ///   events were kept; ``HostTimeoutError``, which says whether the input may still be performed;
  ///   and `CancellationError` when it was withdrawn.
  @discardableResult
  public func perform(_ input: Input, timeout: Interval? = nil) async throws -> JSON? {
    try await executor.perform(input, timeout: timeout).response
  }

  /// Waits until all earlier inputs, and everything that is due by the clock, are done.
  ///
  /// It does not wait for handlers of ``AsyncEventAdapter``s.
  public func settle() async {
    await withCheckedContinuation { continuation in
      if !executor.post(.settle { continuation.resume() }) { continuation.resume() }
    }
  }

  // MARK: - Looking

  /// The world after the last batch of work.
  ///
  /// A value that any thread may keep, read and query. It includes everything that the caller has
  /// received a reply for.
  public var world: World { executor.publisher.current.world }

  /// The events of streams one at a time, each after its delivery; see ``batches(in:from:until:)``.
  public func events(
    in streams: StreamName..., from start: StreamStart = .beginning, until end: StreamEnd = .never
  ) -> HostEvents {
    HostEvents(batches: batches(streams, start, end))
  }

  /// The events of streams in batches, the faster way to read many.
  ///
  /// Started at the beginning it is a cold-hot stream, at the end a hot one, and until now a cold
  /// one.
  ///
  /// - Parameters:
  ///   - streams: The streams to read; a `*` in a name stands for any characters. All streams when
  ///     empty.
  ///   - start: Where to begin; ``EventicleCore/StreamStart/end`` is the end at the time of this
  ///     call.
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

  /// Why the store has not kept the last batch of work, after which the host is closed, as a
  /// sentence; `nil` when everything is kept.
  public var storeFailure: String? { executor.publisher.current.storeFault?.description }

  /// The connection state: the current state, then each change until `closed`.
  public var connectionStates: ConnectionStates { ConnectionStates(publisher: executor.publisher) }

  /// The handler that has run for longer than ``HostOptions/stepDeadline`` and blocks the engine;
  /// `nil` when there is none.
  public var hungHandler: HungHandler? { executor.publisher.current.hung }

  /// Shuts down: no new inputs are accepted, adapters are paused, and readers end when they have
  /// read everything.
  ///
  /// - Parameter draining: Whether to do waiting work first, and to wait for the handlers of
  ///   ``AsyncEventAdapter``s that run or can start now, each until its deadline at the latest.
  ///   Otherwise waiting callers get an error and handlers are cancelled; a draining shutdown can
  ///   be cut short by one that does not drain.
  /// - Returns: The number of deliveries that were not made; 0 when the host was shut down already.
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
