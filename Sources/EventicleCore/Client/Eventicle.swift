/// An engine with its clients on the caller's thread; the simplest way to use streams and domains.
///
///     let app = try Eventicle(source: "my-cool-service")
///     try app.eventClient.hotStream("app.users", group: "greeter") { event in print(event.type) }
///     try app.eventClient.emit([NewEvent("user.created", data: ["name": "Ada"])], to: "app.users")
///
/// Every call returns after everything that follows from it is done.
public final class Eventicle {
  var engine: Engine
  /// Whether it accepts operations, drains, or is closed.
  public internal(set) var connection = ConnectionState.connected
  /// The engine that handlers may read during a step; `nil` between steps.
  private var readable: Engine?
  private let deferred = DeferredInputs()
  /// The number of deliveries following from one operation after which it counts as an endless
  /// loop.
  var cascadeLimit = Limits.cascadeDeliveries
  private var watches: [Watch] = []
  private var listeners: [(Step) -> Void] = []
  /// Counts and durations of deliveries and commands since it was created.
  public private(set) var metrics = EngineMetrics()
  /// Writes the steps to the store; `nil` without one.
  var keeper: StepKeeper?

  /// Creates an empty engine without a domain.
  ///
  /// - Parameters:
  ///   - source: The service name that events carry.
  ///   - clock: The engine's initial time.
  ///   - seed: The seed of generated ids.
  /// - Throws: ``DomainError``; never for a domain without declarations.
  public convenience init(
    source: String, startingAt clock: Instant = .standardStart, seed: UInt64 = 1
  ) throws {
    try self.init(Domain(source), startingAt: clock, seed: seed)
  }

  /// Creates an engine that runs a domain.
  ///
  /// - Throws: ``DomainError`` when a declaration of the domain cannot work.
  public convenience init(
    _ domain: Domain, startingAt clock: Instant = .standardStart, seed: UInt64 = 1,
    options: EngineOptions = .standard
  ) throws {
    self.init(try Engine(domain, startingAt: clock, seed: seed, options: options))
  }

  init(_ engine: Engine, keeper: StepKeeper? = nil) {
    (self.engine, self.keeper) = (engine, keeper)
    self.engine.deferred = deferred
  }

  /// The current state; inside a handler, the state before the current step.
  public var world: World { readable?.world ?? engine.world }

  /// The engine to read, also from inside a handler.
  var readableEngine: Engine { readable ?? engine }

  /// Reads and writes streams.
  public var eventClient: EventClient { EventClient(app: self) }

  /// Adds a listener that is called after each step, for journals, metrics and logs.
  public func onStep(_ listener: @escaping (Step) -> Void) { listeners.append(listener) }

  /// Dispatches a command and delivers everything that follows from it.
  ///
  /// - Parameter trace: The `traceparent` that the events continue.
  /// - Returns: The command's response.
  /// - Throws: The ``RejectionError`` that the command threw; ``ReportedError`` with what the
  ///   command reported after its events were kept; ``OperationError`` with its cause for any other
  ///   error.
  @discardableResult
  public func dispatch(
    _ type: String, _ data: JSON = .emptyObject, trace: String? = nil
  ) throws -> JSON? {
    try perform(.dispatch(CommandIntent(type, data, trace: trace)))
  }

  /// Folds a view's events again outside the live world and compares the resulting rows with the
  /// live ones; see ``Engine/rebuild(_:)``.
  ///
  /// - Throws: ``OperationError`` when there is no such view, as ``swap(_:)`` does.
  public func rebuild(_ view: String) throws -> ViewComparison {
    do { return try readableEngine.rebuild(view) } catch let error as EngineError {
      throw OperationError(error)
    }
  }

  /// Replaces a view's live rows with rebuilt ones, in all types and workspaces that it writes.
  ///
  /// - Parameter evenTrimmed: Whether to proceed although some of its events are no longer handed
  ///   out and the new rows will lack them.
  /// - Throws: ``OperationError`` when there is no such view; when nothing is done because some of
  ///   its events are no longer handed out, or because another view writes rows of the same type;
  ///   or when some of its events fail, in which case the rows are replaced all the same and those
  ///   events are parked.
  public func swap(_ view: String, evenTrimmed: Bool = false) throws {
    try perform(.swap(view: view, evenTrimmed: evenTrimmed))
  }

  /// Moves the clock forward, firing what falls due on the way in due order; failures are dealt
  /// with as the policy of each consumer says.
  public func advance(by interval: Interval) throws {
    guard connection == .connected else { throw OperationError.notConnected }
    guard readable == nil else {
      throw OperationError("Move the clock outside of handlers; one of them asked for \(interval).")
    }
    let end = world.clock + interval
    while let deadline = nextDeadline(before: end) {
      if try drive(firingUpTo: deadline) == .idle { try perform(.moveClock(deadline)) }
    }
    // A watch that is told may add another one, with an earlier deadline.
    guard try drive(firingUpTo: end) == .idle else { return try advance(by: end - world.clock) }
    try perform(.moveClock(end))
  }

  /// When the time of a watch is over next.
  private func nextDeadline(before end: Instant) -> Instant? {
    watches.lazy.map(\.deadline).filter { [clock = world.clock] in $0 > clock && $0 < end }.min()
  }

