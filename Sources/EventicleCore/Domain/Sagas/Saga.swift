/// A long-running reaction to events and timers, with one instance for each thing it follows.
///
/// Declared by chaining, in Eventicle's words:
///
///     Saga("PaymentSaga", streams: ["orders", "payments"])
///       .startOn("OrderCreated", unlessLive: "order") { step, event in … }
///       .on("OrderPaid", matching: "order") { step, event in … }
///       .on("PaymentDeclined", matching: "order") { $0.data["orderId"] } do: { step, event in … }
///       .onTimer("retry") { step in … }
///
/// Where every event identifies its instance, ``keyed(by:value:)`` says so once for all.
public struct Saga: Sendable {
  /// Handles an event for an instance.
  public typealias EventStep = @Sendable (SagaStep, Event) throws -> Void
  /// Handles the firing of a timer.
  public typealias TimerStep = @Sendable (SagaStep) throws -> Void
  /// Handles the firing of a timer by its name.
  public typealias AnyTimerStep = @Sendable (SagaStep, _ timer: String) throws -> Void
  /// Says where an event goes; it may read what the transaction sees, and writes nothing.
  public typealias Router = @Sendable (Event, Transaction) throws -> SagaRoute
  /// A value taken from an event; `nil` and `null` match nothing.
  public typealias Value = @Sendable (Event) -> JSON?
  /// Runs when one of the saga's steps has failed.
  public typealias ErrorStep = @Sendable (SagaFailure, Transaction) throws -> Void
  /// The name of the lock that a step holds until it is committed; `nil` for none.
  public typealias LockName = @Sendable (SagaStep, Event) -> String?
  /// Decides for each event of a cold-hot stream whether it counts as new rather than as history.
  public typealias HotPredicate = @Sendable (Event) throws -> Bool
  /// Migrates an instance's data from an older version of the saga to the declared one.
  public typealias Migration = @Sendable (inout JSON, _ from: Int) throws -> Void

  struct Start: Sendable {
    let condition: @Sendable (Event) -> Bool
    let unless: Match?
    let lock: LockName?
    let step: EventStep
  }

  struct Match: Sendable {
    let property: String
    let value: Value
  }

  struct On: Sendable {
    let match: Match?
    let lock: LockName?
    let step: EventStep
  }

  /// The declarations of a saga.
  struct Parts: Sendable {
    let name: String
    let streams: [StreamName]
    var version = 1
    var options = ConsumerOptions(parallel: 50)
    var hotParallel: Int?
    var stepLimit: Interval?
    var starts = NamedValues<EventType, Start>()
    var handlers = NamedValues<EventType, On>()
    var stateless = NamedValues<EventType, EventHandler>()
    var timers: [String: TimerStep] = [:]
    var timerList: [String] = []
    var anyTimer: AnyTimerStep?
    var states: [String] = []
    var router: Router?
    var errorStep: ErrorStep?
    var key: Match?
    var isHot: HotPredicate?
    var migration: Migration?
    var declared: [DomainError] = []
    fileprivate(set) var matchProperties: [String] = []
  }

  // A reference, because engines pass sagas around constantly.
  private final class Box: Sendable {
    let parts: Parts

    init(_ parts: Parts) { self.parts = parts }
  }

  private let box: Box

  /// Creates a saga that does nothing yet.
  public init(_ name: String, streams: [StreamName]) {
    box = Box(Parts(name: name, streams: streams))
  }

  private init(_ parts: Parts) { box = Box(parts) }

  /// The saga with an additional declaration.
  func changing(_ body: (inout Parts) -> Void) -> Saga {
    var parts = box.parts
    body(&parts)
    let all =
      parts.handlers.values.compactMap { $0.match?.property }
      + parts.starts.values.compactMap { $0.unless?.property }
      + [parts.key?.property].compactMap { $0 }
    parts.matchProperties = Array(Set(all)).sorted()
    return Saga(parts)
  }

  /// The name, unique among sagas.
  public var name: String { box.parts.name }

  /// Where its events come from, in the order of declaration; handlers decide by type.
  public var streams: [StreamName] { box.parts.streams }

  /// The version of its instances' data, 1 or more.
  public var version: Int { box.parts.version }

