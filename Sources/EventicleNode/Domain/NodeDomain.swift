internal import EventicleCore

/// Makes a domain of what the code declares: every handler asks the child that runs handlers.
struct NodeDomain {
  let host: NodeHost
  private let declarations: NodeDeclarations

  init(host: NodeHost, _ declarations: NodeDeclarations) {
    self.host = host
    self.declarations = declarations
  }

  /// The domain.
  var domain: Domain {
    let source = declarations.all(.source).last?.text("name") ?? ""
    var domain = Domain(
      host.name, source: source.isEmpty ? nil : source,
      summary: "in JavaScript: \(host.files.entry)",
      aggregates: declarations.all(.aggregate).map(aggregate),
      commands: declarations.all(.command).map(command) + declarations.all(.jobs).map(jobs),
      views: (declarations.all(.view) + declarations.all(.subscription).filter(isCold)).map(view),
      sagas: declarations.all(.saga).map(saga),
      adapters: (declarations.all(.adapter)
        + declarations.all(.subscription).filter { !isCold($0) }).map(adapter))
    domain.program = host
    return domain
  }

  private func isCold(_ declaration: NodeDeclaration) -> Bool {
    declaration.text("mode") == "cold-hot"
  }

  // MARK: - Commands

  private func command(_ declaration: NodeDeclaration) -> Command {
    let (host, key, type) = (host, declaration.key, declaration.text("type"))
    let handler = HandlerID(.command, type)
    let isTenants = declaration.isSet("tenant")
    return Command(
      type, stream: StreamName(declaration.text("stream")),
      declaration.texts("fields").map { .optional($0, .any) }
    ) { data, transaction in
      let answer = try host.call(
        "command", key, handler, in: transaction, deadline: host.options.handlerDeadline
      ) { message in
        NodeContext(handler, transaction).write(to: &message)
        message.member("type", .string(type))
        message.member("data", data)
        if isTenants || transaction.workspace.isTenant {
          message.member("intent", ["workspaceId": .string(transaction.workspace.text)])
        }
      }
      return try NodeDomain.result(answer)
    }
  }

  private static func result(_ answer: JSON) throws -> CommandResult {
    let error = answer["webError"]
    let reported = error.isNull ? nil : ReportedError(error["message"].string ?? error.description)
    // JSON's own null would be an answer, too.
    let response: JSON? = answer["response"].isNull ? Optional<JSON>.none : answer["response"]
    return CommandResult(
      response: response, events: try NodeEvents.new(answer["events"]),
      reportedError: reported)
  }

  private func jobs(_ declaration: NodeDeclaration) -> Command {
    let (host, key) = (host, declaration.key)
    let type = NodeCalls.jobCommand(declaration.text("component"))
    let handler = HandlerID(.command, type)
    return Command(
      type, stream: "jobs", [.required("name"), .optional("id"), .optional("data", .any)],
      summary: "a job of \(declaration.text("component")) that is due"
    ) { data, transaction in
      _ = try host.call(
        "job", key, handler, in: transaction, deadline: host.options.adapterDeadline
      ) { message in
        NodeContext(handler, transaction).write(to: &message)
        for name in ["name", "id", "data"] as [StaticString] {
          message.member(name, data["\(name)"])
        }
      }
      return .done
    }
  }

  // MARK: - Views and adapters

  private func view(_ declaration: NodeDeclaration) -> EventView {
    let (host, key) = (host, declaration.key)
    let handler = HandlerID(.view, declaration.text("name"), .on(nil))
    return EventView(
      declaration.text("name"), streams: streams(declaration), group: group(declaration),
      options: ConsumerOptions(parallel: declaration.parallel),
      onAny: { event, transaction in
        _ = try host.call(
          "deliver", key, handler, in: transaction, deadline: host.options.handlerDeadline
        ) { message in
          NodeContext(handler, transaction).write(to: &message)
          message.member("event", event)
        }
      })
  }

  private func adapter(_ declaration: NodeDeclaration) -> EventAdapter {
    let (host, key) = (host, declaration.key)
    let name = declaration.text("name")
    let handler = HandlerID(.adapter, name, .on(nil))
    let handle: EventHandler = { event, transaction in
      // What is only tried may not reach the outside.
      guard !host.isRehearsing else { return }
      _ = try host.call(
        "deliver", key, handler, in: transaction, deadline: host.options.adapterDeadline
      ) { message in
        NodeContext(handler, transaction, isReal: true).write(to: &message)
        message.member("event", event)
      }
    }
    guard declaration.isSet("onError") else {
      return EventAdapter(
        name, streams: streams(declaration), group: group(declaration),
        options: ConsumerOptions(parallel: declaration.parallel), onAny: handle)
    }
    let failing = HandlerID(.adapter, name, .failure)
    return EventAdapter(
      name, streams: streams(declaration), group: group(declaration),
      options: ConsumerOptions(policy: .skip, parallel: declaration.parallel), onAny: handle
    ) { failure, transaction in
      guard !host.isRehearsing else { return }
      try host.tellFailure(
        key, failing, failure.reason, in: transaction, deadline: host.options.adapterDeadline,
        isReal: true
      ) { $0.member("event", failure.event) }
    }
  }

  private func streams(_ declaration: NodeDeclaration) -> [StreamName] {
    declaration.texts("streams").map { StreamName($0) }
  }

  private func group(_ declaration: NodeDeclaration) -> GroupName? {
    let name = declaration.text("group")
    return name.isEmpty ? nil : GroupName(name)
  }

  // MARK: - Aggregates

  private func aggregate(_ declaration: NodeDeclaration) -> AggregateRoot {
    host.root(declaration.text("type"))
  }
}

extension NodeHost {
  /// Tells the code's own handler of failures that a handler has failed.
  ///
  /// - Parameter reason: What was thrown, in words; the error itself when it is still known.
  func tellFailure(
    _ key: String, _ handler: HandlerID, _ reason: String, in transaction: Transaction,
    deadline: Interval?, isReal: Bool = false, _ members: (inout MessageWriter) -> Void
  ) throws {
    var error: JSON = ["name": "Error", "message": .string(reason)]
    if let known = lock.with({ thrown[key] }), known.description == reason {
      error["name"] = .string(known.name)
      if let number = known.number { error["n"] = .int(number) }
    }
    _ = try call("failed", key, handler, in: transaction, deadline: deadline) { message in
      NodeContext(handler, transaction, isReal: isReal).write(to: &message)
      message.member("error", error)
      members(&message)
    }
  }
}
