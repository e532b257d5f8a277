internal import CoreMetrics
public import EventicleCore
internal import Logging

/// An engine that runs by itself, with the clock of the machine, for programs that are many tasks.
///
///     let host = try EventicleHost(domain)
///     try await host.dispatch("PlaceOrder", ["customer": "c-19", "total": 59])
///     for await event in host.events(in: "orders") { print(event.type) }
///
/// The engine works on a queue of its own, one thing at a time; what callers ask for meanwhile
/// gathers and is done as one batch. Timers fire at their moment. What is asked here may be asked
/// from any task.
public final class EventicleHost: Sendable {
  private let executor: EngineExecutor
  private let readers: StreamReaders
  private let batchSize: Int

  /// Runs a domain.
  ///
  /// - Parameters:
  ///   - clock: Where time comes from; the machine's clock when nothing else is said.
  ///   - options: Its log, its metrics, its seed and the size of batches.
  /// - Throws: ``DomainError`` when the domain declares something that cannot work.
  public convenience init(
    _ domain: Domain, clock: any HostClock = LiveClock(), options: HostOptions = .standard
  ) throws {
    try self.init(
      domain, clock: clock, options: options,
      log: HostLog(label: options.logLabel, level: options.logLevel),
      metrics: EventicleHost.metrics(options.metricsLabel, MetricsSystem.factory))
  }

  /// What measures, unless nobody would hear of it.
  static func metrics(_ label: String?, _ factory: any MetricsFactory) -> HostMetrics? {
    guard let label, !(factory is NOOPMetricsHandler) else { return nil }
    return HostMetrics(label, factory)
  }

  init(
    _ domain: Domain, clock: any HostClock, options: HostOptions, log: HostLog,
    metrics: HostMetrics?
  ) throws {
    let engine = try Engine(
      domain, startingAt: clock.now, seed: options.seed ?? UInt64.random(in: 0 ... .max),
      options: options.engine)
    readers = StreamReaders(engine)
    batchSize = options.batchSize
    executor = EngineExecutor(engine, clock: clock, log: log, metrics: metrics)
  }

  /// What nobody holds any more stops without doing what waits.
  deinit { _ = executor.post(.shutdown(draining: false) { _ in }) }

  // MARK: - Asking

  /// Carries out a command and everything that follows from it.
  ///
  /// - Returns: The command's response.
  /// - Throws: ``OperationError`` with the sentence of a refusal or failure, and
  ///   `CancellationError` when the task was cancelled before it was asked.
  @discardableResult
  public func dispatch(_ type: String, _ data: JSON = .emptyObject) async throws -> JSON? {
    try await perform(.dispatch(CommandIntent(type, data)))
  }

  /// Appends events to a stream and delivers them; many at once cost much less than one by one.
  ///
  /// - Throws: ``OperationError`` in the words of ``TransactionError``; nothing was appended then.
  public func emit(_ events: [NewEvent], to stream: StreamName) async throws {
    try await perform(.emit(events, to: stream))
  }

  /// Does any one thing that an engine can do, such as pausing a group or redriving parked work,
  /// and everything that follows from it.
  ///
  /// A task that is cancelled while it waits is answered all the same, for the thing is done.
  ///
  /// - Throws: ``OperationError`` with the sentence of what went wrong, and `CancellationError`
  ///   when the task was cancelled before it was asked.
  @discardableResult
  public func perform(_ input: Input) async throws -> JSON? {
    try Task.checkCancellation()
    return try await withCheckedThrowingContinuation { continuation in
      let isTaken = executor.post(.perform(input) { continuation.resume(with: $0) })
      if !isTaken { continuation.resume(throwing: OperationError.notConnected) }
    }
  }

  /// Waits until everything is done that was asked so far, or is due by the clock.
  public func settle() async {
    await withCheckedContinuation { continuation in
      if !executor.post(.settle { continuation.resume() }) { continuation.resume() }
    }
  }

  // MARK: - Looking

  /// Everything that was true when the last batch of work was done.
  ///
  /// A value: what is got here stays as it is, and is read without locks on any thread. It knows
  /// of everything that the caller has been answered about.
  public var world: World { executor.publisher.current.world }

  /// The events of streams one by one, each as soon as it was delivered; see ``batches(in:from:until:)``.
  public func events(
    in streams: StreamName..., from start: StreamStart = .beginning, until end: StreamEnd = .never
  ) -> HostEvents {
    HostEvents(batches: batches(streams, start, end))
  }

  /// The events of streams in batches, which is the fast way to read many.
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

  /// Whether it takes what it is asked to do.
  public var connection: ConnectionState { executor.publisher.current.connection }

  /// Whether it takes what it is asked to do, now and whenever that changes.
  public var connectionStates: ConnectionStates { ConnectionStates(publisher: executor.publisher) }

  /// Ends the work: nothing more is taken, adapters are paused first, and readers end when they
  /// have read everything.
  ///
  /// - Parameter draining: Whether what was asked so far is done before; else it is turned away.
  /// - Returns: How many deliveries were left undone; 0 when it was shut down already.
  @discardableResult
  public func shutdown(draining: Bool = true) async -> Int {
    let left: Int? = await withCheckedContinuation { continuation in
      let isFirst = executor.post(
        .shutdown(draining: draining) { continuation.resume(returning: $0) })
      if !isFirst { continuation.resume(returning: nil) }
    }
    if let left { return left }
    _ = await executor.publisher.state { $0.connection == .closed }
    return 0
  }
}
