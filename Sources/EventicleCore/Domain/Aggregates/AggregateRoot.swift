/// What a domain declares about one kind of aggregate: where its events live and how they fold.
///
/// The state is a JSON object, so that every tool can show it. Events of types without a reducer
/// change nothing.
public struct AggregateRoot: Sendable {
  /// Folds one event into the state.
  ///
  /// What it throws fails the work for which the state is folded, with its sentence: nothing is
  /// decided on a state that lacks an event.
  public typealias Reducer = @Sendable (_ state: inout JSON, _ event: Event) throws -> Void

  /// Its name: `Order`.
  public let type: String
  /// The stream in which its events live.
  public let stream: StreamName
  /// What its ids begin with, as `order` in `order-1`.
  public let idPrefix: String
  /// How each type of event changes the state.
  public let reducers: [EventType: Reducer]
  /// The state machine that decides what may happen to it, if it is one.
  public let machine: StateMachine?
  /// Whether the events in which the machine says where it stands are published too.
  public let publishesStatus: Bool
  /// After how many events a folded state is kept, so that loading folds what came since; `nil`
  /// when loading always folds everything.
  public let snapshotEvery: Int?
  /// Makes the columns by which aggregates are searched from a state; see
  /// ``Transaction/loadBulk(_:where:sortedBy:page:size:in:)``.
  public let checkpoint: (@Sendable (_ state: JSON) -> JSON)?
  let identity = FoldIdentity()

  /// Declares an aggregate.
  ///
  /// - Parameters:
  ///   - idPrefix: The type in lower case when absent.
  ///   - machine: Decides what may happen; where it stands is kept in the state's member
  ///     ``machineMember``, which reducers can read and not change.
  ///   - publishesStatus: Whether its ``statusEvent``s go to the stream with the others; else
  ///     they are in the aggregate's history alone.
  ///   - snapshotEvery: After how many events a folded state is kept; 1 or more.
  ///   - checkpoint: Makes an object of the columns to search by. It is kept apart from the events
  ///     and the id, whatever its columns are called. A state machine has its own: where it
  ///     stands, and what it remembers.
  public init(
    _ type: String, stream: StreamName, idPrefix: String? = nil, machine: StateMachine? = nil,
    publishesStatus: Bool = false, snapshotEvery: Int? = nil,
    checkpoint: (@Sendable (_ state: JSON) -> JSON)? = nil, reducers: [EventType: Reducer] = [:]
  ) {
    self.type = type
    self.stream = stream
    self.idPrefix = idPrefix ?? type.lowercased()
    self.reducers = reducers
    self.machine = machine
    self.publishesStatus = publishesStatus
    self.snapshotEvery = snapshotEvery.map { max(1, $0) }
    self.checkpoint = checkpoint
  }

  /// Folds one event into a state, for tools that show it; what the reducer throws is passed over.
  public func apply(_ event: Event, to state: inout JSON) {
    do { try fold(event, into: &state) } catch {}
  }

  /// Folds one event into a state.
  ///
  /// - Throws: What the reducer throws; the state is good for nothing then.
  func fold(_ event: Event, into state: inout JSON) throws {
    let member = AggregateRoot.machineMember
    guard machine != nil else {
      try reducers[event.type]?(&state, event)
      return
    }
    let said = event.type == AggregateRoot.statusEvent ? event.data.value : state[member]
    try reducers[event.type]?(&state, event)
    // A reducer that replaces the whole state must not make the machine forget where it stands.
    if !said.isNull { state[member] = said }
  }
}
