/// What saga instances are now, by their numbers, and every state that any of them was in.
///
/// States rest one behind the other in the order in which they were made, so that worlds of
/// different moments share them; what each world has for itself is which state is the present one
/// of each instance. A step of one instance then costs the same however many others there are.
struct SagaStates: Sendable {
  private static var absent: Int32 { -1 }

  private var states = PersistentArray<SagaInstance>()
  /// The place in `states` of what an instance is now, by its number.
  private var present = PersistentArray<Int32>()

  /// The instance of a number that is there.
  @inline(__always)
  subscript(number: Int32) -> SagaInstance { states[Int(present[Int(number)])] }

  /// Whether an instance is there and has a key.
  @inline(__always)
  func isThere(_ number: Int32, _ key: SagaKey) -> Bool {
    let place = Int(present[Int(number)])
    return place >= 0 && states.address(of: place).pointee.key == key
  }

  /// Whether an instance of a workspace is there and has a value in a property.
  @inline(__always)
  func holds(
    _ number: Int32, _ value: JSON, in property: String, _ workspace: Workspace
  ) -> Bool {
    let place = Int(present[Int(number)])
    guard place >= 0 else { return false }
    return states.address(of: place).pointee.holds(value, in: property, workspace)
  }

  /// The place that the next state will rest at.
  @inline(__always)
  var nextPlace: Int32 { Int32(states.count) }

  /// Puts what an instance is now in the place of what it was; `nil` before its start and after
  /// its removal.
  mutating func set(_ number: Int, from old: SagaInstance?, to new: SagaInstance?) {
    // Where a change is unmade, the state that it made is the last one.
    if let old, old.place + 1 == nextPlace, states.last?.isSame(as: old) ?? false,
      new.map({ $0.place >= 0 && $0.place < old.place }) ?? true
    {
      states.popLast()
    }
    while present.count <= number { present.append(Self.absent) }
    present[number] = new.map { rest($0) } ?? Self.absent
  }

  /// The place of a state, which is put behind the others unless it is among them.
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

  /// Drops the states that no instance is in any more, once they are most of what is held and as
  /// many as there ever were instances; four bytes stay of each of these.
  ///
  /// - Parameter live: How many instances there are.
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
