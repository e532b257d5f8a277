internal import HashTreeCollections

/// All saga instances, found by id and by the values that events match them by.
///
/// Finding the instances of a value costs O(1) however many instances there are, and so does a
/// step of one.
public struct SagaInstances: Sendable {
  private(set) var states = SagaStates()
  private var numbers = HashIndex()
  private var count = 0
  private var order = TreeDictionary<String, SortedChunks<Int32>>()
  private var matches = SagaMatches()
  /// The tenants that have had an instance of a saga at any time.
  private var tenants: [String: Set<Workspace>] = [:]

  init() {}

  // MARK: - Reading

  /// The properties by which a saga's instances are found.
  public func matchProperties(of saga: String) -> [String] {
    matches.properties(of: saga).map(\.name)
  }

  /// The instance of a key.
  public func instance(_ key: SagaKey) -> SagaInstance? { number(of: key).map { states[$0] } }

  /// The number of the instance of a key, the same as long as it lives.
  func number(of key: SagaKey) -> Int32? {
    numbers.last(under: key.quickHash) { states.isThere($0, key) }
  }

  /// How many instances a saga has, ended and kept ones included.
  public func count(of saga: String) -> Int { order[saga]?.count ?? 0 }

  /// The instance that came as number `offset`, from 0, among those of its saga.
  public func instance(of saga: String, at offset: Int) -> SagaInstance? {
    guard let numbers = order[saga], offset >= 0, offset < numbers.count else { return nil }
    return states[numbers[offset]]
  }

  /// The instances of a workspace that hold a value in a property, oldest first.
  public func instances(
    of saga: String, property: String, value: JSON, in workspace: Workspace = .system
  ) -> [SagaInstance] {
    var found: [SagaInstance] = []
    find(saga, property, value, workspace).forEach { number in
      found.append(states[number])
      return true
    }
    return found
  }

  /// The instances of a workspace that hold a value in a property and have not ended, oldest
  /// first.
  ///
  /// - Parameter limit: How many at most.
  func live(
    of saga: String, _ property: String, _ value: JSON, in workspace: Workspace,
    limit: Int = Int.max
  ) -> [SagaInstance] {
    var found: [SagaInstance] = []
    find(saga, property, value, workspace).forEach { number in
      let instance = states[number]
      if !instance.hasEnded { found.append(instance) }
      return found.count < limit
    }
    return found
  }

  private func find(
    _ saga: String, _ property: String, _ value: JSON, _ workspace: Workspace
  ) -> SagaMatches.Found {
    for declared in matches.properties(of: saga) where isSameText(declared.name, property) {
      return matches.find(declared, value, workspace, states)
    }
    return .none
  }

  /// The instance with an id, else the newest one with a match value that reads as the text.
  ///
  /// - Parameter workspace: Whose it is; the system's, or else any tenant's, when absent.
  public func find(
    _ saga: String, _ text: String, in workspace: Workspace? = nil
  ) -> SagaInstance? {
    if let instance = instance(SagaKey(saga, text)) { return instance }
    var values: [JSON] = [.string(text)]
    if let number = try? JSON(parsing: text) { values.append(number) }
    for place in workspace.map({ [$0] }) ?? [.system] + (tenants[saga] ?? []).sorted() {
      for property in matchProperties(of: saga) {
        for value in values {
          let found = instances(of: saga, property: property, value: value, in: place)
          if let instance = found.last { return instance }
        }
      }
    }
    return nil
  }

  // MARK: - Changing

  /// Declares by which properties a saga's instances are found.
  mutating func declare(saga: String, properties: [String]) {
    matches.declare(saga, properties)
  }

  /// Declares anew by which properties a saga's instances are found.
  ///
  /// Those that are there are found by them too. O(1) when nothing has changed.
  mutating func redeclare(saga: String, properties: [String]) {
    guard matchProperties(of: saga) != properties else { return }
    let all = (0..<count(of: saga)).compactMap { instance(of: saga, at: $0) }
    for instance in all { matches.move(from: instance, to: nil, states) }
    matches.declare(saga, properties)
    for instance in all { matches.move(from: nil, to: instance, states) }
  }

  /// The place that the next state of any instance will rest at.
  @inline(__always)
  var nextPlace: Int32 { states.nextPlace }

  /// Puts what an instance is now in the place of what it was; `nil` before its start and after
  /// its removal.
  mutating func set(from old: SagaInstance?, to new: SagaInstance?) {
    guard let number = (new ?? old)?.sequence else { return }
    states.set(number, from: old, to: new)
    matches.move(from: old, to: new, states)
    if old == nil, let new { enlist(new) }
    if new == nil, let old { delist(old) }
  }

  private mutating func enlist(_ instance: SagaInstance) {
    let key = instance.key
    numbers.insert(Int32(instance.sequence), under: key.quickHash)
    order[key.saga, default: SortedChunks()].insert(Int32(instance.sequence))
    count += 1
    if instance.workspace.isTenant {
      tenants[key.saga, default: []].insert(instance.workspace)
    }
  }

  private mutating func delist(_ instance: SagaInstance) {
    let key = instance.key
    numbers.remove(Int32(instance.sequence), under: key.quickHash)
    order[key.saga]?.remove(Int32(instance.sequence))
    count -= 1
  }

  /// Drops the states that no instance is in any more, once they are most of what is held.
  ///
  /// For a world whose past nobody goes back to; O(1) a step on the whole.
  mutating func dropOldStates() { states.dropOld(live: count) }
}
