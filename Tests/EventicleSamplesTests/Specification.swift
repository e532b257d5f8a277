import EventicleCore
import Testing

/// The parts of an event that a specification compares.
struct Raised: Equatable, CustomStringConvertible {
  let type: EventType
  let id: DomainID?
  let data: JSON

  init(_ type: EventType, _ id: DomainID?, _ data: JSON = .emptyObject) {
    self.type = type
    self.id = id
    self.data = data
  }

  init(_ event: Event) { self.init(event.type, event.domainID, event.data.value) }

  var description: String { "\(type)(\(id?.text ?? "-"), \(data))" }
}

/// A run did not get as far as the specification assumes.
struct Unexpected: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Given a past, when a command is given or time passes, then exactly this happens.
struct Specification {
  private(set) var engine: Engine
  private var before = 0
  private var last: Step?
  private var steps: [Step] = []

  /// A domain without any past.
  init(_ domain: Domain, seed: UInt64 = 1) throws {
    engine = try Engine(domain, seed: seed)
  }

  /// Only the aggregates and commands of a domain, without views, sagas and adapters.
  static func decisions(of domain: Domain) throws -> Specification {
    try Specification(
      Domain(domain.name, aggregates: domain.aggregates, commands: domain.commands))
  }

  var world: World { engine.world }
  var response: JSON? { last?.response }
  var entries: [JournalEntry] { steps.flatMap(\.entries) }
  var newEvents: [Raised] {
    guard before < world.log.count else { return [] }
    return ((before + 1)...world.log.count).compactMap { world.log.event(at: Position($0)) }
      .map { Raised($0) }
  }

  // MARK: - Given

  /// Past events, which only views handle.
  func given(_ events: Event...) throws -> Specification { try given(events) }

  /// Past events, which only views handle.
  func given(_ events: [Event]) throws -> Specification {
    var next = self
    for event in events {
      let step = next.engine.perform(.take(event, reaction: .viewsOnly))
      if let problem = step.problem { throw Unexpected("given \(event.type): \(problem)") }
    }
    next.before = next.world.log.count
    return next
  }

  /// A command that was carried out, with its consequences.
  func given(_ type: String, _ data: JSON) throws -> Specification {
    var next = when(type, data)
    if let problem = next.last?.problem { throw Unexpected("given \(type): \(problem)") }
    next.before = next.world.log.count
    return next
  }

  /// Time that has passed.
  func given(passed interval: Interval) -> Specification {
    var next = when(passes: interval)
    next.before = next.world.log.count
    return next
  }

  // MARK: - When

  /// Gives a command and settles its consequences.
  func when(_ type: String, _ data: JSON) -> Specification {
    acting { $0.perform(.dispatch(CommandIntent(type, data))) }
  }

  /// Emits events and settles their consequences.
  func when(emitted events: [NewEvent], to stream: StreamName) -> Specification {
    acting { $0.perform(.emit(events, to: stream)) }
  }

  /// Moves the clock to when the only armed timer of a name is due, and fires it.
  func when(timer name: String) throws -> Specification {
    let found = (0..<world.timers.count).compactMap { world.timers.timer(at: $0)?.key }
      .filter { $0.name == name }
    guard let key = found.first, found.count == 1 else {
      throw Unexpected("\(found.count) timers \(name) are armed, not one")
    }
    return acting { $0.perform(.fire(key)) }
  }

  /// Lets time pass; timers that fall due fire.
  func when(passes interval: Interval) -> Specification {
    let end = world.clock + interval
    var next = self
    next.before = world.log.count
    while let timer = next.world.timers.next, timer.due <= end {
      next.act { $0.perform(.fire(timer.key)) }
    }
    next.act { $0.perform(.moveClock(end)) }
    return next
  }

  private func acting(_ body: (inout Engine) -> Step) -> Specification {
    var next = self
    next.before = world.log.count
    next.act(body)
    return next
  }

  private mutating func act(_ body: (inout Engine) -> Step) {
    let step = body(&engine)
    last = step
    steps.append(step)
    engine.settle { steps.append($0) }
  }

  // MARK: - Then

  /// Expects that exactly these events were appended, in this order.
  @discardableResult
  func then(_ expected: Raised..., sourceLocation: SourceLocation = #_sourceLocation)
    -> Specification
  {
    #expect(last?.problem == nil, sourceLocation: sourceLocation)
    #expect(newEvents == expected, sourceLocation: sourceLocation)
    return self
  }

  /// Expects that the command was refused with this sentence and nothing was appended.
  @discardableResult
  func thenRefused(_ sentence: String, sourceLocation: SourceLocation = #_sourceLocation)
    -> Specification
  {
    #expect(last?.problem == sentence, sourceLocation: sourceLocation)
    #expect(newEvents.isEmpty, sourceLocation: sourceLocation)
    return self
  }

  /// Expects this answer of the command.
  @discardableResult
  func thenAnswer(_ answer: JSON?, sourceLocation: SourceLocation = #_sourceLocation)
    -> Specification
  {
    #expect(response == answer, sourceLocation: sourceLocation)
    return self
  }

  /// Expects exactly this state of an aggregate.
  @discardableResult
  func thenState(
    _ type: String, _ id: DomainID, _ state: JSON,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> Specification {
    let actual = engine.domain.aggregate(type)?.state(of: id, in: world)?.state
    #expect(actual == state, sourceLocation: sourceLocation)
    return self
  }

  /// Expects exactly this content of a record, or no record for `nil`.
  @discardableResult
  func thenRecord(
    _ type: String, _ id: String, _ content: JSON?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> Specification {
    #expect(world.record(RecordKey(type, id))?.content == content, sourceLocation: sourceLocation)
    return self
  }

  /// Expects exactly this data of an instance, these armed timers, and whether it has ended.
  @discardableResult
  func thenSaga(
    _ saga: String, at offset: Int = 0, _ data: JSON, timers: [String] = [], ended: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> Specification {
    let instance = world.sagas.instance(of: saga, at: offset)
    #expect(instance?.data == data, sourceLocation: sourceLocation)
    #expect(instance?.timers == timers, sourceLocation: sourceLocation)
    #expect(instance?.hasEnded == ended, sourceLocation: sourceLocation)
    return self
  }

  /// Expects that exactly these failures were parked.
  @discardableResult
  func thenParked(_ reasons: String..., sourceLocation: SourceLocation = #_sourceLocation)
    -> Specification
  {
    #expect(world.parked.map(\.reason) == reasons, sourceLocation: sourceLocation)
    return self
  }
}
