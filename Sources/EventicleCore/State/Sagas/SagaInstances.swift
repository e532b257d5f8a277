internal import HashTreeCollections

/// All saga instances, found by id and by the values that events match.
///
/// Finding the instances with a value, and a step of one, are O(1) however many instances there
/// are. Instances that rest on a store are asked for until they change.
public struct SagaInstances: Sendable {
  var states = SagaStates()
  var numbers = HashIndex()
  /// The numbers of all instances by saga; over a store of those that the store does not have.
  var order = TreeDictionary<String, SortedChunks<Int32>>()
  var matches = SagaMatches()
  /// The tenants that have ever had an instance of a saga.
  var tenants: [String: Set<Workspace>] = [:]
  var layer: Boxed<SagaLayer>?

  init() {}

  // MARK: - Reading

  /// The properties by which events find a saga's instances.
  public func matchProperties(of saga: String) -> [String] {
    matches.properties(of: saga).map(\.name)
  }

  /// The instance under a key, ended ones that are kept included; `nil` when there is none.
  public func instance(_ key: SagaKey) -> SagaInstance? {
    if let number = numberHere(of: key) { return states[number] }
    return layer == nil ? nil : storedInstance(key)
  }

  /// The number of the instance with a key, which stays the same while it exists.
  func number(of key: SagaKey) -> Int32? {
    if let number = numberHere(of: key) { return number }
    return layer == nil ? nil : storedInstance(key).map { Int32($0.sequence) }
  }

  @inline(__always)
  private func numberHere(of key: SagaKey) -> Int32? {
    numbers.last(under: key.quickHash) { states.isThere($0, key) }
  }

  /// The number of a saga's instances, including ended ones that were kept.
  public func count(of saga: String) -> Int {
    (order[saga]?.count ?? 0) + (layer?.value.remaining(of: saga) ?? 0)
  }

  /// The instance at an offset, from 0, among those of its saga in order of creation.
  public func instance(of saga: String, at offset: Int) -> SagaInstance? {
    if layer != nil { return layeredInstance(of: saga, at: offset) }
    guard let numbers = order[saga], offset >= 0, offset < numbers.count else { return nil }
    return states[numbers[offset]]
  }

  /// The instances of a workspace that have a value in a property, oldest first.
  public func instances(
    of saga: String, property: String, value: JSON, in workspace: Workspace = .system
  ) -> [SagaInstance] {
    var found: [SagaInstance] = []
    find(saga, property, value, workspace).forEach { number in
      found.append(states[number])
      return true
    }
    return layer == nil ? found : withStored(found, of: saga, property, value, workspace)
  }

  /// The live instances of a workspace that have a value in a property, oldest first.
  ///
  /// - Parameter limit: The most instances to return.
  func live(
    of saga: String, _ property: String, _ value: JSON, in workspace: Workspace,
    limit: Int = Int.max
  ) -> [SagaInstance] {
    guard layer == nil else {
      let all = instances(of: saga, property: property, value: value, in: workspace)
      return Array(all.lazy.filter { !$0.hasEnded }.prefix(limit))
    }
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
  /// - Parameter workspace: The workspace to search; when absent the system's first, then any
  ///   tenant's.
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

  /// Declares the properties by which events find a saga's instances.
  mutating func declare(saga: String, properties: [String]) {
    matches.declare(saga, properties)
  }

  /// Changes the properties by which events find a saga's instances.
  ///
  /// Existing instances are found by the new properties too. O(1) when nothing has changed.
  mutating func redeclare(saga: String, properties: [String]) {
    guard matchProperties(of: saga) != properties else { return }
    let all = instancesHere(of: saga)
    for instance in all { matches.move(from: instance, to: nil, states) }
    matches.declare(saga, properties)
    for instance in all { matches.move(from: nil, to: instance, states) }
  }

  /// The index at which the next state of any instance is stored.
  @inline(__always)
  var nextPlace: Int32 { states.nextPlace }

  /// Replaces the state of an instance; `nil` stands for one before its start or after its removal.
  mutating func set(from old: SagaInstance?, to new: SagaInstance?) {
    guard let number = (new ?? old)?.sequence else { return }
    guard layer == nil else { return setOverBase(number, from: old, to: new) }
    states.set(number, from: old, to: new)
    matches.move(from: old, to: new, states)
    if old == nil, let new { enlist(new) }
    if new == nil, let old { delist(old) }
  }

  private mutating func enlist(_ instance: SagaInstance) {
    let key = instance.key
    numbers.insert(Int32(instance.sequence), under: key.quickHash)
    order[key.saga, default: SortedChunks()].insert(Int32(instance.sequence))
    noteTenant(of: instance)
  }

  mutating func noteTenant(of instance: SagaInstance) {
    guard instance.workspace.isTenant else { return }
    tenants[instance.key.saga, default: []].insert(instance.workspace)
  }

  private mutating func delist(_ instance: SagaInstance) {
    let key = instance.key
    numbers.remove(Int32(instance.sequence), under: key.quickHash)
    order[key.saga]?.remove(Int32(instance.sequence))
  }

  /// Drops the states that are no longer current, once they outnumber the current ones.
  ///
  /// For a world whose past is never revisited; O(1) per step, amortised.
  mutating func dropOldStates() { states.dropOld(live: numbers.count) }
}
