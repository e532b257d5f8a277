extension Engine {
  /// Folds a view's events again outside the live world and compares the resulting rows with the
  /// live ones, in all types and workspaces that the view writes.
  ///
  /// It folds the events that are still handed out, up to the view's position, and those behind it
  /// that a person had delivered before their turn or dropped; what was delayed counts once it is
  /// made. A dropped delivery therefore shows as a difference. Other records and aggregates are read
  /// as they are now; the world does not change and no other handler runs. Rows with generated ids
  /// get different ids and therefore appear as new.
  ///
  /// - Throws: ``EngineError/unknownView(_:known:)``.
  /// - Complexity: O(events of the view · log n + its rows).
  public func rebuild(_ view: String) throws -> ViewComparison {
    let name = ConsumerName(.view, view)
    guard let number = world.consumers.number(of: name), let consumer = registry.consumer(number)
    else { throw EngineError.unknownView(view, known: domain.views.map(\.name)) }
    let tables = world.tables(of: view)
    var sandbox = sandbox(for: view, without: tables)
    let end = reach(of: consumer, number)
    let acts = world.storedGroup(consumer.group) ?? GroupState(position: end)
    let last = max(end, acts.passedOver.last ?? end)
    var failures: [ViewComparison.Failure] = []
    var (position, events) = (Position(0), 0)
    let transaction = Transaction(taking: &sandbox, services: registry, firstEntry: nextEntry)
    while let next = Engine.nextPosition(for: consumer, after: position, in: world, all: true),
      next <= last
    {
      position = next
      guard acts.hasBeenOffered(next, upTo: end) else { continue }
      events += 1
      if let reason = fold(position, into: consumer, transaction) {
        failures.append(ViewComparison.Failure(position: position, reason: reason))
      }
    }
    _ = transaction.commit(to: &sandbox)
    let all = tables + sandbox.tables(of: view).filter { !tables.contains($0) }
    return ViewComparison(
      view: view, position: end, events: events, unseen: unseen(by: view),
      rows: compare(all, sandbox), shared: shared(all, of: view, known: tables),
      failures: failures)
  }

  /// The live world without the rows of some tables; its random ids differ from the live ones.
  private func sandbox(for view: String, without tables: [TableName]) -> World {
    var sandbox = world
    sandbox.deliveries = DeliveryQueue()
    sandbox.ids = IDSource(seed: ValueHash.number(of: view, from: UInt64(world.log.count)))
    for row in world.rows(of: tables) {
      sandbox.apply(.record(row.key, old: row, new: nil))
    }
    return sandbox
  }

  /// The last event that a consumer has been offered; O(waiting deliveries).
  private func reach(of consumer: ConsumerDefinition, _ number: ConsumerNumber) -> Position {
    guard let state = world.storedGroup(consumer.group) else { return world.log.last }
    guard state.isInStep else { return state.position }
    let queue = world.deliveries
    let first = (0..<queue.count).first { queue[$0].consumer == number }
    return first.map { Position(queue[$0].position.number - 1) } ?? world.log.last
  }

  /// Folds one event in the sandbox.
  ///
  /// - Returns: The reason for a failure; `nil` on success.
  private func fold(
    _ position: Position, into consumer: ConsumerDefinition, _ transaction: Transaction
  ) -> String? {
    guard let event = world.log.event(at: position) else { return nil }
    transaction.world.clock = event.createdAt
    var problem: String?
    do {
      if let seen = try registry.seen(event, by: consumer) {
        transaction.handle(seen)
        try transaction.attempt {
          try registry.react(consumer, to: seen, transaction)
        }
      }
    } catch {
      problem = sentence(of: error)
    }
    transaction.forgetChanges()
    // Events that the view emits are in the live log already and must not be in the sandbox.
    if transaction.world.log.count > world.log.count {
      (transaction.world.log, transaction.world.histories) = (world.log, world.histories)
      transaction.world.deliveries = DeliveryQueue()
    }
    return problem
  }

  private func compare(_ tables: [TableName], _ sandbox: World) -> ViewComparison.Rows {
    var found = ViewComparison.Rows()
    for row in world.rows(of: tables) {
      let other = sandbox.record(row.key)?.content
      if let other, other.means(row.content) {
        found.equal += 1
      } else {
        let difference = ViewComparison.Row(key: row.key, live: row.content, rebuilt: other)
        if other == nil {
          found.extra.append(difference)
        } else {
          found.differing.append(difference)
        }
      }
    }
    found.missing = sandbox.rows(of: tables).filter { world.record($0.key) == nil }.map {
      ViewComparison.Row(key: $0.key, live: nil, rebuilt: $0.content)
    }
    return found
  }

  /// The tables of a view whose rows cannot be replaced, because some of them are not its own.
  ///
  /// - Parameter known: The tables that it has written to so far.
  private func shared(
    _ tables: [TableName], of view: String, known: [TableName]
  ) -> [ViewComparison.SharedRows] {
    tables.compactMap { table in
      var others = world.viewTables.views(of: table).filter { !isSameText($0, view) }
      if !isSameText(table.type, view), domain.view(table.type) != nil,
        !others.contains(where: { isSameText($0, table.type) })
      {
        others.append(table.type)
      }
      let isStrange =
        !known.contains(table) && world.recordCount(of: table.type, in: table.workspace) > 0
      guard !others.isEmpty || isStrange else { return nil }
      return ViewComparison.SharedRows(
        type: table.type, workspace: table.workspace, views: others)
    }
  }

  /// The number of a view's events that are no longer handed out; O(that number).
  private func unseen(by view: String) -> Int {
    guard let number = world.consumers.number(of: ConsumerName(.view, view)),
      let consumer = registry.consumer(number)
    else { return 0 }
    var count = 0
    for stream in world.log.streamNames
    where world.trimmed(stream).number > 0 && consumer.listens(to: stream) {
      for place in 1...world.trimmed(stream).number {
        let found = world.log.position(of: stream, at: StreamPosition(place))
        if found.flatMap({ world.log.type(at: $0) }).map({ consumer.handles($0) }) ?? false {
          count += 1
        }
      }
    }
    return count
  }
}
