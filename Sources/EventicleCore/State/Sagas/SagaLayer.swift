internal import HashTreeCollections

/// What the saga instances of a world know of a store that they rest on.
struct SagaLayer: Sendable {
  let base: WorldBase
  /// The number of instances that the store has, by saga.
  let counts: [String: Int]
  /// The numbers of the store's instances that were removed, by saga.
  private(set) var gone: [String: SortedChunks<Int32>] = [:]
  /// The keys of the store's instances that were removed.
  private(set) var goneKeys = TreeSet<SagaKey>()

  init(_ base: WorldBase, counts: [String: Int]) {
    self.base = base
    self.counts = counts
  }

  /// The number of the store's instances of a saga that are still there.
  func remaining(of saga: String) -> Int {
    guard let count = counts[saga] else { return 0 }
    return count - (gone[saga]?.count ?? 0)
  }

  /// An instance is removed.
  ///
  /// - Parameter isOfStore: Whether the store has it.
  mutating func lose(_ instance: SagaInstance, isOfStore: Bool) {
    guard isOfStore else { return }
    goneKeys.insert(instance.key)
    gone[instance.key.saga, default: SortedChunks()].insert(Int32(instance.sequence))
  }

  /// An instance is there again; returns whether it is one of the store's.
  mutating func regain(_ instance: SagaInstance) -> Bool {
    let number = Int32(instance.sequence)
    guard gone[instance.key.saga]?.contains(number) ?? false else { return false }
    gone[instance.key.saga]?.remove(number)
    return true
  }
}

extension SagaInstances {
  /// Leaves all instances to a store.
  ///
  /// - Parameters:
  ///   - sizes: How instances are found, by saga.
  ///   - number: The last number given to an instance.
  mutating func rest(on layer: SagaLayer, _ sizes: [StateSizes.Saga], after number: Int) {
    self = SagaInstances()
    self.layer = Boxed(layer)
    states = SagaStates(after: number)
    for saga in sizes {
      if !saga.properties.isEmpty { matches.declare(saga.name, saga.properties) }
      if !saga.tenants.isEmpty { tenants[saga.name] = Set(saga.tenants) }
    }
  }

  /// The sagas that have or had instances or are declared, by name.
  var sizes: [StateSizes.Saga] {
    var names = Set(order.keys).union(tenants.keys).union(matches.sagas)
    if let layer { names.formUnion(layer.value.counts.keys) }
    return names.sorted { orderOfBytes($0, $1) < 0 }.map { name in
      StateSizes.Saga(
        name: name, instances: count(of: name), tenants: (tenants[name] ?? []).sorted(),
        properties: matchProperties(of: name))
    }.filter { $0.instances > 0 || !$0.tenants.isEmpty || !$0.properties.isEmpty }
  }

  /// The instance with a key that has not changed since the store had it.
  func storedInstance(_ key: SagaKey) -> SagaInstance? {
    guard let layer, layer.value.remaining(of: key.saga) > 0, !layer.value.goneKeys.contains(key)
    else { return nil }
    let base = layer.value.base
    return base.pages.instance(key, asOf: base.entry).flatMap {
      states.hasChanged($0.sequence) ? nil : $0
    }
  }

  /// The instance at an offset among those of its saga, of the store or here.
  func layeredInstance(of saga: String, at offset: Int) -> SagaInstance? {
    guard let layer else { return nil }
    let base = layer.value.base
    let isEmpty = layer.value.remaining(of: saga) == 0
    let all = LayeredOrder(
      first: isEmpty ? [] : base.pages.instances(of: saga, asOf: base.entry),
      gone: isEmpty ? SortedChunks() : layer.value.gone[saga] ?? SortedChunks(),
      added: order[saga] ?? SortedChunks(), number: { Int($0) })
    switch all.element(at: offset) {
    case .added(let number)?: return states[number]
    case .first(let number)?:
      return states.isHere(number)
        ? states[Int32(number)] : base.pages.instance(number: number, asOf: base.entry)
    case nil: return nil
    }
  }

  /// Adds the store's instances with a value to those here, in the order of their numbers.
  func withStored(
    _ found: [SagaInstance], of saga: String, _ property: String, _ value: JSON,
    _ workspace: Workspace
  ) -> [SagaInstance] {
    guard let layer, layer.value.remaining(of: saga) > 0,
      matches.properties(of: saga).contains(where: { isSameText($0.name, property) })
    else { return found }
    let base = layer.value.base
    let stored = base.pages.instances(
      of: saga, property: property, value: value, in: workspace, asOf: base.entry
    ).filter { !states.hasChanged($0.sequence) }
    return found.isEmpty
      ? stored : (stored + found).sorted { $0.sequence < $1.sequence }
  }

  /// The instances of a saga that are here.
  func instancesHere(of saga: String) -> [SagaInstance] {
    guard layer == nil else {
      return states.numbers.lazy.map { states[$0] }.filter { isSameText($0.key.saga, saga) }
    }
    return (0..<count(of: saga)).compactMap { instance(of: saga, at: $0) }
  }

  mutating func setOverBase(_ number: Int, from old: SagaInstance?, to new: SagaInstance?) {
    let wasHere = states.isHere(number)
    states.set(number, from: old, to: new)
    // One that comes from the store is found here by all its values from now on.
    matches.move(from: wasHere ? old : nil, to: new, states)
    if let new {
      if !wasHere { numbers.insert(Int32(number), under: new.key.quickHash) }
      guard old == nil else { return }
      noteTenant(of: new)
      if layer?.value.regain(new) ?? false { return }
      order[new.key.saga, default: SortedChunks()].insert(Int32(number))
    } else if let old {
      if wasHere { numbers.remove(Int32(number), under: old.key.quickHash) }
      let isAdded = order[old.key.saga]?.contains(Int32(number)) ?? false
      if isAdded { order[old.key.saga]?.remove(Int32(number)) }
      layer?.value.lose(old, isOfStore: !isAdded)
    }
  }
}
