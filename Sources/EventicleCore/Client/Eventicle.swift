/// An engine for programs that want streams and nothing else to begin with.
///
///     let app = try Eventicle(source: "my-cool-service")
///     try app.eventClient.hotStream("app.users", group: "greeter") { event in print(event.type) }
///     try app.eventClient.emit([NewEvent("user.created", data: ["name": "Ada"])], to: "app.users")
///
/// Everything happens on the caller's thread, before the call returns.
public final class Eventicle {
  private(set) var engine: Engine
  /// Whether it still takes what it is asked to do.
  public private(set) var connection = ConnectionState.connected
  /// The engine that handlers may read while it is at work; `nil` when it rests.
  private var readable: Engine?
  private let deferred = DeferredInputs()
  /// Whether a group was let go on, whose timers may have fallen due meanwhile, or a timer became
  /// due without the clock going on.
  private var mayBeLate = false
  /// After how many deliveries that follow from one thing it is taken for a loop.
  var cascadeLimit = Limits.cascadeDeliveries
  private var watches: [Watch] = []
  private var listeners: [(Step) -> Void] = []
  /// What consumers and commands did so far, and how long it took.
  public private(set) var metrics = EngineMetrics()

  /// A source of events with nothing in it.
  ///
  /// - Parameters:
  ///   - source: The service name that events carry.
  ///   - clock: The moment that counts as now.
  ///   - seed: Where ids come from.
  /// - Throws: ``DomainError``; never for a domain without declarations.
  public convenience init(
    source: String, startingAt clock: Instant = .standardStart, seed: UInt64 = 1
  ) throws {
    try self.init(Domain(source), startingAt: clock, seed: seed)
  }

  /// An engine of a domain.
  ///
  /// - Throws: ``DomainError`` when the domain declares something that cannot work.
  public init(
    _ domain: Domain, startingAt clock: Instant = .standardStart, seed: UInt64 = 1,
    options: EngineOptions = .standard
  ) throws {
    engine = try Engine(domain, startingAt: clock, seed: seed, options: options)
    engine.deferred = deferred
  }

  /// Everything that is true now; inside a handler, what was true before the delivery.
  public var world: World { readable?.world ?? engine.world }

  /// The engine to ask, also from inside a handler.
  var readableEngine: Engine { readable ?? engine }

  /// Reads and writes streams.
  public var eventClient: EventClient { EventClient(app: self) }

  /// Hears of every step that the engine takes, for journals, metrics and logs.
  public func onStep(_ listener: @escaping (Step) -> Void) { listeners.append(listener) }

  /// Carries out a command and everything that follows from it.
  ///
  /// - Parameter trace: The `traceparent` that its events continue.
  /// - Returns: The command's response.
  /// - Throws: A refusal as the ``RejectionError`` that the command threw, ``ReportedError`` with
  ///   what the command reported after its events were kept, ``OperationError`` with the cause of
  ///   anything else.
  @discardableResult
  public func dispatch(
    _ type: String, _ data: JSON = .emptyObject, trace: String? = nil
  ) throws -> JSON? {
    try perform(.dispatch(CommandIntent(type, data, trace: trace)))
  }

  /// Folds a view's events anew beside the world, and compares the rows with the live ones; see
  /// ``Engine/rebuild(_:)``.
  ///
  /// - Throws: ``OperationError`` when there is no such view, as ``swap(_:)`` does.
  public func rebuild(_ view: String) throws -> ViewComparison {
    do { return try readableEngine.rebuild(view) } catch let error as EngineError {
      throw OperationError(error)
    }
  }

  /// Puts the rows that a view's events make in the place of those that it has: the rows of all
  /// types and workspaces that it writes.
  ///
  /// - Parameter evenTrimmed: Whether to do so although some of its events are not handed out any
  ///   more, so that the rows will be without them.
  /// - Throws: ``OperationError`` when there is no such view, when nothing is done because some of
  ///   its events are not handed out any more or because another view writes rows of the same type,
  ///   or when some of its events fail; the rows are
  ///   replaced all the same then, and those events are parked.
  public func swap(_ view: String, evenTrimmed: Bool = false) throws {
    try perform(.swap(view: view, evenTrimmed: evenTrimmed))
  }

  /// Moves the clock, doing what falls due on the way, in due order; what fails is dealt with as
  /// its consumer's policy says.
  public func advance(by interval: Interval) throws {
    guard connection == .connected else { throw OperationError.notConnected }
    guard readable == nil else {
      throw OperationError("Move the clock outside of handlers; one of them asked for \(interval).")
    }
    let end = world.clock + interval
    var fired = 0
    while let due = nextDue(upTo: end) {
      guard fired < Limits.clockFires else {
        throw OperationError(
          "\(fired) timers fired and more are due within \(interval), so that the clock stopped at "
            + "\(world.clock); move it in smaller parts, or look for a timer that arms itself again "
            + "at once.")
      }
      fired += 1
      _ = run { $0.perform(due) }
      try settle()
    }
    try perform(.moveClock(end))
  }