  /// Performs one input and everything that follows from it.
  ///
  /// When a handler calls this, the input is performed right after the current step. It is dropped
  /// when that step fails; if it is refused itself, the journal says so.
  @discardableResult
  func perform(_ input: Input) throws -> JSON? {
    guard connection == .connected else { throw OperationError.notConnected }
    if let readable {
      deferred.append(input, cause: readable.nextEntry)
      return nil
    }
    let step = run(input)
    let settling = Result { try settle() }
    try keep()
    if let error = step.thrown { throw error }
    try settling.get()
    return step.response
  }

  /// Performs an input whose outcome the caller needs; handlers may not call it.
  func performNow(
    _ what: String, as action: InputAction, _ body: (inout Engine) -> Step
  ) throws -> Step {
    guard connection == .connected else { throw OperationError.notConnected }
    guard readable == nil else {
      throw OperationError(
        "A handler asked to \(what) and would wait for its outcome; dispatch through the "
          + "handler's transaction instead.")
    }
    let step = run(RecordedInput(action, by: .program), body)
    let settling = Result { try settle() }
    try keep()
    try settling.get()
    return step
  }

  /// Changes the subscriptions of the engine; handlers may not call it.
  func reconfigure(
    _ what: String, as action: InputAction, _ body: (inout Engine) throws -> Step
  ) throws {
    guard connection == .connected else { throw OperationError.notConnected }
    guard readable == nil else {
      throw OperationError("Subscribe and close outside of handlers; one of them asked to \(what).")
    }
    tell(try body(&engine), of: RecordedInput(action, by: .program))
    let settling = Result { try settle() }
    try keep()
    try settling.get()
  }

  /// Shuts down: no new operations are accepted; when draining, waiting deliveries are made first.
  ///
  /// - Returns: The number of deliveries that were not made.
  @discardableResult
  public func shutdown(draining: Bool = true) throws -> Int {
    guard readable == nil else {
      throw OperationError("Shut down outside of handlers; one of them asked for it.")
    }
    guard connection == .connected else { return 0 }
    connection = .draining
    if draining { try settle() }
    // Adapters are paused first, so that nothing leaves the program while subscriptions are closed.
    for group in domainGroups(.adapter) + subscriptionGroups {
      _ = run(.pause(group))
    }
    connection = .closed
    defer { keeper?.close() }
    try keep()
    return engine.world.queue.count
  }

  private func domainGroups(_ kind: ConsumerKind) -> [GroupName] {
    Registry.definitions(of: engine.domain).filter { $0.name.kind == kind }.map(\.group)
  }

  private var subscriptionGroups: [GroupName] {
    engine.registry.subscriptions.map(\.definition.group)
  }

  /// Does what follows from an operation, and what is overdue.
  func settle() throws { _ = try drive(firingUpTo: engine.world.clock) }

  /// Does what follows by itself, and what falls due up to an instant; inputs that handlers
  /// deferred come before the next delivery.
  ///
  /// - Returns: Why it came back: idle, or interrupted because a watch ends earlier.
  /// - Throws: ``OperationError`` when ``cascadeLimit`` was reached; what still waits is done by
  ///   the next operation.
  private func drive(firingUpTo end: Instant) throws -> Driver.Outcome {
    defer { look() }
    var driver = Driver(firingUpTo: end, deliveries: cascadeLimit)
    var inserted = 0
    while true {
      if inserted < cascadeLimit, let next = deferred.next() {
        perform(deferred: next)
        inserted += 1
        continue
      }
      if !engine.hasWork {
        look()
        if nextDeadline(before: end) != nil { driver.interrupt() }
      }
      guard let input = driver.next(engine) else { break }
      driver.took(run(input))
    }
    if deferred.count > 0 { throw OperationError(EngineError.endless(deliveries: cascadeLimit)) }
    if let error = driver.outcome.error(at: world.clock) { throw OperationError(error) }
    return driver.outcome
  }

  private func perform(deferred next: DeferredInputs.DeferredInput) {
    let step = run(next.input)
    guard let report = next.report(of: step, in: engine.world) else { return }
    _ = run(report)
  }

  private func run(_ input: Input) -> Step {
    run(engine.record(of: input)) { $0.perform(input) }
  }

  /// Runs the engine while handlers read the world as it was before the step.
  private func run(_ input: RecordedInput, _ body: (inout Engine) -> Step) -> Step {
    readable = engine.forReading()
    let step = body(&engine)
    readable = nil
    engine.world.dropOldStates()
    tell(step, of: input)
    return step
  }

  private func tell(_ step: Step, of input: RecordedInput) {
    keeper?.append(step, of: input, engine.world, engine.domain)
    metrics.record(step, engine.world)
    for listener in listeners { listener(step) }
  }

  // MARK: - Watching

  func add(_ watch: Watch) {
    watches.append(watch)
    look()
  }

  /// Tells the watches whose state is reached or whose timeout is over.
  private func look() {
    guard !watches.isEmpty else { return }
    var before: JournalIndex
    repeat {
      before = readableEngine.nextEntry
      let current = watches
      watches = []
      // A watcher that is told may add or cancel watches.
      watches = current.filter { !$0.isOver(in: readableEngine) } + watches
    } while readableEngine.nextEntry != before
  }
}
