extension Domain {
  /// The ids of all handlers, in the order of declaration: aggregates with a folder, commands,
  /// views, sagas, adapters.
  ///
  /// Checks, conditions and reducers are parts of a declaration and have no id of their own.
  public var handlers: [HandlerID] {
    aggregates.filter { $0.folder != nil }.map { HandlerID(.aggregate, $0.type) }
      + commands.map { HandlerID(.command, $0.type) }
      + views.flatMap { $0.reactions.handlers(ConsumerName(.view, $0.name)) }
      + sagas.flatMap(\.ownHandlers)
      + adapters.flatMap { $0.reactions.handlers(ConsumerName(.adapter, $0.name)) }
  }

  /// The handler that a consumer has for a type of event; `nil` stands for an unknown type.
  ///
  /// For a saga it is the one that a running instance would use, if there is one.
  ///
  /// - Complexity: O(declarations of the kind).
  package func handler(of consumer: ConsumerName, for type: EventType?) -> HandlerID {
    switch consumer.kind {
    case .view:
      if let view = view(consumer.name) { return view.reactions.handler(consumer, for: type) }
    case .adapter:
      if let adapter = adapters.first(where: { $0.name == consumer.name }) {
        return adapter.reactions.handler(consumer, for: type)
      }
    case .saga:
      if let saga = saga(consumer.name), let type { return saga.handler(for: type) }
    case .subscription: return HandlerID(.subscription, consumer.name, .on(nil))
    }
    return HandlerID(consumer.kind.handlers, consumer.name, .on(type))
  }

  /// The handler of a timer of a saga or of an aggregate's machine.
  ///
  /// The timer of a scheduled command names the command only in the world that stores it; see
  /// `Engine.handler(of:)`.
  package func handler(of timer: TimerKey) -> HandlerID {
    let owner = timer.owner.saga
    if let saga = saga(owner) {
      let isDeclared = saga.timers[timer.name] != nil || saga.anyTimer == nil
      return HandlerID(.saga, owner, .timer(isDeclared ? timer.name : nil))
    }
    if timer.isOfCommand { return HandlerID(.command, timer.owner.instanceID) }
    // A machine's timers belong to `aggregate:Type`, with the tenant in front.
    let root = aggregates.first { $0.machine != nil && owner.hasSuffix("aggregate:\($0.type)") }
    return HandlerID(root == nil ? .saga : .aggregate, root?.type ?? owner, .timer(timer.name))
  }

  /// The handler whose outcome a journal entry tells; `nil` for entries of other kinds.
  ///
  /// - Parameter log: The log with the delivered event.
  package func handler(of kind: JournalEntry.Kind, in log: EventLog) -> HandlerID? {
    switch kind {
    case .command(let type, _, _, _): HandlerID(.command, type)
    case .delivery(let position, let consumer, _, .started):
      log.type(at: position).map { HandlerID(consumer.kind.handlers, consumer.name, .start($0)) }
    case .delivery(let position, let consumer, _, _):
      handler(of: consumer, for: log.type(at: position))
    case .timerFired(let key, _, _): handler(of: key)
    default: nil
    }
  }

  /// The handler that a piece of work is for.
  package func handler(of work: Work, in log: EventLog) -> HandlerID {
    switch work {
    case .delivery(let delivery, _):
      handler(of: delivery.consumer, for: log.type(at: delivery.position))
    case .timer(let key, _): handler(of: key)
    }
  }
}

extension Reactions {
  /// The ids of a consumer's handlers, sorted by type of event.
  func handlers(_ consumer: ConsumerName) -> [HandlerID] {
    func id(_ member: HandlerID.Member) -> HandlerID {
      HandlerID(consumer.kind.handlers, consumer.name, member)
    }
    let own = any != nil || raw != nil ? [id(.on(nil))] : byType.keys.sorted().map { id(.on($0)) }
    return own + (onError == nil ? [] : [id(.failure)])
  }

  /// The id of the handler that takes events of a type.
  func handler(_ consumer: ConsumerName, for type: EventType?) -> HandlerID {
    let isOwn = any == nil && raw == nil && worker == nil
    return HandlerID(consumer.kind.handlers, consumer.name, .on(isOwn ? type : nil))
  }
}

extension Saga {
  /// The ids of its handlers, in the order of starting, running and failing.
  fileprivate var ownHandlers: [HandlerID] {
    func id(_ member: HandlerID.Member) -> HandlerID { HandlerID(.saga, name, member) }
    return (router == nil ? [] : [id(.route)])
      + startTypes.map { id(.start($0)) }
      + (handledTypes + statelessTypes).map { id(.on($0)) }
      + timerNames.map { id(.timer($0)) }
      + (anyTimer == nil ? [] : [id(.timer(nil))])
      + (errorStep == nil ? [] : [id(.failure)])
  }

  /// The handler of a type of event: that of a running instance, or else the start.
  fileprivate func handler(for type: EventType) -> HandlerID {
    let isStart = starts.contains(type) && !handlers.contains(type) && !stateless.contains(type)
    return HandlerID(.saga, name, isStart ? .start(type) : .on(type))
  }
}
