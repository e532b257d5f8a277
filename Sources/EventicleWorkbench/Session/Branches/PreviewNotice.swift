package import EventicleCore

/// What a command line would do, as it came out where it was tried.
package struct PreviewNotice: Sendable, Hashable {
  /// An event that would be appended.
  package struct Appended: Sendable, Hashable {
    package let position: Position
    package let type: EventType
    /// What the event is about, if anything.
    package let id: DomainID?
    package let stream: StreamName
  }

  /// A line of what would happen, in the order in which it would.
  package struct Line: Sendable, Hashable {
    /// What it is about.
    package enum Kind: Sendable, Hashable {
      /// An event that would be appended to a stream.
      case event(StreamName)
      /// What a saga or a timer would do.
      case step
      /// What would be refused, or heard by nobody.
      case refusal
      case failure
    }

    package let kind: Kind
    /// The number of the event; empty for other lines.
    package let number: String
    package let text: String
    /// Why it would be: `← PaymentSaga: MarkOrderPaid`; empty for what the line itself does.
    package let reason: String
  }

  /// What would happen, step by step, as far as ``mostLines``.
  package internal(set) var lines: [Line] = []
  /// What would change in views: `OrderBoard order-2 status paying → paid`; at most ``listed``.
  package internal(set) var views: [String] = []
  /// The number of rows of views that would change.
  package internal(set) var rows = 0
  /// The number of steps that were tried.
  package internal(set) var steps = 0

  /// The most lines of what would happen.
  package static let mostLines = 40

  /// The first events that would be appended, at most ``listed``.
  package internal(set) var appended: [Appended] = []
  /// The number of all of them.
  package internal(set) var events = 0
  /// The number of deliveries that views and sagas would be made.
  package internal(set) var deliveries = 0
  /// The adapters and subscriptions that would be called, in the order of their first call.
  package internal(set) var called: [String] = []
  /// The number of deliveries that would wait, because the engine is held.
  package internal(set) var waiting = 0
  /// The number of deliveries that waited at the moment and would be made as well.
  package internal(set) var madeAnyway = 0
  /// The number of timers that would be armed.
  package internal(set) var armed = 0
  /// The number of timers that would fire.
  package internal(set) var fired = 0
  /// What rules would refuse, in the sentences of the domain; at most ``listed``.
  package internal(set) var refusals: [String] = []
  /// What would fail, in sentences; at most ``listed``.
  package internal(set) var failures: [String] = []
  /// Why the line itself would not be done, if a rule or the engine would refuse it.
  package internal(set) var problem: String?
  /// Whether this is all that it would do; else it was tried only so far.
  package internal(set) var isWhole = true

  /// How many of a kind are listed.
  package static let listed = 8

  /// Creates a notice of a line that does nothing.
  package init() {}
}
