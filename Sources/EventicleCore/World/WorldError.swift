/// Why a transaction refused something; nothing was changed.
public enum WorldError: Error, Sendable, Equatable, CustomStringConvertible {
  case emptyEventType
  case emptyStream
  case eventTooLarge(bytes: Int)
  case eventIDTaken(EventID, Position)
  case aggregateWithoutID(String)
  case versionConflict(AggregateKey, expected: Version, actual: Version)
  case recordExists(RecordKey)
  case recordMissing(RecordKey)
  case recordConflict(RecordKey, expected: Int, actual: Int)
  case dispatchTooDeep(String)
  case timerNeverDue(String)
  case transactionOver

  /// The same in words.
  public var description: String {
    switch self {
    case .emptyEventType: "An event needs a type, such as OrderCreated, but it has none."
    case .emptyStream: "An event needs a stream to go to, such as orders, but it has none."
    case .eventTooLarge(let bytes):
      "An event's data may have \(Limits.eventBytes) bytes, but it has \(bytes); "
        + "keep large things elsewhere and refer to them."
    case .eventIDTaken(let id, let position):
      "There is another event with the id \(id) at \(position); leave the id out or change it."
    case .aggregateWithoutID(let type):
      "An aggregate needs an id before it can be persisted, but this \(type) has none."
    case .versionConflict(let key, let expected, let actual):
      "\(key) was expected at version \(expected), but it is at \(actual); load it again."
    case .recordExists(let key):
      "There is a record \(key) already; save or put it instead of creating it."
    case .recordMissing(let key): "There is no record \(key); create it or put it first."
    case .recordConflict(let key, let expected, let actual):
      "\(key) was read at version \(expected), but it is at \(actual); read it again."
    case .dispatchTooDeep(let type):
      "\(type) was dispatched by \(Limits.dispatchDepth) commands inside each other; "
        + "let a saga take over instead."
    case .timerNeverDue(let expression): "The cron expression \(expression) never comes due."
    case .transactionOver:
      "This transaction is over; do the work inside the handler that received it."
    }
  }
}
