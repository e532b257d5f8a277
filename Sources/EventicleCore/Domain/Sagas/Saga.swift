/// A long-running reaction to events and timers, with one instance for each thing it follows.
///
/// Declared by chaining, in the words of Eventicle:
///
///     Saga("PaymentSaga", streams: ["orders", "payments"])
///       .startOn("OrderCreated", unlessLive: "order") { step, event in … }
///       .on("OrderPaid", matching: "order") { step, event in … }
///       .on("PaymentDeclined", matching: "order") { $0.data["orderId"] } do: { step, event in … }
///       .onTimer("retry") { step in … }
///
/// Where every event says which instance it is for, ``keyed(by:value:)`` says it once for all.
public struct Saga: Sendable {
  /// What a saga does with an event.
  public typealias EventStep = @Sendable (SagaStep, Event) throws -> Void
  /// What a saga does when a timer fires.
  public typealias TimerStep = @Sendable (SagaStep) throws -> Void
  /// A value taken from an event; `nil` and `null` match nothing.
  public typealias Value = @Sendable (Event) -> JSON?
  /// What a saga does when one of its steps failed.
  public typealias ErrorStep = @Sendable (SagaFailure, Transaction) throws -> Void
  /// The name of what a step holds locked until it is kept; `nil` for nothing.
  public typealias LockName = @Sendable (SagaStep, Event) -> String?
  /// Whether an event is hot.
  public typealias HotPredicate = @Sendable (Event) throws -> Bool
  /// Changes an instance's data from an older version of the saga to the one declared.
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

  /// What is declared.
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
    var errorStep: ErrorStep?
    var key: Match?
    var isHot: HotPredicate?
    var migration: Migration?
    var declared: [DomainError] = []
    fileprivate(set) var matchProperties: [String] = []
  }

  // A reference, because engines hand sagas about all the time.
  private final class Box: Sendable {
    let parts: Parts

    init(_ parts: Parts) { self.parts = parts }
  }

  private let box: Box

  /// A saga that does nothing yet.
  public init(_ name: String, streams: [StreamName]) {
    box = Box(Parts(name: name, streams: streams))
  }

  private init(_ parts: Parts) { box = Box(parts) }

  /// A saga that declares something more.
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

  /// Its name.
  public var name: String { box.parts.name }

  /// The streams it listens to.
  public var streams: [StreamName] { box.parts.streams }

  /// The version of its instances' data.
  public var version: Int { box.parts.version }

  /// How it takes its events.
  public var options: ConsumerOptions { box.parts.options }

  /// How many instances may be at work at once with hot events; `nil` when all go one way.
  public var hotParallel: Int? { box.parts.hotParallel }

  /// How long one step may take on the world's clock; any time when absent.
  public var stepLimit: Interval? { box.parts.stepLimit }

  var starts: NamedValues<EventType, Start> { box.parts.starts }
  var handlers: NamedValues<EventType, On> { box.parts.handlers }
  var stateless: NamedValues<EventType, EventHandler> { box.parts.stateless }
  var timers: [String: TimerStep] { box.parts.timers }
  var timerList: [String] { box.parts.timerList }
  var errorStep: ErrorStep? { box.parts.errorStep }
  var key: Match? { box.parts.key }
  var isHot: HotPredicate? { box.parts.isHot }
  var migration: Migration? { box.parts.migration }

  /// The group under which its position is kept.
  public var group: GroupName { GroupName("saga-\(name)") }

  /// The properties by which events find instances, each once, in alphabetical order.
  public var matchProperties: [String] { box.parts.matchProperties }

  /// The value by which an instance with such data is found, as text, for people.
  func correlation(of data: JSON) -> String? {
    guard let members = data.object else { return nil }
    for property in box.parts.matchProperties {
      if let value = members[property] { return value.string ?? value.description }
    }
    return nil
  }

  /// The types of event that start an instance, in alphabetical order.
  public var startTypes: [EventType] { starts.names.sorted() }

  /// The types of event that an instance waits for, in alphabetical order.
  public var handledTypes: [EventType] { handlers.names.sorted() }

  /// The types of event that it handles without any instance, in alphabetical order.
  public var statelessTypes: [EventType] { stateless.names.sorted() }

  /// The names of the timers it can handle, in alphabetical order.
  public var timerNames: [String] { timers.keys.sorted() }

  /// Whether it does something with events of a type.
  public func handles(_ type: EventType) -> Bool {
    starts.contains(type) || handlers.contains(type) || stateless.contains(type)
  }

  /// What is declared twice, or cannot work.
  var problems: [DomainError] {
    var found = box.parts.declared
    if key == nil {
      for type in handledTypes where handlers[type]?.match == nil {
        found.append(.handlerWithoutMatch(saga: name, type))
      }
    }
    for type in statelessTypes where starts.contains(type) || handlers.contains(type) {
      found.append(.doubleHandler(saga: name, method: "onEvery", type))
    }
    return found
  }

  /// By what an event finds the instances that handle it.
  func match(of handler: On) -> Match? { handler.match ?? key }

  /// By what an event finds the live instance because of which it starts no other one.
  func unless(of start: Start) -> Match? { start.unless ?? key }

  /// The lane of an event; `nil` when all go one way.
  ///
  /// What the predicate fails on is cold.
  func lane(of event: Event) -> SagaLane? {
    guard let isHot else { return nil }
    do { return try isHot(event) ? .hot : .cold } catch { return .cold }
  }
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
