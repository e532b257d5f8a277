/// A domain's declaration of one kind of aggregate: its stream and how its events fold.
///
/// The state is a JSON object, so that every tool can show it. Event types without a reducer change
/// nothing. Events are folded by reducers, or by an ``AggregateFolder`` that has its own way.
public struct AggregateRoot: Sendable {
  /// Folds one event into the state.
  ///
  /// An error that it throws fails the work that needs the state: nothing is decided on a state
  /// that lacks an event.
  public typealias Reducer = @Sendable (_ state: inout JSON, _ event: Event) throws -> Void

  /// The name, such as `Order`; unique within the domain.
  public let type: String
  /// The stream that the events are appended to.
  public let stream: StreamName
  /// The prefix of generated ids, as `order` in `order-1`.
  public let idPrefix: String
  /// The reducer of each type of event that changes the state; none for an aggregate with a folder.
  public let reducers: [EventType: Reducer]
  /// The state machine that decides what may happen to the aggregate, if it has one.
  public let machine: StateMachine?
  /// Whether the events that record the machine's status are published too.
  public let publishesStatus: Bool
  /// The number of events after which a folded state is stored, so that loading folds only later
  /// ones; `nil` when loading always folds everything.
  public let snapshotEvery: Int?
  /// Derives from a state the columns by which aggregates are searched; see
  /// ``Transaction/loadBulk(_:where:sortedBy:page:size:in:)``.
  public let checkpoint: (@Sendable (_ state: JSON) -> JSON)?
  /// The states that it passes through, for tools; a machine says them by itself.
  public let lifecycle: Lifecycle?
  /// Folds the events in place of reducers; `nil` when reducers do.
  package let folder: (any AggregateFolder)?
  /// Whether its events may go to any stream, so that its history alone tells which are its own.
  package var isFoundByHistory = false
  let identity = FoldIdentity()

  /// Declares an aggregate.
  ///
  /// - Parameters:
  ///   - idPrefix: The prefix of generated ids; the type in lower case when absent.
  ///   - machine: Decides what may happen; its status is kept in the state's member
  ///     ``machineMember``, which reducers can read and not change.
  ///   - publishesStatus: Whether each ``statusEvent`` goes to the stream with the other events;
  ///     otherwise it is in the aggregate's history alone.
  ///   - snapshotEvery: The number of events after which a folded state is stored; 1 or more.
  ///   - checkpoint: Derives an object with the columns to search by. It is stored apart from the
  ///     events and the id, whatever its columns are called. A state machine has its own columns:
  ///     its state and its context.
  ///   - lifecycle: The states that it passes through, for tools; it decides nothing.
  public init(
    _ type: String, stream: StreamName, idPrefix: String? = nil, machine: StateMachine? = nil,
    publishesStatus: Bool = false, snapshotEvery: Int? = nil,
    checkpoint: (@Sendable (_ state: JSON) -> JSON)? = nil, lifecycle: Lifecycle? = nil,
    reducers: [EventType: Reducer] = [:]
  ) {
    self.type = type
    self.stream = stream
    self.idPrefix = idPrefix ?? type.lowercased()
    self.reducers = reducers
    self.machine = machine
    self.publishesStatus = publishesStatus
    self.snapshotEvery = snapshotEvery.map { max(1, $0) }
    self.checkpoint = checkpoint
    self.lifecycle = lifecycle
    folder = nil
  }

  /// Declares an aggregate whose events a folder folds, such as a program in another language.
  ///
  /// - Parameters:
  ///   - idPrefix: The prefix of generated ids; the type in lower case when absent.
  ///   - snapshotEvery: The number of events after which a folded state is stored; 1 or more. It
  ///     saves folding an aggregate again that has not changed.
  ///   - checkpoint: Derives an object with the columns to search by.
  ///   - lifecycle: The states that it passes through, for tools; it decides nothing.
  ///   - folder: Folds the events; it must give the same states for the same events.
  public init(
    _ type: String, stream: StreamName, idPrefix: String? = nil, snapshotEvery: Int? = nil,
    checkpoint: (@Sendable (_ state: JSON) -> JSON)? = nil, lifecycle: Lifecycle? = nil,
    folder: any AggregateFolder
  ) {
    self.type = type
    self.stream = stream
    self.idPrefix = idPrefix ?? type.lowercased()
    reducers = [:]
    machine = nil
    publishesStatus = false
    self.snapshotEvery = snapshotEvery.map { max(1, $0) }
    self.checkpoint = checkpoint
    self.lifecycle = lifecycle
    self.folder = folder
  }

  /// Folds one event into a state.
  ///
  /// - Throws: The reducer's error; the state must not be used then.
  func fold(_ event: Event, into state: inout JSON) throws {
    let member = AggregateRoot.machineMember
    guard machine != nil else {
      try reducers[event.type]?(&state, event)
      return
    }
    let said = event.type == AggregateRoot.statusEvent ? event.data.value : state[member]
    try reducers[event.type]?(&state, event)
    // A reducer that replaces the whole state must not erase the machine's status.
    if !said.isNull { state[member] = said }
  }
}
