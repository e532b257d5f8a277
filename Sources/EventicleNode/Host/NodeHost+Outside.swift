internal import EventicleCore

// Calls from outside any handler: they become inputs, or looks at the world.
extension NodeHost {
  /// The operations that change nothing.
  private static let looks: Set<String> = [
    "get", "find", "page", "count", "history", "aggHistory", "aggBulk", "sagas", "sagaEvents",
    "jobHas",
  ]

  /// What is to be done for a call from outside any handler.
  func serveOutside(_ call: NodeCall, of child: NodeChild) -> [HostRequest] {
    let answer: @Sendable (Result<NodeAnswer, any Error>) -> Void = {
      [weak self, weak child] result in
      guard let self, let child else { return }
      self.lock.with { child.answer(call, result) }
    }
    do {
      switch call.operation {
      case let name where NodeHost.looks.contains(name):
        return [look(call, answer)]
      case "emit": return try emit(call, answer)
      case "dispatch": return [dispatch(call, of: child, answer)]
      case "transaction": return [transaction(call, answer)]
      case "clear":
        throw NodeCallError("clear() would lose what was recorded; begin another session instead.")
      default: return [write(call, answer)]
      }
    } catch {
      answer(.failure(error))
      return []
    }
  }

  private func look(
    _ call: NodeCall, _ answer: @escaping @Sendable (Result<NodeAnswer, any Error>) -> Void
  ) -> HostRequest {
    .look { [weak self] world in
      guard let self else { return }
      answer(Result { try self.read(call, WorldReading(world)) })
    }
  }

  private func emit(
    _ call: NodeCall, _ answer: @escaping @Sendable (Result<NodeAnswer, any Error>) -> Void
  ) throws -> [HostRequest] {
    let events = try NodeEvents.new(call.arguments["events"])
    let stream = StreamName(call.arguments["stream"].string ?? "")
    let made = Handed<[Position]>()
    return [
      .input(Input(.emit(events, to: stream))) { step in
        guard step.problem == nil else { return answer(.failure(NodeHost.error(of: step))) }
        made.put(
          step.entries.compactMap { entry in
            if case .append(let position, _) = entry.kind { position } else { nil }
          }
          .prefix(events.count).map { $0 })
      },
      .look { world in
        guard let positions = made.take() else { return }
        var found = positions.compactMap { world.log.event(at: $0) }
        if found.count < events.count {
          // Some were there already.
          found = events.compactMap { event in
            event.id.flatMap { world.log.position(of: $0) }.flatMap { world.log.event(at: $0) }
          }
        }
        answer(.success(.events(found)))
      },
    ]
  }

  private func dispatch(
    _ call: NodeCall, of child: NodeChild,
    _ answer: @escaping @Sendable (Result<NodeAnswer, any Error>) -> Void
  ) -> HostRequest {
    .input(Input(.dispatch(NodeCalls.intent(call.arguments)))) { [weak self] step in
      if step.problem != nil, step.reportedError == nil {
        return answer(.failure(NodeHost.error(of: step)))
      }
      let by = self?.lock.with { self?.current?.lastCommand } ?? nil
      answer(
        .success(
          NodeCalls.answer(
            response: step.response, step.events, reported: step.reportedError, by: by)))
    }
  }

  private func transaction(
    _ call: NodeCall, _ answer: @escaping @Sendable (Result<NodeAnswer, any Error>) -> Void
  ) -> HostRequest {
    let name = call.arguments["name"].string ?? DirectCommand.standardName
    let command = DirectCommand(name, stream: "transactions") { [weak self] transaction in
      try self?.body(call, HandlerID(.command, name), in: transaction, isOutside: true)
      return CommandResult()
    }
    return .input(.direct(command)) { step in
      answer(step.problem == nil ? .success(.none) : .failure(NodeHost.error(of: step)))
    }
  }

  /// Lets the child run the callback of a transaction.
  func body(
    _ call: NodeCall, _ handler: HandlerID, in transaction: Transaction, isOutside: Bool
  ) throws {
    _ = try self.call(
      "body", nil, handler, in: transaction, deadline: options.handlerDeadline
    ) { message in
      message.member("n", call.arguments["n"])
      if isOutside {
        NodeContext(handler, transaction).write(to: &message)
      } else {
        message.member("h", .string("\(handler)"))
      }
    }
  }

  /// A write that is a step of its own.
  private func write(
    _ call: NodeCall, _ answer: @escaping @Sendable (Result<NodeAnswer, any Error>) -> Void
  ) -> HostRequest {
    let made = Handed<NodeAnswer>()
    let subject = call.arguments["type"].string ?? call.arguments["component"].string
    let name = [call.operation, subject].compactMap { $0 }.joined(separator: " ")
    let command = DirectCommand(name, stream: "transactions") { [weak self] transaction in
      guard let self else { return CommandResult() }
      made.put(try self.serve(call, in: transaction))
      return CommandResult()
    }
    return .input(.direct(command)) { step in
      guard step.problem == nil else { return answer(.failure(NodeHost.error(of: step))) }
      answer(.success(made.take() ?? .none))
    }
  }

  private static func error(of step: Step) -> any Error {
    step.error ?? NodeCallError(step.problem ?? "It could not be done.")
  }
}
