/// One step of a saga instance: what its handler reads, changes and requests.
///
/// The step is part of one transaction: the instance, its timers, the commands it dispatches and
/// the events it emits are committed together or not at all.
public final class SagaStep {
  /// The saga's name.
  public let saga: String
  /// Which instance takes the step, by the id under which the saga keeps it.
  public let instanceID: String
  /// The instance's data, a JSON object; changes are stored with the step.
  public var data: JSON
  /// What the step reads and writes besides its own data; all of it is kept together, or nothing.
  public let transaction: Transaction
  private let knownTimers: [String]
  private let takesAnyTimer: Bool
  /// The lane of the current event; `nil` when the saga has one lane, and for timers.
  public let lane: SagaLane?
  private(set) var ending: Ending?
  private(set) var timers: [String]
  /// The timers that fired before the step and await their own steps.
  private let firedTimers: [String]
  /// The timers that the step armed, extended or cancelled.
  private(set) var touchedTimers: [String] = []
  /// The commands that would undo what the instance did, in order of registration.
  public internal(set) var undos: [CommandIntent]
  private let lastEventID: EventID?

  enum Ending {
    case kept
    case removed
  }

  init(
    key: SagaKey, data: JSON, timers: [String], firedTimers: [String] = [],
    lastEventID: EventID?, transaction: Transaction, knownTimers: [String],
    takesAnyTimer: Bool = false, undos: [CommandIntent] = [], lane: SagaLane? = nil
  ) {
    self.undos = undos
    self.lane = lane
    saga = key.saga
    instanceID = key.instanceID
    self.data = data
    self.timers = timers
    self.firedTimers = firedTimers
    self.lastEventID = lastEventID
    self.transaction = transaction
    self.knownTimers = knownTimers
    self.takesAnyTimer = takesAnyTimer
  }

  /// A property of the instance; `null` when there is none.
  public subscript(property: String) -> JSON {
    get { data[property] }
    set { data[property] = newValue }
  }

  /// The instant of the world's clock.
  public var now: Instant { transaction.now }

  /// Whose data the instance works on: a tenant's, or that of the system.
  public var workspace: Workspace { transaction.workspace }

  /// Makes the step take a while: the instance's next work waits that long on the world's clock.
  public func spend(_ interval: Interval) { transaction.spend(interval) }

  /// Runs a body under a lock, which is held until the step is committed.
  ///
  /// - Throws: Whatever the body throws. If a lease holds the lock and the error is not caught, the
  ///   step is taken again at the end of the lease.
  @discardableResult
  public func withLock<Result>(_ id: String, _ body: () throws -> Result) throws -> Result {
    try transaction.withLock(id, body)
  }

  /// The last event that the instance handled before this step.
  public var lastEvent: Event? {
    lastEventID.flatMap { transaction.event($0) }
  }

  /// Carries out a command as part of the step; a refusal is thrown and may be caught.
  @discardableResult
  public func dispatch(_ type: String, _ data: JSON = .emptyObject) throws -> JSON? {
    try transaction.dispatch(type, data)
  }

  /// Arms a timer, replacing one of the same name together with its kind and due time.
  ///
  /// - Parameter missed: What happens to due instants of a recurring timer that passed unnoticed.
  /// - Throws: ``DomainError/timerWithoutHandler(saga:timer:)`` when the saga does not handle it,
  ///   ``TransactionError/negativeWait(_:_:)`` for a wait below 0.
  public func upsertTimer(
    _ name: String, _ schedule: TimerSchedule, missed: MissedFires = .once
  ) throws {
    guard takesAnyTimer || knownTimers.contains(where: { isSameText($0, name) }) else {
      throw DomainError.timerWithoutHandler(saga: saga, timer: name)
    }
    try transaction.arm(timerKey(name), schedule, missed: missed)
    touch(name)
    if !timers.contains(name) { timers.append(name) }
  }

  /// Arms a timer that fires once, after an interval from now.
  public func upsertTimer(_ name: String, after interval: Interval) throws {
    try upsertTimer(name, .once(interval))
  }

  /// Arms a timer that fires once, at an instant; at once when that has passed.
  public func upsertTimer(_ name: String, at instant: Instant) throws {
    try upsertTimer(name, .at(instant))
  }

  /// Arms a timer that fires at every instant of a cron expression in a time zone.
  ///
  /// - Throws: ``CronError`` for an expression that cannot be read.
  public func upsertTimer(
    _ name: String, cron: String, in zone: TimeZoneRule = .utc, missed: MissedFires = .once
  ) throws {
    try upsertTimer(name, .cron(try CronExpression(cron), in: zone), missed: missed)
  }

  /// Arms a timer that fires at every instant of a cron expression in the time zone of a place,
  /// such as `Europe/Berlin`.
  ///
  /// - Throws: ``TimeZoneError`` for an unknown name, with the nearest known one; ``CronError`` for
  ///   an expression that cannot be read.
  public func upsertTimer(
    _ name: String, cron: String, in zone: String, missed: MissedFires = .once
  ) throws {
    try upsertTimer(name, cron: cron, in: try TimeZoneRule(zone), missed: missed)
  }

  /// The instant at which a timer of the instance is due next; `nil` when it is not armed.
  public func due(_ name: String) -> Instant? { transaction.due(of: timerKey(name)) }

  /// Postpones an armed timer that fires once, or advances it by a negative interval.
  ///
  /// - Returns: The new due instant.
  /// - Throws: ``SagaError/timerNotArmed(saga:timer:)``.
  @discardableResult
  public func extendTimer(_ name: String, by interval: Interval) throws -> Instant {
    let key = timerKey(name)
    guard let due = transaction.due(of: key).map({ $0 + interval }),
      try transaction.postpone(key, to: due)
    else { throw SagaError.timerNotArmed(saga: saga, timer: name) }
    touch(name)
    return due
  }

  /// Cancels a timer, even one that has fired and awaits its step; does nothing if there is none.
  public func removeTimer(_ name: String) {
    let isWaiting = firedTimers.contains(name) && !touchedTimers.contains(name)
    // The cancellation is noted once, whether the timer is armed, awaits its step, or both.
    if transaction.due(of: timerKey(name)) == nil, isWaiting {
      transaction.note(.timerCancelled(timerKey(name)), parent: transaction.currentNote)
    }
    transaction.disarm(timerKey(name))
    touch(name)
    timers.removeAll { $0 == name }
  }

  /// Ends the instance with this step; it never handles anything again.
  ///
  /// - Parameter keepingData: Whether the instance's data can still be read.
  public func end(keepingData: Bool = false) {
    ending = keepingData ? .kept : .removed
  }

  /// Remembers the step's changes to the instance so far and returns a closure that restores them,
  /// for parts of the transaction that are rolled back.
  func memory() -> () -> Void {
    let (data, ending, timers, touched, undos) = (self.data, ending, timers, touchedTimers, undos)
    return { [self] in
      (self.data, self.ending, self.timers) = (data, ending, timers)
      (touchedTimers, self.undos) = (touched, undos)
    }
  }

  func removeAllTimers() {
    for name in timers { transaction.disarm(timerKey(name)) }
    timers = []
  }

  private func touch(_ timer: String) {
    if !touchedTimers.contains(timer) { touchedTimers.append(timer) }
  }

  private func timerKey(_ name: String) -> TimerKey {
    TimerKey(SagaKey(saga, instanceID), name)
  }
}
