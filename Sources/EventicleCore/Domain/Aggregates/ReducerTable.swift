/// The reducers of an aggregate in the order in which folding meets their types.
///
/// An aggregate's events have few types, so comparing a few names costs less than hashing one.
struct ReducerTable {
  private let root: AggregateRoot
  private var types: [EventType] = []
  private var reducers: [AggregateRoot.Reducer?] = []
  /// The error of the first reducer that failed.
  private(set) var failure: (any Error)?

  init(_ root: AggregateRoot) { self.root = root }

  /// Folds one event into a state.
  @inline(__always)
  mutating func apply(_ event: Event, to state: inout JSON) {
    do {
      guard root.machine == nil else { return try root.fold(event, into: &state) }
      for index in types.indices where isSameText(types[index].text, event.type.text) {
        try reducers[index]?(&state, event)
        return
      }
      let reducer = root.reducers[event.type]
      types.append(event.type)
      reducers.append(reducer)
      try reducer?(&state, event)
    } catch {
      if failure == nil { failure = error }
    }
  }
}
