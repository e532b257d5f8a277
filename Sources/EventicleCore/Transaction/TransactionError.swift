/// Why a transaction refused an operation; nothing was changed.
public enum TransactionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// An event has no type.
  case emptyEventType
  /// An event has no stream to be appended to.
  case emptyStream
  /// An event has more data than ``Limits/eventBytes``.
  case eventTooLarge(bytes: Int)
  /// Another event has the id, at this position unless it is persisted and not yet emitted; the
  /// text names what differs, as in "other data".
  case eventIDTaken(EventID, Position?, differing: String)
  /// An aggregate of this type was persisted without an id.
  case aggregateWithoutID(String)
  /// The aggregate has been persisted by another writer since it was loaded.
  case versionConflict(AggregateKey, expected: Version, actual: Version)
  /// An aggregate that had to be new has events.
  case aggregateExists(AggregateKey, actual: Version)
  /// An aggregate that had to exist has no events.
  case aggregateMissing(AggregateKey)
  /// A stream does not have the expected number of events.
  case streamConflict(StreamName, expected: ExpectedVersion, actual: Version)
  /// Another transaction or a lease holds the lock.
  case lockTaken(String, holder: String?, until: Instant?)
  /// An inner transaction wrote what the outer one has written and not committed.
  case nestedConflict(String)
  /// A command was carried out under the same key with other data.
  case commandKeyTaken(String, String)
  /// A record that had to be new exists.
  case recordExists(RecordKey)
  /// A record that had to exist does not.
  case recordMissing(RecordKey)
  /// The record has been written by another writer since it was read.
  case recordConflict(RecordKey, expected: Int, actual: Int)
  /// An event was given an instant outside the years 1 to 9999.
  case eventTimeUnlikely(EventID, Instant)
  /// A record was written while it was being changed, and the change would undo that write.
  case recordChangedInside(RecordKey)
  /// The content of a new record has an id.
  case recordIDSet(String)
  /// Another record has the value that must be unique.
  case recordNotUnique(RecordKey, RecordIndex, value: JSON, holder: String)
  /// Commands dispatched each other more deeply than ``Limits/dispatchDepth``.
  case dispatchTooDeep(String)
  /// A timer would fire before it is armed.
  case negativeWait(String, Interval)
  /// A tenant has no name.
  case emptyWorkspace
  /// A workspace has a colon in its name.
  case workspaceWithColon(Workspace)
  /// A cron expression has no instant in the future.
  case timerNeverDue(String)
  /// A command was scheduled without a name.
  case scheduleWithoutName(String)
  /// No command of this type is declared.
  case undeclaredCommand(String, known: [String])
  /// A command waited for a lock as long as it is allowed to.
  case lockWaitOver(String, lock: String, holder: String, until: Instant, waited: Interval)
  /// A command took longer than it is allowed to.
  case commandTooLong(String, took: Interval, limit: Interval)
  /// The transaction was used after its handler had returned.
  case transactionOver
  /// The transaction was used while an independent step was running inside it.
  case transactionWaits
  /// Something was written where only reading is allowed, as when a saga routes an event.
  case transactionReads

  /// The refusal as a sentence for people.
  public var description: String {
    switch self {
    case .emptyEventType: "An event needs a type, such as OrderCreated, but it has none."
    case .emptyStream: "An event needs a stream to go to, such as orders, but it has none."
    case .eventTooLarge(let bytes):
      "An event's data may have \(Limits.eventBytes) bytes, but it has \(bytes); "
        + "keep large things elsewhere and refer to them."
    case .eventIDTaken(let id, let position, let differing):
      "There is another event with the id \(id) "
        + (position.map { "at \($0)" } ?? "among those that were persisted and not emitted")
        + ", with \(differing); leave the id out or change it."
    case .aggregateWithoutID(let type):
      "An aggregate needs an id before it can be persisted, but this \(type) has none."
    case .versionConflict(let key, let expected, let actual):
      "\(key) was expected at version \(expected), but it is at \(actual); load it again."
    case .aggregateExists(let key, let actual):
      "\(key) was expected to be new, but it is at version \(actual); load it, or use another id."
    case .aggregateMissing(let key):
      "\(key) was expected to exist, but it has no events; create it first."
    case .streamConflict(let stream, let expected, let actual):
      "The stream \(stream) was expected \(expected.phrase), but it has \(actual); read it again."
    case .lockTaken(let id, let holder?, let until?):
      "The lock \(id) is held by \(holder) until \(until); wait until then, or break it."
    case .lockTaken(let id, _, _):
      "The lock \(id) is held by the transaction around this one; take it there alone, or join "
        + "that transaction."
    case .nestedConflict(let what):
      "The transaction of its own wrote \(what), which the transaction around it has written and "
        + "not committed; write it in one of them, or join."
    case .commandKeyTaken(let type, let key):
      "\(type) was carried out under the key \(key) with other data; use another key."
    case .recordExists(let key):
      "There is a record \(key) already; save or put it instead of creating it."
    case .recordMissing(let key): "There is no record \(key); create it or put it first."
    case .eventTimeUnlikely(let id, let instant):
      "The event \(id) says that it happened at \(instant), but moments lie in the years 1 to "
        + "9999; the clock would stay there for good. Put its createdAt right."
    case .recordChangedInside(let key):
      "\(key) was written inside its own change, which began with what it held before and would "
        + "undo that; do all of it in one change, or one after the other."
    case .recordConflict(let key, let expected, let actual):
      "\(key) was read at version \(expected), but it is at \(actual); read it again."
    case .recordIDSet(let id):
      "ID is set, but the store gives a new record its id; take \"id\": \(id) out of the content, "
        + "or put the record under that id."
    case .recordNotUnique(let key, let index, let value, let holder):
      "\(key) cannot have \(index.path) \(value): \(holder) has it, and \(index) is unique; "
        + "change one of them."
    case .dispatchTooDeep(let type):
      "\(type) was dispatched by \(Limits.dispatchDepth) commands inside each other; "
        + "let a saga take over instead."
    case .negativeWait(let timer, let wait):
      "The timer \(timer) was to wait \(wait), but a wait is 0s or longer; name a moment that has "
        + "passed with at:, or call the timer off."
    case .emptyWorkspace:
      "A tenant needs a name, such as acme, but this one has none; say .system for what belongs to "
        + "nobody."
    case .workspaceWithColon(let workspace):
      "The name of a tenant may have no colon, but this one is \(workspace); write a dash instead."
    case .timerNeverDue(let expression): "The cron expression \(expression) never comes due."
    case .scheduleWithoutName(let type):
      "A scheduled command needs a name, such as nightly, by which it is called off, but this "
        + "\(type) has none."
    case .undeclaredCommand(let type, let known):
      "There is no command \(type) to schedule"
        + TypoCorrection.ending(for: type, among: known, none: "this domain declares none")
    case .lockWaitOver(let type, let lock, let holder, let until, let waited):
      "\(type) waited \(waited) for the lock \(lock), which \(holder) holds until \(until); "
        + "break the lock, or let the command wait longer."
    case .commandTooLong(let type, let took, let limit):
      "\(type) may take \(limit), but it took \(took); do less in one command or raise its "
        + "timeLimit."
    case .transactionOver:
      "This transaction is over; do the work inside the handler that received it."
    case .transactionReads:
      "A saga that routes an event may only read, but its closure wrote something; write in the "
        + "handler to which the event goes."
    case .transactionWaits:
      "This transaction waits for the one inside it to end; use the transaction that the body "
        + "received."
    }
  }
}

extension ExpectedVersion {
  /// The expectation as part of a sentence about events.
  fileprivate var phrase: String {
    switch self {
    case .any: "to have any number of events"
    case .none: "to have no events"
    case .exists: "to have events"
    case .exactly(let version): "to have \(version) events"
    }
  }
}