  private func nextDue(upTo end: Instant) -> Input? {
    let watch = watches.map(\.deadline).filter { $0 <= end }.min()
    guard let due = engine.nextDue(upTo: watch.map { min($0, end) } ?? end) else {
      return watch.flatMap { $0 > world.clock ? .moveClock($0) : nil }
    }
    return due
  }

  /// Does one thing and everything that follows from it.
  ///
  /// Called by a handler, it waits for the step at hand and is done right after it. It is not done
  /// when what asked for it fails; when it is refused itself, the journal says so.
  @discardableResult
  func perform(_ input: Input) throws -> JSON? {
    guard connection == .connected else { throw OperationError.notConnected }
    if let readable {
      deferred.append(input, cause: readable.nextEntry)
      return nil
    }
    let step = run { $0.perform(input) }
    let settling = Result { try settle() }
    if let error = step.thrown { throw error }
    try settling.get()
    return step.response
  }

  /// Does one thing whose outcome the caller needs, outside of handlers.
  func performNow(_ what: String, _ body: (inout Engine) -> Step) throws -> Step {
    guard connection == .connected else { throw OperationError.notConnected }
    guard readable == nil else {
      throw OperationError(
        "A handler asked to \(what) and would wait for its outcome; dispatch through the "
          + "handler's transaction instead.")
    }
    let step = run(body)
    try settle()
    return step
  }

  /// Changes what the engine runs, outside of handlers.
  func reconfigure(
    _ what: String, _ body: (inout Engine) throws -> Step
  ) throws {
    guard connection == .connected else { throw OperationError.notConnected }
    guard readable == nil else {
      throw OperationError("Subscribe and close outside of handlers; one of them asked to \(what).")
    }
    tell(try body(&engine))
    try settle()
  }

  /// Ends the work: nothing more is taken, and what waits is done first if asked.
  ///
  /// - Returns: How many deliveries were left undone.
  @discardableResult
  public func shutdown(draining: Bool = true) throws -> Int {
    guard readable == nil else {
      throw OperationError("Shut down outside of handlers; one of them asked for it.")
    }
    guard connection == .connected else { return 0 }
    connection = .draining
    if draining { try settle() }
    // Adapters go first, so that nothing leaves while the rest is put away.
    for group in domainGroups(.adapter) + subscriptionGroups {
      _ = run { $0.perform(.pause(group)) }
    }
    connection = .closed
    return engine.world.queue.count
  }

  private func domainGroups(_ kind: ConsumerKind) -> [GroupName] {
    Registry.definitions(of: engine.domain).filter { $0.name.kind == kind }.map(\.group)
  }

  private var subscriptionGroups: [GroupName] {
    engine.registry.subscriptions.map(\.definition.group)
  }

  /// Does what handlers asked for, each time before the next delivery.
  ///
  /// - Throws: ``OperationError`` when ``cascadeLimit`` was reached; what waits is done by what is
  ///   asked next.
  private func settle() throws {
    defer { look() }
    for _ in 0..<cascadeLimit {
      if let next = deferred.next() {
        perform(deferred: next)
      } else if engine.hasWork {
        _ = run { $0.perform(.deliver) }
      } else if mayBeLate, let due = engine.nextDue(upTo: engine.world.clock) {
        _ = run { $0.perform(due) }
      } else {
        mayBeLate = false
        return
      }
    }
    guard deferred.count == 0, !engine.hasWork else {
      throw OperationError(EngineError.endless(deliveries: cascadeLimit))
    }
  }

  private func perform(deferred next: DeferredInputs.DeferredInput) {
    var steps: [Step] = []
    _ = run { engine in
      steps = engine.perform(deferred: next)
      return steps.removeFirst()
    }
    for step in steps { tell(step) }
  }

  /// Runs the engine while handlers read the world as it was before.
  private func run(_ body: (inout Engine) -> Step) -> Step {
    readable = engine.forReading()
    let step = body(&engine)
    readable = nil
    engine.world.dropOldStates()
    tell(step)
    mayBeLate =
      mayBeLate || step.entries.contains { $0.kind.letsGroupGoOn || $0.isDueAtOnce }
    return step
  }

  private func tell(_ step: Step) {
    metrics.record(step, engine.world)
    for listener in listeners { listener(step) }
  }

  // MARK: - Watching

  func add(_ watch: Watch) {
    watches.append(watch)
    look()
  }

  /// Looks whether what somebody waits for is true, or too late.
  private func look() {
    guard !watches.isEmpty else { return }
    var before: JournalIndex
    repeat {
      before = readableEngine.nextEntry
      let current = watches
      watches = []
      // Who is told may begin another wait, or do what ends this one.
      watches = current.filter { !$0.isOver(in: readableEngine) } + watches
    } while readableEngine.nextEntry != before
  }
}
