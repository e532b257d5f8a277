/// The services that a transaction needs from the engine.
package protocol TransactionServices: AnyObject, Sendable {
  /// The source given to events that name none.
  var source: String { get }
  /// Carries out a command inside a transaction.
  func execute(_ intent: CommandIntent, in transaction: Transaction) throws -> CommandAnswer
  /// The types of the declared commands.
  var commandTypes: Set<String> { get }
  /// Whether a command joins the transaction that dispatches it.
  func propagation(of command: String) -> TransactionOptions.Propagation
  /// The type of the aggregates whose events are in a stream.
  func aggregateType(of stream: StreamName) -> String?
  /// The consumers of an event, in the order of delivery.
  func consumers(of stream: StreamName, _ type: EventType) -> [ConsumerNumber]
  /// An event as handlers see it: upcast to its newest shape, and opened if it was sealed; `nil`
  /// when it is dropped.
  func opened(_ event: Event) throws -> Event?
  /// Whether events are read exactly as they are stored.
  var readsPlainly: Bool { get }
  /// Whether states folded from opened events may be cached.
  var keepsFoldedStates: Bool { get }
  /// An event in its stored form.
  func sealed(_ event: Event) throws -> Event
}
