/// Calls the handlers of a domain in place of the engine, for tools that time, trace or replace
/// them.
///
///     struct Timing: HandlerExecutor {
///       func call(
///         _ handler: HandlerID, in transaction: Transaction, _ body: () throws -> Void
///       ) throws {
///         let start = clock.now
///         defer { histogram.record(clock.now - start, of: handler) }
///         try body()
///       }
///     }
///
/// Without one, which is the default, the engine calls the closures in place and pays nothing.
/// Conditions, checks and reducers are called in place in any case.
///
/// Recorded inputs give the same steps again only if the executor does the same again.
public protocol HandlerExecutor: Sendable {
  /// Calls a handler.
  ///
  /// - Parameters:
  ///   - transaction: The transaction that the handler reads and writes.
  ///   - body: Runs the handler that the domain declares. An executor that does the work itself
  ///     leaves it out; a command has no response and no events then.
  /// - Throws: The handler's error, or one of its own, which counts as the handler's.
  func call(
    _ handler: HandlerID, in transaction: Transaction, _ body: () throws -> Void
  ) throws
}

extension Command {
  /// The command with its handler called by an executor.
  func called(by executor: any HandlerExecutor) -> Command {
    let (id, handler) = (HandlerID(.command, type), handler)
    return Command(
      type, stream: stream, fields, summary: summary, options: options, lock: lock,
      validates: validates
    ) { data, transaction in
      var result = CommandResult()
      try executor.call(id, in: transaction) { result = try handler(data, transaction) }
      return result
    }
  }
}

extension Reactions {
  /// The reactions of a consumer with every handler called by an executor.
  func called(by executor: any HandlerExecutor, of consumer: ConsumerName) -> Reactions {
    func id(_ member: HandlerID.Member) -> HandlerID {
      HandlerID(consumer.kind.handlers, consumer.name, member)
    }
    func calling<Value>(
      _ member: HandlerID.Member, _ handler: @escaping @Sendable (Value, Transaction) throws -> Void
    ) -> @Sendable (Value, Transaction) throws -> Void {
      let id = id(member)
      return { value, transaction in
        try executor.call(id, in: transaction) { try handler(value, transaction) }
      }
    }
    return Reactions(
      byType: Dictionary(
        uniqueKeysWithValues: byType.map { ($0.key, calling(.on($0.key), $0.value)) }),
      any: any.map { calling(.on(nil), $0) }, raw: raw.map { calling(.on(nil), $0) },
      onError: onError.map { calling(.failure, $0) }, worker: worker)
  }
}

extension Saga {
  /// The saga with every handler called by an executor.
  func called(by executor: any HandlerExecutor) -> Saga {
    let name = name
    func calling(_ member: HandlerID.Member, _ step: @escaping EventStep) -> EventStep {
      let id = HandlerID(.saga, name, member)
      return { saga, event in
        try executor.call(id, in: saga.transaction) { try step(saga, event) }
      }
    }
    return changing { parts in
      for type in parts.starts.names {
        guard let start = parts.starts[type] else { continue }
        parts.starts[type] = Start(
          condition: start.condition, unless: start.unless, lock: start.lock,
          step: calling(.start(type), start.step))
      }
      for type in parts.handlers.names {
        guard let on = parts.handlers[type] else { continue }
        parts.handlers[type] = On(
          match: on.match, lock: on.lock, step: calling(.on(type), on.step))
      }
      for type in parts.stateless.names {
        guard let handler = parts.stateless[type] else { continue }
        let id = HandlerID(.saga, name, .on(type))
        parts.stateless[type] = { event, transaction in
          try executor.call(id, in: transaction) { try handler(event, transaction) }
        }
      }
      for (timer, step) in parts.timers {
        let id = HandlerID(.saga, name, .timer(timer))
        parts.timers[timer] = { saga in
          try executor.call(id, in: saga.transaction) { try step(saga) }
        }
      }
      if let step = parts.anyTimer {
        let id = HandlerID(.saga, name, .timer(nil))
        parts.anyTimer = { saga, timer in
          try executor.call(id, in: saga.transaction) { try step(saga, timer) }
        }
      }
      if let step = parts.errorStep {
        let id = HandlerID(.saga, name, .failure)
        parts.errorStep = { failure, transaction in
          try executor.call(id, in: transaction) { try step(failure, transaction) }
        }
      }
      if let router = parts.router {
        let id = HandlerID(.saga, name, .route)
        parts.router = { event, transaction in
          var route = SagaRoute()
          try executor.call(id, in: transaction) { route = try router(event, transaction) }
          return route
        }
      }
    }
  }
}
