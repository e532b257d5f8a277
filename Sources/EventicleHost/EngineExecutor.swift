internal import Dispatch
internal import EventicleCore
internal import Synchronization

/// An engine, its mailbox and its alarm.
///
/// Everything that touches the engine runs on one serial queue. Callers leave work in the mailbox;
/// what has gathered there is done as one batch, then published, then answered. At
/// rest nothing runs: the alarm is set for the moment at which something falls due.
final class EngineExecutor: @unchecked Sendable {  // What is not a lock is touched on its queue alone.
  /// Something to be done, and who is told of it.
  enum Job {
    case perform(Input, reply: @Sendable (Result<JSON?, any Error>) -> Void)
    case settle(reply: @Sendable () -> Void)
    case shutdown(draining: Bool, reply: @Sendable (Int) -> Void)
  }

  fileprivate struct Mailbox {
    var jobs: [Job] = []
    /// Whether the queue is at work, or about to be.
    var isAwake = false
    /// Whether nothing more is taken in.
    var isShut = false
    /// Whether what waits in the mailbox is turned away.
    var isAbandoned = false
  }

  let publisher: StatePublisher
  private let mailbox = Mutex(Mailbox())
  private let queue = DispatchQueue(label: "eventicle.host")
  private let clock: any HostClock
  private let log: HostLog
  private let metrics: HostMetrics?
  private var engine: Engine
  private var connection = ConnectionState.connected
  private var alarm: (any HostAlarm)?

  init(_ engine: Engine, clock: any HostClock, log: HostLog, metrics: HostMetrics?) {
    self.engine = engine
    self.clock = clock
    self.log = log
    self.metrics = metrics
    publisher = StatePublisher(PublishedState(world: engine.world, connection: .connected))
    log.opened(engine.domain)
    alarm = clock.alarm { [weak self] in self?.wake() }
  }

  // MARK: - From any thread

  /// Leaves a job in the mailbox.
  ///
  /// - Returns: Whether it was taken; a shut executor takes none.
  func post(_ job: Job) -> Bool {
    let (isTaken, isFirst) = mailbox.withLock { mailbox -> (Bool, Bool) in
      if mailbox.isShut { return (false, false) }
      if case .shutdown(let isDraining, _) = job {
        mailbox.isShut = true
        mailbox.isAbandoned = !isDraining
      }
      mailbox.jobs.append(job)
      return (true, mailbox.awake())
    }
    if isFirst { queue.async { self.work() } }
    return isTaken
  }

  /// Looks whether something is due.
  private func wake() {
    if mailbox.withLock({ $0.awake() }) { queue.async { self.work() } }
  }

  // MARK: - On the queue

  private func work() {
    repeat {
      let jobs = mailbox.withLock { mailbox in
        defer { mailbox.jobs = [] }
        return mailbox.jobs
      }
      var replies: [() -> Void] = []
      if jobs.isEmpty { catchUp() }
      for job in jobs { replies.append(perform(job)) }
      // Before anybody is answered, so that what was measured agrees with what was answered.
      if mailbox.withLock({ $0.jobs.isEmpty }) { metrics?.measure(engine) }
      publisher.publish(PublishedState(world: engine.world, connection: connection))
      for reply in replies { reply() }
    } while !rest()
  }

  /// Does a job and everything that follows from it.
  private func perform(_ job: Job) -> () -> Void {
    switch job {
    case .perform(let input, let reply):
      guard connection == .connected, !mailbox.withLock({ $0.isAbandoned }) else {
        return { reply(.failure(OperationError.notConnected)) }
      }
      catchUp()
      if case .moveClock = input { return { reply(.failure(OperationError.clockIsTheHosts)) } }
      let step = take(input)
      let isSettled = settle()
      if let error = step.thrown { return { reply(.failure(error)) } }
      if !isSettled {
        let loop = EngineError.endless(deliveries: Limits.cascadeDeliveries)
        return { reply(.failure(OperationError(loop))) }
      }
      return { reply(.success(step.response)) }
    case .settle(let reply):
      catchUp()
      return reply
    case .shutdown(let isDraining, let reply):
      let left = shutDown(draining: isDraining)
      return { reply(left) }
    }
  }

  /// Does what has fallen due, in due order, and what follows from it.
  private func catchUp() {
    guard connection == .connected else { return }
    let now = clock.now
    // What falls due again at once must not keep the mailbox waiting.
    for _ in 0..<EngineExecutor.slice {
      guard let due = engine.nextDue(upTo: now) else { break }
      // What was due happens at its own moment, however late it is noticed.
      take(due, isLate: true)
      settle(isLate: true)
    }
    settle()
  }

  /// Delivers until nothing waits.
  ///
  /// - Returns: Whether nothing waits; `false` when there seems to be no end of it.
  @discardableResult
  private func settle(isLate: Bool = false) -> Bool {
    for _ in 0..<Limits.cascadeDeliveries {
      guard engine.hasWork else { return true }
      take(.deliver, isLate: isLate)
    }
    return !engine.hasWork
  }

  @discardableResult
  private func take(_ input: Input, isLate: Bool = false) -> Step {
    let now = isLate ? engine.world.clock : clock.now
    // Never past what is due before.
    engine.pass(until: engine.nextMoment.map { min($0, now) } ?? now)
    let step = engine.perform(input)
    engine.dropOldStates()
    log.record(step, in: engine.world)
    metrics?.record(step, in: engine.world)
    return step
  }

  /// Whether there is nothing to do until the alarm rings or somebody comes.
  private func rest() -> Bool {
    let due = connection == .connected ? engine.nextMoment : nil
    if let due, due <= clock.now { return false }
    if connection == .connected, engine.hasWork { return false }
    guard mailbox.withLock({ $0.sleep() }) else { return false }
    alarm?.set(due)
    return true
  }

  private func shutDown(draining isDraining: Bool) -> Int {
    connection = .draining
    publisher.publish(PublishedState(world: engine.world, connection: connection))
    if isDraining { settle() }
    // Adapters go first, so that nothing leaves while the rest is put away.
    for adapter in engine.domain.adapters { take(.pause(adapter.group)) }
    connection = .closed
    alarm?.set(nil)
    let left = engine.world.queue.count
    log.closed(engine.domain, undone: left)
    return left
  }

  /// How many things that are due are done before the mailbox is looked at again.
  private static let slice = 4_096
}

extension EngineExecutor.Mailbox {
  /// Whether the queue must be called; from now on it is awake.
  fileprivate mutating func awake() -> Bool {
    defer { isAwake = true }
    return !isAwake
  }

  /// Whether the queue may sleep because nothing has come in.
  fileprivate mutating func sleep() -> Bool {
    isAwake = !jobs.isEmpty
    return !isAwake
  }
}

extension OperationError {
  static let clockIsTheHosts = OperationError(
    "The time of a host is that of its clock; move a ManualClock instead of the engine's.")
}

extension Engine {
  /// The next moment at which something falls due, if anything will.
  var nextMoment: Instant? {
    guard let timer = nextTimer?.due else { return nextWake }
    return nextWake.map { min($0, timer) } ?? timer
  }
}
