/// One step of a saga instance: what its handler reads, changes and asks for.
///
/// The step is part of one transaction: the instance, its timers, the commands it dispatches and
/// the events it emits are kept together or not at all.
public final class SagaStep {
  /// The saga's name.
  public let saga: String
  /// The instance's id.
  public let instanceID: String
  /// What the instance remembers, an object.
  public var data: JSON
  /// The transaction that the step is part of.
  public let transaction: Transaction
  private let knownTimers: Set<String>
  private(set) var ending: Ending?
  private(set) var timers: [String]
  private let lastEventID: EventID?

  enum Ending {
    case kept
    case removed
  }

  init(
    key: SagaKey, data: JSON, timers: [String], lastEventID: EventID?, transaction: Transaction,
    knownTimers: Set<String>
  ) {
    saga = key.saga
    instanceID = key.instanceID
    self.data = data
    self.timers = timers
    self.lastEventID = lastEventID
    self.transaction = transaction
    self.knownTimers = knownTimers
  }

  /// A property of the instance; `null` when it has none.
  public subscript(property: String) -> JSON {
    get { data[property] }
    set { data[property] = newValue }
  }

  /// The moment of the world's clock.
  public var now: Instant { transaction.now }

  /// The last event that the instance handled before this step.
  public var lastEvent: Event? {
    lastEventID.flatMap { transaction.event($0) }
  }

  /// Carries out a command as part of the step; a refusal is thrown and may be caught.
  @discardableResult
  public func dispatch(_ type: String, _ data: JSON = .emptyObject) throws -> JSON? {
    try transaction.dispatch(type, data)
  }

  /// Arms a timer; one of the same name that is armed already is replaced, kind and due time.
  ///
  /// - Throws: ``DomainError/timerWithoutHandler(saga:timer:)`` when nobody would handle it.
  public func upsertTimer(_ name: String, _ schedule: TimerSchedule) throws {
    guard knownTimers.contains(name) else {
      throw DomainError.timerWithoutHandler(saga: saga, timer: name)
    }
    try transaction.arm(timerKey(name), schedule)
    if !timers.contains(name) { timers.append(name) }
  }

  /// Arms a timer that fires once, so long from now.
  public func upsertTimer(_ name: String, after interval: Interval) throws {
    try upsertTimer(name, .once(interval))
  }

  /// Arms a timer that fires at every moment a cron expression names.
  public func upsertTimer(_ name: String, cron: String) throws {
    try upsertTimer(name, .cron(try CronExpression(cron)))
  }

  /// Calls a timer off; one that is not armed is no error.
  public func removeTimer(_ name: String) {
    transaction.disarm(timerKey(name))
    timers.removeAll { $0 == name }
  }

  /// Ends the instance with this step: it never handles anything again.
  ///
  /// - Parameter keepingData: Whether it can still be looked at.
  public func end(keepingData: Bool = false) {
    ending = keepingData ? .kept : .removed
  }

  func timerFired(_ name: String, rearmed: Bool) {
    if !rearmed { timers.removeAll { $0 == name } }
  }

  func removeAllTimers() {
    for name in timers { transaction.disarm(timerKey(name)) }
    timers = []
  }

  private func timerKey(_ name: String) -> TimerKey {
    TimerKey(SagaKey(saga, instanceID), name)
  }
}