  /// How the saga takes its deliveries.
  public var options: ConsumerOptions { box.parts.options }

  /// The most instances at work at once with hot events; `nil` when there is only one lane.
  public var hotParallel: Int? { box.parts.hotParallel }

  /// The most time one step may take on the world's clock; unlimited when absent.
  public var stepLimit: Interval? { box.parts.stepLimit }

  var starts: NamedValues<EventType, Start> { box.parts.starts }
  var handlers: NamedValues<EventType, On> { box.parts.handlers }
  var stateless: NamedValues<EventType, EventHandler> { box.parts.stateless }
  var timers: [String: TimerStep] { box.parts.timers }
  var timerList: [String] { box.parts.timerList }
  var anyTimer: AnyTimerStep? { box.parts.anyTimer }
  var router: Router? { box.parts.router }
  var errorStep: ErrorStep? { box.parts.errorStep }
  var key: Match? { box.parts.key }
  var isHot: HotPredicate? { box.parts.isHot }
  var migration: Migration? { box.parts.migration }

  /// The group that keeps the saga's position.
  public var group: GroupName { GroupName("saga-\(name)") }

  /// The properties by which events find instances, without duplicates, in alphabetical order.
  public var matchProperties: [String] { box.parts.matchProperties }

  /// The value by which an instance with this data is found, as text for people.
  ///
  /// - Parameter routed: The properties of a saga that routes, which only the index of its instances
  ///   knows; looked up for such a saga alone.
  func correlation(of data: JSON, routed: () -> [String]) -> String? {
    guard let members = data.object else { return nil }
    for property in router == nil ? box.parts.matchProperties : routed() {
      if let value = members[property] { return value.string ?? value.description }
    }
    return nil
  }

  /// The types of event that start an instance, in alphabetical order.
  public var startTypes: [EventType] { starts.names.sorted() }

  /// The types of event that a running instance handles, in alphabetical order.
  public var handledTypes: [EventType] { handlers.names.sorted() }

  /// The types of event that the saga handles without any instance, in alphabetical order.
  public var statelessTypes: [EventType] { stateless.names.sorted() }

  /// The states that an instance passes through, as far as they are declared; see
  /// ``states(_:)``.
  public var declaredStates: [String] { box.parts.states }

  /// The names of the timers that the saga handles, in alphabetical order.
  public var timerNames: [String] { timers.keys.sorted() }

  /// Whether the saga handles events of a type, with an instance or without.
  public func handles(_ type: EventType) -> Bool {
    starts.contains(type) || handlers.contains(type) || stateless.contains(type)
  }

  /// Faults in the declarations.
  var problems: [DomainError] {
    var found = box.parts.declared
    if key == nil, router == nil {
      for type in handledTypes where handlers[type]?.match == nil {
        found.append(.handlerWithoutMatch(saga: name, type))
      }
    }
    for type in statelessTypes where starts.contains(type) || handlers.contains(type) {
      found.append(.doubleHandler(saga: name, method: "onEvery", type))
    }
    return found
  }

  /// The handler of a timer: its own, or else the one of any timer.
  func timerStep(_ timer: String) -> TimerStep? {
    if let own = timers[timer] { return own }
    guard let anyTimer else { return nil }
    return { step in try anyTimer(step, timer) }
  }

  /// How an event finds the instances that handle it.
  func match(of handler: On) -> Match? { handler.match ?? key }

  /// How an event finds the live instance that keeps it from starting another.
  func unless(of start: Start) -> Match? { start.unless ?? key }

  /// The lane of an event; `nil` when there is only one.
  ///
  /// An event for which the predicate fails is cold.
  func lane(of event: Event) -> SagaLane? {
    guard let isHot else { return nil }
    do { return try isHot(event) ? .hot : .cold } catch { return .cold }
  }
}

/// A failed step of a saga.
public struct SagaFailure: Sendable {
  /// The saga's name.
  public let saga: String
  /// The id of the instance; `nil` when it was about to be started.
  public let instanceID: String?
  /// The event being handled; `nil` when a timer fired.
  public let event: Event?
  /// The timer that fired; `nil` when an event was being handled.
  public let timer: String?
  /// What the handler threw, in words.
  public let reason: String
}
