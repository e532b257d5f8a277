/// One aggregate: its type and its id.
public struct AggregateKey: Sendable, Hashable, CustomStringConvertible {
  /// The type.
  public let type: String
  /// Which one it is.
  public let id: DomainID

  /// One of these parts.
  public init(_ type: String, _ id: DomainID) {
    self.type = type
    self.id = id
  }

  /// `Order/order-77`.
  public var description: String { "\(type)/\(id)" }
}

/// One saga instance: the saga's name and the instance's id.
public struct SagaKey: Sendable, Hashable, CustomStringConvertible {
  /// The saga's name.
  public let saga: String
  /// Which instance, by the id that the engine gave it.
  public let instanceID: String

  /// One of these parts.
  public init(_ saga: String, _ instanceID: String) {
    self.saga = saga
    self.instanceID = instanceID
  }

  /// `PaymentSaga/saga-1`.
  public var description: String { "\(saga)/\(instanceID)" }
}

/// One timer: the saga instance that armed it and its name.
public struct TimerKey: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The saga instance that armed it.
  public let owner: SagaKey
  /// The name.
  public let name: String

  /// One of these parts.
  public init(_ owner: SagaKey, _ name: String) {
    self.owner = owner
    self.name = name
  }

  /// `PaymentSaga/saga-1/timeout`.
  public var description: String { "\(owner)/\(name)" }

  /// Whether the left one comes first.
  public static func < (left: TimerKey, right: TimerKey) -> Bool {
    left.description < right.description
  }
}

/// When a timer fires.
public enum TimerSchedule: Sendable, Hashable, CustomStringConvertible {
  /// Once, so long after it was armed.
  case once(Interval)
  /// At every moment that a cron expression names, in UTC.
  case cron(CronExpression)

  /// `5m`, or `cron 0 4 * * *`.
  public var description: String {
    switch self {
    case .once(let interval): interval.description
    case .cron(let expression): "cron \(expression)"
    }
  }
}
