package import EventicleCore

/// A saga, or one instance of it: `PaymentSaga/order-1`.
package struct SagaReference: Hashable, Sendable, CustomStringConvertible {
  /// The name of the saga.
  package let name: String
  /// The key of the instance; `nil` for all instances.
  package let key: String?

  /// A reference to a saga, or to one instance of it.
  package init(name: String, key: String? = nil) {
    self.name = name
    self.key = key
  }

  /// The reference as it is written and read.
  package var description: String {
    key.map { "\(Quoting.word(name))/\(Quoting.word($0))" } ?? Quoting.word(name)
  }
}

/// One aggregate: `Order/order-77`.
package struct AggregateReference: Hashable, Sendable, CustomStringConvertible {
  /// The type of the aggregate.
  package let type: String
  /// The aggregate's id.
  package let id: DomainID

  /// A reference to an aggregate by type and id.
  package init(type: String, id: DomainID) {
    self.type = type
    self.id = id
  }

  /// The reference as it is written and read.
  package var description: String { "\(Quoting.word(type))/\(Quoting.word(id.text))" }
}

/// A timer: by name alone, or exactly as `PaymentSaga/order-1/timeout`.
package struct TimerReference: Hashable, Sendable, CustomStringConvertible {
  /// The saga and instance that armed it; `nil` for any timer of that name.
  package let saga: SagaReference?
  /// The name of the timer.
  package let name: String

  /// A reference to a timer of one instance, or of any.
  package init(saga: SagaReference? = nil, name: String) {
    self.saga = saga
    self.name = name
  }

  /// The reference as it is written and read.
  package var description: String {
    saga.map { "\($0)/\(Quoting.word(name))" } ?? Quoting.word(name)
  }
}

/// The cause of an event: a position in the log, or an event's id.
package enum CauseReference: Hashable, Sendable, CustomStringConvertible {
  case position(Position)
  case id(EventID)

  /// Reads `#12` as a position and anything else as an id.
  init(_ text: SourceText) {
    if text.mark(at: 0) == Byte.hash,
      let number = PositionExpression.count(text.string.dropFirst())
    {
      self = .position(Position(number))
    } else {
      self = .id(EventID(text.string))
    }
  }

  /// The reference as it is written and read.
  package var description: String {
    switch self {
    case .position(let position): position.description
    case .id(let id): Quoting.word(id.text)
    }
  }
}

/// The size of one step.
package enum StepUnit: Hashable, Sendable, CustomStringConvertible {
  /// An event and its direct deliveries.
  case event
  /// One delivery, timer or command.
  case delivery
  /// One journal entry.
  case entry
  /// All that followed from the first cause.
  case cascade
  /// The next timer.
  case timer
  /// The next step of a saga, or of one instance.
  case saga(SagaReference)
  /// The next event of an aggregate.
  case aggregate(AggregateReference)

  /// The unit as it is written and read.
  package var description: String {
    switch self {
    case .event: "event"
    case .delivery: "delivery"
    case .entry: "entry"
    case .cascade: "cascade"
    case .timer: "timer"
    case .saga(let saga): "saga \(saga)"
    case .aggregate(let aggregate): "agg \(aggregate)"
    }
  }
}

extension SourceText {
  /// The parts between unquoted slashes.
  var segments: [SourceText] {
    var parts: [SourceText] = []
    var start = 0
    while let slash = firstMark(Byte.slash, from: start) {
      parts.append(slice(start..<slash))
      start = slash + 1
    }
    parts.append(suffix(from: start))
    return parts
  }

  /// The parts before and after the first unquoted slash.
  var nameAndKey: (name: SourceText, key: SourceText?) {
    guard let slash = firstMark(Byte.slash) else { return (self, nil) }
    return (slice(0..<slash), suffix(from: slash + 1))
  }
}
