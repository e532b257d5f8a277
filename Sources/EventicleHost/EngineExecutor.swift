internal import Dispatch
internal import EventicleCore
internal import Synchronization

/// Runs an engine with its mailbox and its alarm.
///
/// All access to the engine happens on one serial queue. Callers post jobs to the mailbox; all that
/// have gathered are done as one batch, then the state is published, then the callers are answered.
/// At rest nothing runs: the alarm is set for the instant at which something falls due.
final class EngineExecutor: @unchecked Sendable {  // Except for the locks, used only on its queue.
  let publisher: StatePublisher
  let clock: any HostClock
  let mailbox = Mutex(Mailbox())
  let queue = DispatchQueue(label: "eventicle.host")
  let log: HostLog
  private let metrics: HostMetrics?
  let watchdog: StepWatchdog
  var engine: Engine
  private var totals = EngineMetrics()
  var adapters = AdapterRunner()
  var connection = ConnectionState.connected
  var alarm: (any HostAlarm)?
  let domainHost: (any DomainHost)?
  var source: DescriptorSource?
  let currentReaders: Mutex<StreamReaders>
  /// Callbacks of shutdowns that wait for running handlers.
  var closing: [@Sendable (Int) -> Void] = []
  /// Writes the steps to the store; `nil` without one.
  var keeper: StepKeeper?
  /// Why the store did not keep the last batch; the host is closed then.
  var storeFault: StoreFault?
  /// When the store wants something done if nothing else is kept before, and what it had when this
  /// was found out; `nil` for nothing.
  var upkeep: (due: Instant, last: JournalIndex)?

  /// Answers a caller: with why the store did not keep what was done for it, if it did not.
  typealias Answer = (StoreFault?) -> Void

  init(
    _ engine: Engine, keeper: StepKeeper? = nil, adapters declared: [AsyncEventAdapter] = [],
    clock: any HostClock, log: HostLog, metrics: HostMetrics?,
    stepDeadline: Interval = HostOptions.standard.stepDeadline,
    watch: (any HandlerWatch)? = nil, domainHost: (any DomainHost)? = nil
  ) throws {
    var (engine, keeper) = (engine, keeper)
    for adapter in declared {
      let step = try adapter.subscribe(&engine)
      totals.record(step, engine.world)
      let input = RecordedInput(.subscribe(adapter.group), by: .program)
      keeper?.append(step, of: input, engine.world, engine.domain)
      adapters.add(adapter)
    }
    if let fault = keeper?.commit(&engine) { throw StoreError(fault) }
    (self.engine, self.keeper) = (engine, keeper)
    self.domainHost = domainHost
    currentReaders = Mutex(StreamReaders(engine))
    self.clock = clock
    self.log = log
    self.metrics = metrics
    let publisher = StatePublisher(PublishedState(world: engine.world, connection: .connected))
    self.publisher = publisher
    let count = metrics?.countsHung
    watchdog = StepWatchdog(
      engine.domain, deadline: stepDeadline, clock: clock, watch: watch
    ) { hung, isBack in
      publisher.report(isBack ? nil : hung)
      log.hung(hung, isBack: isBack)
      if !isBack { count?(hung.handler) }
    }
    log.opened(engine.domain)
    if let remark = keeper?.remark { log.notice(remark, of: engine.domain) }
    alarm = clock.alarm { [weak self] in self?.wake() }
    // A store may have left work that waits or is overdue.
    if domainHost != nil || keeper != nil { wake() }
  }

  /// Makes readers of streams by the current declaration of the domain; callable on any thread.
  var readers: StreamReaders { currentReaders.withLock { $0 } }

  // MARK: - From any thread

  /// Posts a job to the mailbox.
  ///
  /// - Returns: Whether it was accepted; an executor that is shut accepts only jobs of its
  ///   handlers.
  func post(_ job: Mailbox.Job) -> Bool {
    let (isTaken, isFirst) = mailbox.withLock { mailbox in
      mailbox.take(job) ? (true, mailbox.awake()) : (false, false)
    }
    if isFirst { queue.async { self.work() } }
    return isTaken
  }

  /// Does what is due, and publishes the state again.
  func wake() {
    if mailbox.withLock({ $0.awake() }) { queue.async { self.work() } }
  }

  // MARK: - On the queue

  /// Whether the engine still runs: it is open, or waits for handlers that may post more jobs.
  private var isOpen: Bool {
    connection == .connected || (connection == .draining && adapters.isBusy)
  }

  private func work() {
    repeat {
      let jobs = mailbox.withLock { mailbox in
        defer { mailbox.jobs = [] }
        return mailbox.jobs
      }
      var replies: [Answer] = []
      keepUp()
      if jobs.isEmpty { catchUp() }
      for job in jobs { replies.append(perform(job)) }
      replies += serveDomainHost()
      if connection == .draining, !adapters.isBusy { replies.append(close()) }
      // A batch is kept as one, before anybody hears of it and before anything leaves the program.
      let fault = keeper?.commit(&engine)
      if let fault { fail(fault) }
      planUpkeep()
      // Measured before callers are answered, so that metrics include what they were told.
      if mailbox.withLock({ $0.jobs.isEmpty }) { metrics?.measure(engine) }
      let world = fault == nil ? engine.world : publisher.current.world
      publisher.publish(
        PublishedState(world: world, connection: connection, storeFault: fault ?? storeFault))
      adapters.launch(on: self)
      for reply in replies { reply(fault) }
      if connection == .closed { leaveStore() }
    } while !rest()
  }

