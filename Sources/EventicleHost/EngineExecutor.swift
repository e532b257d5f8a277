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
  private let mailbox = Mutex(Mailbox())
  let queue = DispatchQueue(label: "eventicle.host")
  let log: HostLog
  private let metrics: HostMetrics?
  let watchdog: StepWatchdog
  var engine: Engine
  private var totals = EngineMetrics()
  private var adapters = AdapterRunner()
  var connection = ConnectionState.connected
  private var alarm: (any HostAlarm)?
  let domainHost: (any DomainHost)?
  var source: DescriptorSource?
  let currentReaders: Mutex<StreamReaders>
  /// Callbacks of shutdowns that wait for running handlers.
  private var closing: [@Sendable (Int) -> Void] = []

  init(
    _ engine: Engine, adapters declared: [AsyncEventAdapter] = [], clock: any HostClock,
    log: HostLog, metrics: HostMetrics?,
    stepDeadline: Interval = HostOptions.standard.stepDeadline,
    watch: (any HandlerWatch)? = nil, domainHost: (any DomainHost)? = nil
  ) throws {
    var engine = engine
    for adapter in declared {
      let step = try adapter.subscribe(&engine)
      totals.record(step, engine.world)
      adapters.add(adapter)
    }
    self.engine = engine
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
    alarm = clock.alarm { [weak self] in self?.wake() }
    if domainHost != nil { wake() }
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
      var replies: [() -> Void] = []
      if jobs.isEmpty { catchUp() }
      for job in jobs { replies.append(perform(job)) }
      replies += serveDomainHost()
      if connection == .draining, !adapters.isBusy { replies.append(close()) }
      // Measured before callers are answered, so that metrics include what they were told.
      if mailbox.withLock({ $0.jobs.isEmpty }) { metrics?.measure(engine) }
      publisher.publish(PublishedState(world: engine.world, connection: connection))
      adapters.launch(on: self)
      for reply in replies { reply() }
    } while !rest()
  }

  /// Does a job and everything that follows from it; returns the call that answers it.
  private func perform(_ job: Mailbox.Job) -> () -> Void {
    switch job {
    case .perform(let input, let isFromAdapter, let begins, let reply):
      guard takes(isFromAdapter) else { return { reply(.failure(OperationError.notConnected)) } }
      guard begins() else { return {} }
      return perform(input, reply)
    case .read(let begins, let reply):
      guard takes() else { return { reply(.failure(OperationError.notConnected)) } }
      guard begins() else { return {} }
      catchUp()
      let snapshot = HostSnapshot(engine: engine.forReading(), metrics: totals)
      return { reply(.success(snapshot)) }
    case .configure(let configuration, let begins, let reply):
      guard takes() else { return { reply(.failure(OperationError.notConnected)) } }
      guard begins() else { return {} }
      let result = Result { try configure(configuration) }
      return { reply(result) }
    case .adopt(let domain, let begins, let reply):
      guard takes() else { return { reply(.failure(OperationError.notConnected)) } }
      guard begins() else { return {} }
      let result = adopt(domain)
      return { reply(result.mapError { $0 as any Error }) }
    case .answer(let offer, let input):
      guard isOpen, engine.isOpen(offer) else { return {} }
      adapters.ended(offer)
      if connection == .connected { catchUp() }
      // The deadline of the offer may have passed in this batch.
      if engine.isOpen(offer) { take(input) }
      settle()
      return {}
    case .settle(let reply):
      catchUp()
      return reply
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
  ) -> () -> Void {
    catchUp()
    if case .moveClock = input.action { return { reply(.failure(OperationError.clockIsTheHosts)) } }
    let step = take(input)
    let isSettled = settle()
    if let error = step.thrown { return { reply(.failure(error)) } }
    if !isSettled {
      let loop = EngineError.endless(deliveries: Limits.cascadeDeliveries)
      return { reply(.failure(OperationError(loop))) }
    }
    return { reply(.success(step)) }
  }

  private func configure(_ configuration: Mailbox.Configuration) throws {
    catchUp()
    do {
      let step: Step
      switch configuration {
      case .attach(let adapter):
        step = try adapter.subscribe(&engine)
        adapters.add(adapter)
      case .close(let group):
        step = try engine.unsubscribe(group)
        adapters.remove(group)
      }
      record(step)
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
    watchdog.begin(engine.work(of: input), at: now)
    let step = engine.perform(input)
    watchdog.end()
    engine.dropOldStates()
    record(step)
    return step
  }

  func record(_ step: Step) {
    log.record(step, of: engine)
    metrics?.record(step, of: engine)
    totals.record(step, engine.world)
    if !adapters.isEmpty { adapters.follow(step, of: engine) }
  }

  /// Whether there is nothing to do until the alarm rings or a job is posted.
  private func rest() -> Bool {
    let due = isOpen ? engine.nextMoment : nil
    if let due, due <= clock.now { return false }
    if isOpen, engine.hasWork { return false }
    if connection == .draining, !adapters.isBusy { return false }
    guard mailbox.withLock({ $0.sleep() }) else { return false }
    alarm?.set(due)
    return true
  }

  // MARK: - Ending

  private func beginShutdown(
    draining isDraining: Bool, _ reply: @escaping @Sendable (Int) -> Void
  ) -> () -> Void {
    closing.append(reply)
    connection = .draining
    publisher.publish(PublishedState(world: engine.world, connection: connection))
    if isDraining { settle() } else { adapters.cancelAll() }
    return {}
  }

  private func close() -> () -> Void {
    // Adapters are paused first, so that nothing leaves the program while the rest is closed.
    for group in engine.domain.adapters.map(\.group) + adapters.groups { take(.pause(group)) }
    connection = .closed
    mailbox.withLock { $0.isClosed = true }
    alarm?.set(nil)
    let left = engine.world.queue.count + engine.openOffers
    log.closed(engine.domain, undone: left)
    let replies = closing
    closing = []
    return { for reply in replies { reply(left) } }
  }

  /// How many due inputs are done before the mailbox is checked again.
  private static let slice = 4_096
}
