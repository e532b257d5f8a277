/// What a transaction needs from the engine around it.
package protocol TransactionServices: AnyObject, Sendable {
  /// The name that events are stamped with.
  var source: String { get }
  /// Carries out a command inside a transaction.
  func execute(_ intent: CommandIntent, in transaction: Transaction) throws -> JSON?
  /// The types of the commands that are declared.
  var commandTypes: Set<String> { get }
  /// Whether a command is part of the transaction that dispatches it.
  func propagation(of command: String) -> TransactionOptions.Propagation
  /// The type of the aggregates whose events live in a stream.
  func aggregateType(of stream: StreamName) -> String?
  /// Who is to be offered an event, in the order of delivery.
  func consumers(of stream: StreamName, _ type: EventType) -> [ConsumerNumber]
  /// An event as handlers see it: brought to its newest shape, and opened if it was sealed; `nil`
  /// when nobody is to see it any more.
  func opened(_ event: Event) throws -> Event?
  /// Whether events are read just as they rest.
  var readsPlainly: Bool { get }
  /// Whether states folded from opened events may be kept for the next folding.
  var keepsFoldedStates: Bool { get }
  /// An event as it rests in the log.
  func sealed(_ event: Event) throws -> Event
}
