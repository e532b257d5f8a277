internal import HashTreeCollections

/// The numbers of saga instances, in order, by the values that events match.
///
/// A value that only one instance has, as nearly all do, costs twelve bytes: the number under the
/// hash of the value, verified against the instance's data.
struct SagaMatches: Sendable {
  /// The subject of a match: one property of the instances of one saga in one workspace.
  private struct Match: Hashable, Sendable {
    let property: Int32
    let workspace: Workspace
    let value: JSON
  }

  /// The properties by which events find the instances of one saga.
  struct Declared: Sendable {
    let saga: String
    var properties: [Property]
  }

  /// One property by which events find the instances of one saga.
  struct Property: Sendable {
    let number: Int32
    let name: String
  }

  /// The instances found for a value.
  enum Found: Sendable {
    case none
    case one(Int32)
    case many(SortedChunks<Int32>)

    /// Calls the body with the numbers, in order, until it returns `false`.
    @inline(__always)
    func forEach(_ body: (Int32) -> Bool) {
      switch self {
      case .none: return
      case .one(let number): _ = body(number)
      case .many(let all): all.forEach(body)
      }
    }
  }

  private var single = HashIndex()
  private var shared = TreeDictionary<Match, SortedChunks<Int32>>()
  private var declared: [Declared] = []
  private var propertyCount: Int32 = 0

  /// Declares the properties by which events find a saga's instances.
  mutating func declare(_ saga: String, _ names: [String]) {
    let properties = names.map { name in
      propertyCount += 1
      return Property(number: propertyCount, name: name)
    }
    if let place = declared.firstIndex(where: { isSameText($0.saga, saga) }) {
      declared[place].properties = properties
    } else {
      declared.append(Declared(saga: saga, properties: properties))
    }
  }

  /// The sagas with declared properties.
  var sagas: [String] { declared.map(\.saga) }

  /// The properties by which events find a saga's instances.
  @inline(__always)
  func properties(of saga: String) -> [Property] {
    for entry in declared where isSameText(entry.saga, saga) { return entry.properties }
    return []
  }

  /// The instances of a workspace that have a value in a property.
  ///
  /// - Parameter states: The current states of the instances.
  func find(
    _ property: Property, _ value: JSON, _ workspace: Workspace, _ states: borrowing SagaStates
  ) -> Found {
    let hash = Self.hash(property, value, workspace)
    let number = single.last(under: hash) { number in
      states.holds(number, value, in: property.name, workspace)
    }
    if let number { return .one(number) }
    if shared.isEmpty { return .none }
    let match = Match(property: property.number, workspace: workspace, value: value)
    return shared[match].map { .many($0) } ?? .none
  }

  private static func hash(_ property: Property, _ value: JSON, _ workspace: Workspace) -> UInt32 {
    let start = UInt64(UInt32(bitPattern: property.number))
    let place = workspace == .system ? start : QuickHash.text(workspace.text, after: start)
    return UInt32(truncatingIfNeeded: value.quickHash(after: place) >> 32)
  }

  /// Updates the values by which an instance is found.
  ///
  /// - Parameter states: The current states of the instances.
  mutating func move(
    from old: SagaInstance?, to new: SagaInstance?, _ states: borrowing SagaStates
  ) {
    guard let saga = (new ?? old)?.key.saga else { return }
    for property in properties(of: saga) {
      let before = old?.data.object?[property.name]
      let after = new?.data.object?[property.name]
      guard before != after else { continue }
      if let old, let before { unlink(old, property, before) }
      if let new, let after { link(new, property, after, states) }
    }
  }

  private mutating func link(
    _ instance: SagaInstance, _ property: Property, _ value: JSON,
    _ states: borrowing SagaStates
  ) {
    let number = Int32(instance.sequence)
    let hash = Self.hash(property, value, instance.workspace)
    let match = Match(property: property.number, workspace: instance.workspace, value: value)
    switch find(property, value, instance.workspace, states) {
    case .none: single.insert(number, under: hash)
    case .one(let other):
      var all = SortedChunks<Int32>()
      all.insert(other)
      all.insert(number)
      single.remove(other, under: hash)
      shared[match] = all
    case .many(var all):
      shared[match] = nil
      all.insert(number)
      shared[match] = all
    }
  }

  private mutating func unlink(_ instance: SagaInstance, _ property: Property, _ value: JSON) {
    let number = Int32(instance.sequence)
    let hash = Self.hash(property, value, instance.workspace)
    let match = Match(property: property.number, workspace: instance.workspace, value: value)
    guard !shared.isEmpty, var all = shared[match] else {
      single.remove(number, under: hash)
      return
    }
    shared[match] = nil
    all.remove(number)
    if all.count > 1 {
      shared[match] = all
    } else if let last = all.first {
      single.insert(last, under: hash)
    }
  }
}
