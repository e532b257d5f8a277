/// The current state of each saga instance by number, with every earlier state.
///
/// States are stored one after the other in the order in which they were made, so that worlds at
/// different moments share them; each world keeps only which state of each instance is current. A
/// step of one instance therefore costs the same however many others there are.
struct SagaStates: Sendable {
  private static var absent: Int32 { -1 }

  private var states = PersistentArray<SagaInstance>()
  /// The index in `states` of the current state of each instance, by its number.
  private var present = PersistentArray<Int32>()

  /// The instance with a number, which must exist.
  @inline(__always)
  subscript(number: Int32) -> SagaInstance { states[Int(present[Int(number)])] }

  /// Whether an instance exists and has a key.
  @inline(__always)
  func isThere(_ number: Int32, _ key: SagaKey) -> Bool {
    let place = Int(present[Int(number)])
    return place >= 0 && states.address(of: place).pointee.key == key
  }

  /// Whether an instance of a workspace exists and has a value in a property.
  @inline(__always)
  func holds(
    _ number: Int32, _ value: JSON, in property: String, _ workspace: Workspace
  ) -> Bool {
    let place = Int(present[Int(number)])
    guard place >= 0 else { return false }
    return states.address(of: place).pointee.holds(value, in: property, workspace)
  }

  /// The index at which the next state is stored.
  @inline(__always)
  var nextPlace: Int32 { Int32(states.count) }

  /// Replaces the state of an instance; `nil` stands for one before its start or after its removal.
  mutating func set(_ number: Int, from old: SagaInstance?, to new: SagaInstance?) {
    // When a change is reverted, the state that it made is the last one.
    if let old, old.place + 1 == nextPlace, states.last?.isSame(as: old) ?? false,
      new.map({ $0.place >= 0 && $0.place < old.place }) ?? true
    {
      states.popLast()
    }
    while present.count <= number { present.append(Self.absent) }
    present[number] = new.map { rest($0) } ?? Self.absent
  }

  /// The index of a state, which is appended unless it is stored already.
  private mutating func rest(_ state: SagaInstance) -> Int32 {
    let place = Int(state.place)
    if place >= 0, place < states.count, states.address(of: place).pointee.isSame(as: state) {
      return state.place
    }
    var state = state
    state.place = nextPlace
    states.append(state)
    return state.place
  }

  /// Drops the states that are no longer current, once they outnumber the current ones and all
  /// instances there ever were; four bytes remain of each removed instance.
  ///
  /// - Parameter live: The number of existing instances.
  mutating func dropOld(live: Int) {
    guard states.count > max(2 * live, present.count) + 4_096 else { return }
    var kept = PersistentArray<SagaInstance>()
    for number in 0..<present.count where present[number] != Self.absent {
      var state = states[Int(present[number])]
      state.place = Int32(kept.count)
      present[number] = state.place
      kept.append(state)
    }
    states = kept
  }
}
