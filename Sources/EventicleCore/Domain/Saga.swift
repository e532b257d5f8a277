/// A long-running reaction to events and timers, with one instance for each thing it follows.
///
/// Declared by chaining, in the words of Eventicle:
///
///     Saga("PaymentSaga", streams: ["orders", "payments"])
///       .startOn("OrderCreated") { step, event in … }
///       .on("PaymentDeclined", matching: "orderId") { $0.data.value["orderId"] } do: { … }
///       .onTimer("retry") { step in … }
public struct Saga: Sendable {
  /// What a saga does with an event.
  public typealias EventStep = @Sendable (SagaStep, Event) throws -> Void
  /// What a saga does when a timer fires.
  public typealias TimerStep = @Sendable (SagaStep) throws -> Void
  /// A value taken from an event; `nil` and `null` match nothing.
  public typealias Value = @Sendable (Event) -> JSON?
  /// What a saga does when one of its steps failed.
  public typealias ErrorStep = @Sendable (SagaFailure, Transaction) throws -> Void

  struct Start: Sendable {
    let condition: @Sendable (Event) -> Bool
    let unless: Match?
    let step: EventStep
  }

  struct Match: Sendable {
    let property: String
    let value: Value
  }

  struct On: Sendable {
    let match: Match
    let step: EventStep
  }

  /// Its name.
  public let name: String
  /// The streams it listens to.
  public let streams: [StreamName]
  private(set) var starts: [EventType: Start] = [:]
  private(set) var handlers: [EventType: On] = [:]
  private(set) var timers: [String: TimerStep] = [:]
  private(set) var errorStep: ErrorStep?
  private(set) var problems: [DomainError] = []

  /// A saga that does nothing yet.
  public init(_ name: String, streams: [StreamName]) {
    self.name = name
    self.streams = streams
  }

  /// The group under which its position is kept.
  public var group: GroupName { GroupName("saga-\(name)") }

  /// Starts an instance when an event happens.
  ///
  /// - Parameters:
  ///   - condition: Whether this event starts one; always when absent.
  ///   - property: With `value`: no second instance is started while a live one has this value
  ///     in this property.
  public func startOn(
    _ type: EventType, when condition: @escaping @Sendable (Event) -> Bool = { _ in true },
    unlessLive property: String? = nil, value: Value? = nil, do step: @escaping EventStep
  ) -> Saga {
    var saga = self
    if starts[type] != nil {
      saga.problems.append(.doubleHandler(saga: name, method: "startOn", type))
    }
    var unless: Match?
    if let property, let value { unless = Match(property: property, value: value) }
    saga.starts[type] = Start(condition: condition, unless: unless, step: step)
    return saga
  }

  /// Takes a step of the instances whose property has a value that comes from the event.
  public func on(
    _ type: EventType, matching property: String, value: @escaping Value,
    do step: @escaping EventStep
  ) -> Saga {
    var saga = self
    if handlers[type] != nil {
      saga.problems.append(.doubleHandler(saga: name, method: "on", type))
    }
    saga.handlers[type] = On(match: Match(property: property, value: value), step: step)
    return saga
  }

  /// Takes a step when a timer of an instance fires.
  public func onTimer(_ timer: String, do step: @escaping TimerStep) -> Saga {
    var saga = self
    if timers[timer] != nil {
      saga.problems.append(.doubleTimer(saga: name, timer: timer))
    }
    saga.timers[timer] = step
    return saga
  }

  /// Does something when a step failed; the step is parked all the same.
  public func onError(do step: @escaping ErrorStep) -> Saga {
    var saga = self
    saga.errorStep = step
    return saga
  }

  /// The properties by which events find instances, each once, in alphabetical order.
  public var matchProperties: [String] {
    let all = handlers.values.map(\.match.property) + starts.values.compactMap(\.unless?.property)
    return Array(Set(all)).sorted()
  }

  /// The types of event that start an instance, in alphabetical order.
  public var startTypes: [EventType] { starts.keys.sorted() }

  /// The types of event that an instance waits for, in alphabetical order.
  public var handledTypes: [EventType] { handlers.keys.sorted() }

  /// The names of the timers it can handle, in alphabetical order.
  public var timerNames: [String] { timers.keys.sorted() }
}

/// A step of a saga that failed.
public struct SagaFailure: Sendable {
  /// The saga's name.
  public let saga: String
  /// The instance, unless it was about to be started.
  public let instanceID: String?
  /// The event that was being handled; `nil` when a timer fired.
  public let event: Event?
  /// The timer that fired; `nil` when an event was being handled.
  public let timer: String?
  /// Why it failed, in a sentence.
  public let reason: String
}
