package import EventicleCore

/// One thing that leads to another in a domain, whichever instances have to do with it.
package enum FlowLink: Hashable, Sendable {
  /// A command was given, whatever came of it.
  case given(String)
  case makes(FlowMaker, FlowEvent)
  case wakes(FlowWaker)
  case does(FlowWaker, FlowDeed)
}

/// What makes events.
package enum FlowMaker: Hashable, Sendable {
  case command(String)
  /// A handler that emits by itself.
  case consumer(ConsumerName)
  case timer(FlowTimer)
  /// A person or a program, without a command.
  case emitted
  case imported
}

/// A type of event in a stream as it is declared.
package struct FlowEvent: Hashable, Sendable {
  package let type: EventType
  package let stream: StreamName

  /// An event of a type in a stream.
  package init(type: EventType, stream: StreamName) { (self.type, self.stream) = (type, stream) }
}

/// A timer by its owner's name and its own, for all instances.
package struct FlowTimer: Hashable, Sendable {
  /// The saga, or the aggregate whose machine it belongs to.
  package let owner: String
  /// The name; `*` for those that are not declared by name.
  package let name: String

  /// The timer with a key; `nil` for the clock of a scheduled command.
  package init?(_ key: TimerKey, _ domain: Domain) {
    guard !key.isOfCommand else { return nil }
    if let saga = domain.saga(key.owner.saga) {
      self.init(owner: saga.name, name: saga.timerNames.contains(key.name) ? key.name : "*")
    } else {
      let machine = domain.aggregates.first { key.owner.saga.hasSuffix("aggregate:\($0.type)") }
      self.init(owner: machine?.type ?? key.owner.saga, name: key.name)
    }
  }

  /// A timer of an owner.
  package init(owner: String, name: String) {
    self.owner = owner
    self.name = name
  }
}

/// What wakes a handler.
package enum FlowWaker: Hashable, Sendable {
  case event(FlowEvent, ConsumerName)
  case timer(FlowTimer)
}

/// What a handler does when it is woken.
package enum FlowDeed: Hashable, Sendable {
  case asks(String)
  case arms(String)
  case turnsOff(String)
  case starts
  case ends
}

extension FlowLink {
  /// The links that a journal entry shows; reads the entry that caused it too.
  package static func links(of entry: JournalEntry, _ moment: MomentView) -> [FlowLink] {
    switch entry.kind {
    case .append(let position, let type):
      return event(position, type, moment).map { [.makes(maker(of: entry, moment), $0)] } ?? []
    case .imported(let position, let type):
      return event(position, type, moment).map { [.makes(.imported, $0)] } ?? []
    case .command(let type, _, _, _):
      let asks = waker(behind: entry, moment).map { FlowLink.does($0, .asks(type)) }
      return [.given(type)] + [asks].compactMap { $0 }
    case .delivery(let position, let consumer, _, let outcome):
      guard let waker = waker(position, consumer, moment) else { return [] }
      switch outcome {
      case .ignored, .duplicate, .offered: return []
      case .started: return [.wakes(waker), .does(waker, .starts)]
      default: return [.wakes(waker)]
      }
    case .timerFired(let key, _, _):
      return FlowTimer(key, moment.domain).map { [.wakes(.timer($0))] } ?? []
    case .timerArmed(let key, _, _, _):
      return deed(entry, moment, FlowTimer(key, moment.domain).map { .arms($0.name) })
    case .timerCancelled(let key):
      return deed(entry, moment, FlowTimer(key, moment.domain).map { .turnsOff($0.name) })
    case .sagaEnded: return deed(entry, moment, .ends)
    default: return []
    }
  }

  private static func deed(
    _ entry: JournalEntry, _ moment: MomentView, _ deed: FlowDeed?
  ) -> [FlowLink] {
    guard let deed, let waker = waker(behind: entry, moment) else { return [] }
    return [.does(waker, deed)]
  }

  private static func event(
    _ position: Position, _ type: EventType, _ moment: MomentView
  ) -> FlowEvent? {
    moment.log.stream(at: position).map { FlowEvent(type: type, stream: $0.logical) }
  }

  private static func waker(
    _ position: Position, _ consumer: ConsumerName, _ moment: MomentView
  ) -> FlowWaker? {
    guard let type = moment.log.type(at: position) else { return nil }
    return event(position, type, moment).map { .event($0, consumer) }
  }

  /// What woke the handler that caused an entry; `nil` when no handler did.
  private static func waker(behind entry: JournalEntry, _ moment: MomentView) -> FlowWaker? {
    switch entry.cause.flatMap({ moment.timeline.entry($0) })?.kind {
    case .delivery(let position, let consumer, _, _): waker(position, consumer, moment)
    case .timerFired(let key, _, _): FlowTimer(key, moment.domain).map { .timer($0) }
    default: nil
    }
  }

  private static func maker(of append: JournalEntry, _ moment: MomentView) -> FlowMaker {
    switch append.cause.flatMap({ moment.timeline.entry($0) })?.kind {
    case .command(let type, _, _, _): .command(type)
    case .delivery(_, let consumer, _, _): .consumer(consumer)
    case .timerFired(let key, _, _):
      FlowTimer(key, moment.domain).map { .timer($0) } ?? .emitted
    default: .emitted
    }
  }
}
