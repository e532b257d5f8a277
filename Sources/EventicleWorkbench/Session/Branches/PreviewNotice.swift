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
