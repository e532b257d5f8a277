/// An engine for programs that want streams and nothing else to begin with.
///
///     let app = try Eventicle(source: "my-cool-service")
///     try app.eventClient.hotStream("app.users", group: "greeter") { event in print(event.type) }
///     try app.eventClient.emit([NewEvent("user.created", data: ["name": "Ada"])], to: "app.users")
///
/// Everything happens on the caller's thread, before the call returns.
public final class Eventicle {
  private var engine: Engine
  /// The world that handlers may read while the engine is at work; `nil` when it rests.
  private var readable: World?
  private var waiting: [EngineInput] = []

  /// A source of events with nothing in it.
  ///
  /// - Parameters:
  ///   - source: The service name that events carry.
  ///   - clock: The moment that counts as now.
  ///   - seed: Where ids come from.
  public convenience init(
    source: String, startingAt clock: Instant = .standardStart, seed: UInt64 = 1
  ) throws {
    try self.init(Domain(source), startingAt: clock, seed: seed)
  }

  /// An engine of a domain.
  public init(
    _ domain: Domain, startingAt clock: Instant = .standardStart, seed: UInt64 = 1
  ) throws {
    engine = try Engine(domain, startingAt: clock, seed: seed)
  }

  /// Everything that is true now; inside a handler, what was true before the delivery.
  public var world: World { readable ?? engine.world }

  /// Reads and writes streams.
  public var eventClient: EventClient { EventClient(app: self) }

  /// Carries out a command and everything that follows from it.
  ///
  /// - Returns: The command's response.
  /// - Throws: ``OperationError`` with the sentence of a refusal or failure.
  @discardableResult
  public func dispatch(_ type: String, _ data: JSON = .emptyObject) throws -> JSON? {
    try perform(.dispatch(CommandIntent(type, data)))
  }

  /// Moves the clock, firing the timers that fall due, in due order; one that fails is parked.
  public func advance(by interval: Interval) throws {
    guard readable == nil else {
      throw OperationError("Move the clock outside of handlers; one of them asked for \(interval).")
    }
    let end = world.clock + interval
    var fired = 0
    while let timer = world.timers.next, timer.due <= end {
      guard fired < Limits.clockFires else {
        throw OperationError(
          "\(fired) timers fired within \(interval); one of them arms itself again at once.")
      }
      fired += 1
      _ = run { $0.perform(.fire(timer.key)) }
      settle()
    }
    try perform(.moveClock(end))
  }

  /// Does one thing and everything that follows from it.
  ///
  /// Called by a handler, it waits for the delivery at hand and is done right after it.
  @discardableResult
  fileprivate func perform(_ input: EngineInput) throws -> JSON? {
    guard readable == nil else {
      waiting.append(input)
      return nil
    }
    let step = run { $0.perform(input) }
    settle()
    if let problem = step.problem { throw OperationError(problem) }
    return step.response
  }

  fileprivate func subscribe(
    _ streams: [StreamName], group: GroupName, fromStart: Bool, _ handler: @escaping EventHandler
  ) throws {
    guard readable == nil else {
      throw OperationError("Subscribe outside of handlers; \(group) was asked for inside one.")
    }
    guard !engine.isGroupTaken(group) else { throw EngineError.groupTaken(group) }
    try engine.subscribe(
      Subscription(group: group, streams: streams, handler: handler), fromStart: fromStart)
    settle()
  }

  fileprivate func unsubscribe(_ group: GroupName) throws {
    guard readable == nil else {
      throw OperationError("Close subscriptions outside of handlers; \(group) was closed in one.")
    }
    try engine.unsubscribe(group)
  }

  /// Does what handlers asked for, each time before the next delivery.
  private func settle() {
    while true {
      if !waiting.isEmpty {
        let input = waiting.removeFirst()
        _ = run { $0.perform(input) }
      } else if !engine.world.queue.isEmpty {
        _ = run { $0.perform(.deliver) }
      } else {
        return
      }
    }
  }

  /// Runs the engine while handlers read the world as it was before.
  private func run(_ body: (inout Engine) -> EngineStep) -> EngineStep {
    readable = engine.world
    defer { readable = nil }
    return body(&engine)
  }
}

/// Why an operation of ``Eventicle`` did not do what was asked, in a sentence.
public struct OperationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The same in words.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Reads and writes streams: cold (history, then end), hot (live only), cold-hot (both).
public struct EventClient {
  let app: Eventicle

  /// Appends events to a stream and delivers them.
  public func emit(_ events: [NewEvent], to stream: StreamName) throws {
    try app.perform(.emit(events, to: stream))
  }

  /// Goes through the history of a stream once, oldest first, then calls `onDone`.
  ///
  /// - Throws: What the handler throws; `onDone` is not called then.
  public func coldStream(
    _ stream: StreamName, _ handler: (Event) throws -> Void, onDone: () -> Void = {}
  ) throws {
    let log = app.world.log
    for place in 0..<log.count(of: stream) {
      guard let position = log.position(of: stream, at: StreamPosition(place + 1)),
        let event = log.event(at: position)
      else { continue }
      try handler(event)
    }
    onDone()
  }

  /// Hands over the events of streams from now on.
  ///
  /// A group that was closed goes on where it stopped.
  ///
  /// - Throws: ``EngineError/groupTaken(_:)`` when the group has a subscription.
  public func hotStream(
    _ streams: StreamName..., group: GroupName,
    _ handler: @escaping @Sendable (Event) throws -> Void
  ) throws {
    try app.subscribe(streams, group: group, fromStart: false) { event, _ in try handler(event) }
  }

  /// Hands over the history of streams and then what comes; a known group goes on where it
  /// stopped.
  ///
  /// - Throws: ``EngineError/groupTaken(_:)`` when the group has a subscription.
  public func coldHotStream(
    _ streams: StreamName..., group: GroupName,
    _ handler: @escaping @Sendable (Event) throws -> Void
  ) throws {
    try app.subscribe(streams, group: group, fromStart: true) { event, _ in try handler(event) }
  }

  /// Closes a subscription; its position is kept.
  public func close(_ group: GroupName) throws { try app.unsubscribe(group) }
}
