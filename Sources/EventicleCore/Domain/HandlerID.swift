/// The stable id of one handler of a domain, by which failures, limits and metrics name it.
///
/// It is made of what the domain declares and stays the same between runs:
///
///     command PlaceOrder
///     view OrderBoard / on OrderCreated
///     adapter Mailer / on any event
///     saga PaymentSaga / start on OrderCreated
///     saga PaymentSaga / timer retry
///
/// ``Domain/handlers`` lists those of a domain.
public struct HandlerID: Sendable, Hashable, CustomStringConvertible {
  /// What a team declares that runs code of theirs.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// An ``AggregateRoot`` whose states a folder folds, or whose machine takes a transition later.
    case aggregate
    /// A ``Command``, or a closure that is dispatched like one.
    case command
    /// An ``EventView``.
    case view
    /// A ``Saga``.
    case saga
    /// An ``EventAdapter``.
    case adapter
    /// A handler that subscribed while the engine ran.
    case subscription
    /// No handler: the engine's own work for an input, named in words.
    case input
  }

  /// Tells the handlers of one declaration apart.
  public enum Member: Sendable, Hashable {
    /// The only one, as of a command.
    case only
    /// The handler of a type of event; `nil` for the one that takes events of any type.
    case on(EventType?)
    /// The handler that starts an instance of a saga.
    case start(EventType)
    /// The handler of a timer; `nil` for the one that takes every timer without its own.
    case timer(String?)
    /// The closure that says which instances of a saga an event is for.
    case route
    /// The handler that runs when another one of the declaration has failed.
    case failure
  }

  /// What was declared: a command, a view, a saga and so on.
  public let kind: Kind
  /// The name of the declaration, unique within its kind.
  public let name: String
  /// Which of the declaration's handlers it is.
  public let member: Member

  /// Creates the id of a handler.
  public init(_ kind: Kind, _ name: String, _ member: Member = .only) {
    self.kind = kind
    self.name = name
    self.member = member
  }

  /// The kind, the name, and what the handler is for: `saga PaymentSaga / on PaymentDeclined`.
  public var description: String {
    let whole = "\(kind.rawValue) \(name)"
    switch member {
    case .only: return kind == .input ? "\(kind.rawValue) / \(name)" : whole
    case .on(let type?): return "\(whole) / on \(type)"
    case .on(nil): return "\(whole) / on any event"
    case .start(let type): return "\(whole) / start on \(type)"
    case .timer(let timer?): return "\(whole) / timer \(timer)"
    case .timer(nil): return "\(whole) / any timer"
    case .route: return "\(whole) / route"
    case .failure: return "\(whole) / on failure"
    }
  }
}

extension ConsumerKind {
  /// The kind of the consumer's handlers.
  var handlers: HandlerID.Kind {
    switch self {
    case .view: .view
    case .saga: .saga
    case .adapter: .adapter
    case .subscription: .subscription
    }
  }
}
