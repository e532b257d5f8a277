extension Engine {
  /// Creates an engine that continues from a world, possibly with a changed domain.
  ///
  /// Known consumers keep their numbers and continue from their positions. A new view is offered
  /// every event from the beginning; a new saga or adapter is offered only new events; new
  /// consumers are numbered after the known ones. Consumers that are no longer declared are closed,
  /// including subscriptions until they subscribe again. Costs O(consumers) when nothing has
  /// changed.
  ///
  /// - Parameters:
  ///   - nextEntry: The number of the next journal entry, one more than the last one kept.
  ///   - record: Receives the step in which groups were opened and closed, if there was one; it
  ///     belongs in the journal like any other.
  /// - Throws: ``DomainError`` when the domain declares something twice.
  public init(
    resuming world: World, _ domain: Domain, nextEntry: JournalIndex,
    options: EngineOptions = .standard, recording record: (Step) -> Void = { _ in }
  ) throws(DomainError) {
    let known = world.consumers.count
    let (numbers, fresh) = Engine.numbers(of: domain, in: world)
    let registry = try Registry(
      domain, codec: options.codec, protection: options.protection, executor: options.executor,
      numbers: numbers)
    var world = world
    for saga in domain.sagas {
      world.sagas.redeclare(saga)
    }
    world.redeclare(domain.indexes)
    self.init(
      world: world, registry: registry, nextEntry: nextEntry, observers: options.observers)
    let step = reconcile(known: known, fresh: fresh)
    if !step.isEmpty { record(step) }
  }

  /// Creates an engine that shows a world in which another one works, possibly with another
  /// declaration of the domain; it performs nothing itself.
  ///
  /// - Throws: ``DomainError`` when the domain declares something twice.
  package init(
    showing world: World, _ domain: Domain, nextEntry: JournalIndex
  ) throws(DomainError) {
    let (numbers, _) = Engine.numbers(of: domain, in: world)
    let registry = try Registry(domain, numbers: numbers)
    var world = world
    for saga in domain.sagas { world.sagas.redeclare(saga) }
    world.redeclare(domain.indexes)
    world.folds = FoldCache()
    self.init(world: world, registry: registry, nextEntry: nextEntry, observers: [])
  }

  /// Opens the groups of declared consumers, closes all others, and notes what those that continue
  /// read now.
  mutating func reconcile(known: Int, fresh: Int) -> Step {
    let hasStale = (0..<known).contains { isStale(ConsumerNumber($0), world) }
    let older = registry.domain.sagas.filter { hasOlderInstances($0, world) }
    let readsOther = (0..<known).contains { readsOtherStreams(ConsumerNumber($0), world) }
    guard hasStale || readsOther || fresh > known || !older.isEmpty else { return Step() }
    return step { [self] transaction in
      for number in 0..<known where isStale(ConsumerNumber(number), transaction.world) {
        let number = ConsumerNumber(number)
        if let consumer = registry.consumer(number) {
          reopen(consumer, transaction)
        } else if let group = transaction.world.consumers[number]?.group {
          close(group, number, transaction)
        }
      }
      for number in 0..<known where readsOtherStreams(ConsumerNumber(number), transaction.world) {
        guard let consumer = registry.consumer(ConsumerNumber(number)) else { continue }
        read(consumer, transaction)
      }
      for number in known..<max(known, fresh) {
        guard let consumer = registry.consumer(ConsumerNumber(number)) else { continue }
        openGroup(of: consumer, transaction)
      }
      for saga in older { takeOverAll(of: saga, transaction) }
      return nil
    }
  }

  /// Whether a group is open without a consumer, or closed with one.
  private func isStale(_ number: ConsumerNumber, _ world: World) -> Bool {
    guard let group = world.consumers[number]?.group, let state = world.storedGroup(group) else {
      return false
    }
    let isDeclared = registry.consumer(number) != nil
    // Another consumer may have taken over the group.
    if !isDeclared, registry.number(of: group) != nil { return false }
    return isDeclared == (state.status == .closed)
  }

  /// Whether an open group's consumer reads other streams than are noted for it.
  private func readsOtherStreams(_ number: ConsumerNumber, _ world: World) -> Bool {
    guard let consumer = registry.consumer(number),
      let state = world.storedGroup(consumer.group)
    else { return false }
    return state.status != .closed && state.streams != consumer.streams
  }

  /// Notes the streams that a group reads from now on; it continues from its position.
  private func read(_ consumer: ConsumerDefinition, _ transaction: Transaction) {
    guard let old = transaction.world.storedGroup(consumer.group),
      let position = transaction.world.group(consumer.group)?.position
    else { return }
    var new = old
    new.streams = consumer.streams
    transaction.note(.group(consumer.group, .subscribed(after: position)), parent: nil)
    transaction.make(.group(consumer.group, old: old, new: new))
  }

  private func openGroup(
    of consumer: ConsumerDefinition, _ transaction: Transaction
  ) {
    let world = transaction.world
    let start = consumer.name.kind == .view ? Position(0) : world.log.last
    let old = world.storedGroup(consumer.group)
    transaction.make(.consumer(consumer.name, consumer.group))
    go(on: consumer, from: old, GroupState(position: start), transaction)
  }

  private func reopen(_ consumer: ConsumerDefinition, _ transaction: Transaction) {
    guard let old = transaction.world.storedGroup(consumer.group) else { return }
    var new = old
    new.status = .live
    go(on: consumer, from: old, new, transaction)
  }

  private func go(
    on consumer: ConsumerDefinition, from old: GroupState?, _ state: GroupState,
    _ transaction: Transaction
  ) {
    var new = state
    new.streams = consumer.streams
    new.isInStep =
      new.lanes.isEmpty
      && Engine.nextPosition(for: consumer, after: new.position, in: transaction.world) == nil
    transaction.note(.group(consumer.group, .subscribed(after: new.position)), parent: nil)
    transaction.make(.group(consumer.group, old: old, new: new))
  }

  private func close(
    _ group: GroupName, _ number: ConsumerNumber, _ transaction: Transaction
  ) {
    guard let old = transaction.world.storedGroup(group),
      let position = transaction.world.group(group)?.position
    else { return }
    var new = old
    new.position = position
    new.isInStep = false
    new.status = .closed
    let queue = transaction.world.deliveries
    let rest = queue.without(number)
    if rest.count < queue.count { transaction.make(.requeued(old: queue, new: rest)) }
    transaction.note(.group(group, old.isEphemeral ? .deleted : .closed), parent: nil)
    transaction.make(.group(group, old: old, new: old.isEphemeral ? nil : new))
  }
}