  /// Does a job and everything that follows from it; returns the call that answers it.
  private func perform(_ job: Mailbox.Job) -> Answer {
    switch job {
    case .perform(let input, let isFromAdapter, let begins, let reply):
      guard takes(isFromAdapter) else {
        return { _ in reply(.failure(OperationError.notConnected)) }
      }
      guard begins() else { return { _ in } }
      return perform(input, reply)
    case .read(let begins, let reply):
      guard takes() else { return { _ in reply(.failure(OperationError.notConnected)) } }
      guard begins() else { return { _ in } }
      catchUp()
      let snapshot = HostSnapshot(engine: engine.forReading(), metrics: totals)
      return { reply(outcome(.success(snapshot), unless: $0)) }
    case .configure(let configuration, let begins, let reply):
      guard takes() else { return { _ in reply(.failure(OperationError.notConnected)) } }
      guard begins() else { return { _ in } }
      let result = Result { try configure(configuration) }
      return { reply(outcome(result, unless: $0)) }
    case .adopt(let domain, let begins, let reply):
      guard takes() else { return { _ in reply(.failure(OperationError.notConnected)) } }
      guard begins() else { return { _ in } }
      let result = adopt(domain)
      return { reply(outcome(result.mapError { $0 as any Error }, unless: $0)) }
    case .answer(let offer, let input):
      guard isOpen, engine.isOpen(offer) else { return { _ in } }
      adapters.ended(offer)
      if connection == .connected { catchUp() }
      // The deadline of the offer may have passed in this batch.
      if engine.isOpen(offer) { take(input) }
      settle()
      return { _ in }
    case .settle(let reply):
      catchUp()
      return { _ in reply() }
    case .shutdown(let isDraining, let reply):
      return beginShutdown(draining: isDraining, reply)
    }
  }

  private func takes(_ isFromAdapter: Bool = false) -> Bool {
    (isFromAdapter ? isOpen : connection == .connected)
      && !mailbox.withLock { $0.isAbandoned }
  }

  private func perform(
    _ input: Input, _ reply: @escaping @Sendable (Result<Step, any Error>) -> Void
  ) -> Answer {
    catchUp()
    if case .moveClock = input.action {
      return { _ in reply(.failure(OperationError.clockIsTheHosts)) }
    }
    let step = take(input)
    let isSettled = settle()
    if let error = step.thrown { return { reply(outcome(.failure(error), unless: $0)) } }
    if !isSettled {
      let loop = EngineError.endless(deliveries: Limits.cascadeDeliveries)
      return { reply(outcome(.failure(OperationError(loop)), unless: $0)) }
    }
    return { reply(outcome(.success(step), unless: $0)) }
  }

  private func configure(_ configuration: Mailbox.Configuration) throws {
    catchUp()
    do {
      switch configuration {
      case .attach(let adapter):
        let step = try adapter.subscribe(&engine)
        adapters.add(adapter)
        record(step, of: RecordedInput(.subscribe(adapter.group), by: .program))
      case .close(let group):
        let step = try engine.unsubscribe(group)
        adapters.remove(group)
        record(step, of: RecordedInput(.unsubscribe(group), by: .program))
      }
    } catch let error as EngineError {
      throw OperationError(error.description)
    }
    settle()
  }

  /// Does what has fallen due, in due order, and everything that follows from it.
  func catchUp() {
    guard isOpen else { return }
    let now = clock.now
    // A timer that rearms itself for now must not starve the mailbox.
    var driver = Driver(firingUpTo: now, fires: EngineExecutor.slice)
    while let input = driver.next(engine) {
      // Overdue work is done at its due time, however late it is noticed.
      driver.took(take(input, isLate: true))
    }
    settle()
  }

  /// Makes deliveries until none is possible.
  ///
  /// - Returns: Whether all are made; `false` when they seem to follow from each other without end.
  @discardableResult
  func settle() -> Bool {
    var driver = Driver()
    while let input = driver.next(engine) {
      driver.took(take(input))
    }
    return driver.outcome == .idle
  }

  @discardableResult
  func take(_ input: Input, isLate: Bool = false) -> Step {
    let now = clock.now
    let moment = isLate ? engine.world.clock : now
    // The clock must not pass the next due time.
    engine.pass(until: engine.nextMoment.map { min($0, moment) } ?? moment)
    let recorded = engine.record(of: input)
    watchdog.begin(engine.work(of: input), at: now)
    let step = engine.perform(input)
    watchdog.end()
    engine.dropOldStates()
    record(step, of: recorded)
    return step
  }

  func record(_ step: Step, of input: RecordedInput) {
    keep(step, of: input)
    log.record(step, of: engine)
    metrics?.record(step, of: engine)
    totals.record(step, engine.world)
    if !adapters.isEmpty { adapters.follow(step, of: engine) }
  }

  /// Whether there is nothing to do until the alarm rings or a job is posted.
  private func rest() -> Bool {
    let due = [isOpen ? engine.nextMoment : nil, upkeep?.due].compactMap { $0 }.min()
    if let due, due <= clock.now { return false }
    if isOpen, engine.hasWork { return false }
    if connection == .draining, !adapters.isBusy { return false }
    guard mailbox.withLock({ $0.sleep() }) else { return false }
    alarm?.set(due)
    return true
  }

  /// How many due inputs are done before the mailbox is checked again.
  private static let slice = 4_096
}
