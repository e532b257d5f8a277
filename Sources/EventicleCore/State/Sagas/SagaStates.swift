internal import HashTreeCollections

/// The current state of each saga instance by number, with every earlier state.
///
/// States are stored one after the other in the order in which they were made, so that worlds at
/// different moments share them; each world keeps only which state of each instance is current. A
/// step of one instance therefore costs the same however many others there are.
///
/// Over a store only instances are here that have changed since.
struct SagaStates: Sendable {
  private static var absent: Int32 { -1 }

  private var states = PersistentArray<SagaInstance>()
  /// The index in `states` of the current state of each instance after `floor`, by its number.
  private var present = PersistentArray<Int32>()
  /// The last number of an instance that a store may have; 0 without a store.
  private var floor: Int32 = 0
  /// The index in `states` of each instance up to `floor` that has changed, by its number.
  private var older = TreeDictionary<Int32, Int32>()

  /// No states, over a store that may have instances up to a number.
  init(after floor: Int = 0) { self.floor = Int32(floor) }

  /// The index in `states` of the current state of an instance that is or was here.
  @inline(__always)
  private func place(of number: Int32) -> Int {
    number > floor ? Int(present[Int(number - floor)]) : olderPlace(of: number)
  }

  private func olderPlace(of number: Int32) -> Int { Int(older[number] ?? Self.absent) }

  /// The instance with a number, which must be here.
  @inline(__always)
  subscript(number: Int32) -> SagaInstance { states[place(of: number)] }

  /// Whether the current state of an instance is here.
  func isHere(_ number: Int) -> Bool {
    if number <= floor { return olderPlace(of: Int32(number)) >= 0 }
    let index = number - Int(floor)
    return index < present.count && present[index] != Self.absent
  }

  /// Whether an instance is no longer as a store has it.
  func hasChanged(_ number: Int) -> Bool { number > floor || older[Int32(number)] != nil }

  /// The numbers of all instances that are here; O(numbers given out since the store's last one).
  var numbers: [Int32] {
    let newer = (0..<present.count).lazy.filter { present[$0] != Self.absent }
    return older.filter { $0.value != Self.absent }.map(\.key).sorted()
      + newer.map { Int32($0) + floor }
  }

  /// Whether an instance exists and has a key.
  @inline(__always)
  func isThere(_ number: Int32, _ key: SagaKey) -> Bool {
    let place = place(of: number)
    return place >= 0 && states.address(of: place).pointee.key == key
  }

  /// Whether an instance of a workspace exists and has a value in a property.
  @inline(__always)
  func holds(
    _ number: Int32, _ value: JSON, in property: String, _ workspace: Workspace
  ) -> Bool {
    let place = place(of: number)
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
    let index = number - Int(floor)
    guard index > 0 else {
      older[Int32(number)] = new.map { rest($0) } ?? Self.absent
      return
    }
    while present.count <= index { present.append(Self.absent) }
    present[index] = new.map { rest($0) } ?? Self.absent
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
    func keep(_ place: Int32) -> Int32 {
      var state = states[Int(place)]
      state.place = Int32(kept.count)
      kept.append(state)
      return state.place
    }
    for (number, place) in older where place != Self.absent { older[number] = keep(place) }
    for index in 0..<present.count where present[index] != Self.absent {
      present[index] = keep(present[index])
    }
    states = kept
  }
}
