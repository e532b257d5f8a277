internal import HashTreeCollections

/// All saga instances, found by id and by the values that events match them by.
///
/// Finding the instances of a value costs O(1) however many instances there are.
public struct SagaInstances: Sendable {
  struct Match: Hashable, Sendable {
    let saga: String
    let workspace: Workspace
    let property: String
    let value: JSON
  }

  private struct Place: Comparable, Sendable {
    let sequence: Int
    let key: SagaKey

    static func < (left: Place, right: Place) -> Bool { left.sequence < right.sequence }
    static func == (left: Place, right: Place) -> Bool { left.sequence == right.sequence }
  }

  private var instances = TreeDictionary<SagaKey, SagaInstance>()
  private var order = TreeDictionary<String, SortedChunks<Place>>()
  private var matches = TreeDictionary<Match, SortedChunks<Place>>()
  private var matched: [String: [String]] = [:]
  /// The tenants that have had an instance of a saga at any time.
  private var tenants: [String: Set<Workspace>] = [:]

  init() {}

  /// Declares by which properties a saga's instances are found.
  mutating func declare(saga: String, properties: [String]) { matched[saga] = properties }

  /// Declares anew by which properties a saga's instances are found.
  ///
  /// Those that are there are found by them too. O(1) when nothing has changed.
  mutating func redeclare(saga: String, properties: [String]) {
    guard matched[saga] != properties else { return }
    let all = (0..<count(of: saga)).compactMap { instance(of: saga, at: $0) }
    for instance in all { set(instance.key, from: instance, to: nil) }
    matched[saga] = properties
    for instance in all { set(instance.key, from: nil, to: instance) }
  }

  /// The properties by which a saga's instances are found.
  public func matchProperties(of saga: String) -> [String] { matched[saga] ?? [] }

  /// The instance of a key.
  public func instance(_ key: SagaKey) -> SagaInstance? { instances[key] }

  /// How many instances a saga has, ended and kept ones included.
  public func count(of saga: String) -> Int { order[saga]?.count ?? 0 }

  /// The instance that came as number `offset`, from 0, among those of its saga.
  public func instance(of saga: String, at offset: Int) -> SagaInstance? {
    guard let places = order[saga], offset >= 0, offset < places.count else { return nil }
    return instances[places[offset].key]
  }

  /// The instances of a workspace that hold a value in a property, oldest first.
  public func instances(
    of saga: String, property: String, value: JSON, in workspace: Workspace = .system
  ) -> [SagaInstance] {
    var found: [SagaInstance] = []
    let match = Match(saga: saga, workspace: workspace, property: property, value: value)
    matches[match]?.forEach { place in
      if let instance = instances[place.key] { found.append(instance) }
      return true
    }
    return found
  }

  /// The instance with an id, else the newest one with a match value that reads as the text.
  ///
  /// - Parameter workspace: Whose it is; the system's, or else any tenant's, when absent.
  public func find(
    _ saga: String, _ text: String, in workspace: Workspace? = nil
  ) -> SagaInstance? {
    if let instance = instances[SagaKey(saga, text)] { return instance }
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

  mutating func set(_ key: SagaKey, from old: SagaInstance?, to new: SagaInstance?) {
    instances[key] = new
    if old == nil, let tenant = new?.workspace, tenant.isTenant {
      tenants[key.saga, default: []].insert(tenant)
    }
    for property in matched[key.saga] ?? [] {
      let before = old?.data.object?[property]
      let after = new?.data.object?[property]
      guard before != after else { continue }
      #if PLANTED_FAULTS
        if PlantedFault.matchIndexStale.isPlanted, old != nil, new != nil { continue }
      #endif
      if let old, let before { unlink(old, property, before) }
      if let new, let after {
        let match = Match(
          saga: key.saga, workspace: new.workspace, property: property, value: after)
        matches[match, default: SortedChunks()].insert(Place(sequence: new.sequence, key: key))
      }
    }
    guard old?.sequence != new?.sequence else { return }
    if let old { order[key.saga]?.remove(Place(sequence: old.sequence, key: key)) }
    if let new {
      order[key.saga, default: SortedChunks()].insert(Place(sequence: new.sequence, key: key))
    }
  }

  private mutating func unlink(_ instance: SagaInstance, _ property: String, _ value: JSON) {
    let match = Match(
      saga: instance.key.saga, workspace: instance.workspace, property: property, value: value)
    matches[match]?.remove(Place(sequence: instance.sequence, key: instance.key))
    if matches[match]?.count == 0 { matches[match] = nil }
  }
}
