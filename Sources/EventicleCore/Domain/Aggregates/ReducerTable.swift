/// The reducers of an aggregate in the order in which a fold meets their types.
///
/// Events of one aggregate have few types, so that comparing a few names costs less than hashing
/// one.
struct ReducerTable {
  private let root: AggregateRoot
  private var types: [EventType] = []
  private var reducers: [AggregateRoot.Reducer?] = []

  init(_ root: AggregateRoot) { self.root = root }

  /// Folds one event into a state.
  @inline(__always)
  mutating func apply(_ event: Event, to state: inout JSON) {
    guard root.machine == nil else { return root.apply(event, to: &state) }
    for index in types.indices where isSameText(types[index].text, event.type.text) {
      reducers[index]?(&state, event)
      return
    }
    let reducer = root.reducers[event.type]
    types.append(event.type)
    reducers.append(reducer)
    reducer?(&state, event)
  }
}
