extension Engine {
  /// Imports a past event: it keeps its id and time, and views fold it at once.
  ///
  /// Its tenant is known from then on. If it happened later than now, the clock moves forward to
  /// it. An event that is in the log already with the same content is a success without an entry;
  /// see ``Transaction/emit(_:to:)-swift.method``.
  ///
  /// - Parameters:
  ///   - origin: Where it comes from.
  ///   - isTimed: Whether the input says when it came. From another system whose clock is far ahead the
  ///     clock here follows that instead of the event.
  mutating func take(
    _ event: Event, reaction: ImportReaction, by origin: InputOrigin = .imported,
    isTimed: Bool = false
  ) -> Step {
    if let problem = problem(of: event) { return Step(failing: problem) }
    let sealed: Event
    do {
      sealed = try registry.sealed(event)
      if let position = world.log.position(of: event.id, in: event.workspace),
        let known = world.log.event(at: position)
      {
        try known.checkSame(as: sealed, at: position)
        return Step()
      }
    } catch {
      return Step(failing: error)
    }
    let transaction = begin()
    let isRemote = origin == .backend
    if event.createdAt > transaction.now, !(isRemote && isTimed) {
      transaction.make(.clock(old: transaction.now, new: event.createdAt))
    }
    transaction.know(event.workspace)
    let route = transaction.route(of: event.stream, event.type)
    // What could not be read is nothing to code that expects an event.
    let isOpaque = isRemote && OpaqueData.isOpaque(event.data)
    var aggregate = isOpaque ? nil : route.home(of: event)
    do {
      if let key = aggregate, try transaction.kept(sealed, of: key) != nil { aggregate = nil }
    } catch {
      _ = abandon(transaction, sentence(of: error), .imported)
      return Step(failing: error)
    }
    let note = transaction.take(sealed, aggregate: aggregate)
    let position = transaction.world.log.last
    transaction.currentNote = note
    transaction.handle(event)
    raiseCounter(for: event, in: transaction)
    transaction.takeNote(ofGiven: event.id)
    var problem: String?
    for number in route.consumers {
      guard let consumer = registry.consumer(number) else { continue }
      if consumer.name.kind == .view {
        if isOpaque { continue }
        problem = fold(sealed, position, into: consumer, number, transaction) ?? problem
      } else if reaction == .everybody {
        transaction.offer(position, to: number)
      } else if transaction.world.laggingGroups.contains(consumer.group) {
        // A group that finds its events itself must not find this one, which is history to it.
        transaction.make(.processed(number, position))
      }
    }
    return Step(
      finish(transaction, cause: nil, by: isRemote ? .backend : .imported), problem: problem)
  }

  /// The reason why an event cannot be imported, if there is one.
  private func problem(of event: Event) -> TransactionError? {
    if event.stream.logicalBytes.isEmpty { return .emptyStream }
    do { try event.workspace.check() } catch { return error }
    if event.type.text.isEmpty { return .emptyEventType }
    if !event.createdAt.isInCommonYears {
      return .eventTimeUnlikely(event.id, event.createdAt)
    }
    let bytes = max(event.data.utf8.count, event.additionalMembers?.utf8.count ?? 0)
    return bytes > Limits.eventBytes ? .eventTooLarge(bytes: bytes) : nil
  }

  /// Folds an imported event into a view; a failure is parked and does not stop the import.
  ///
  /// A view that is not in step, because it was paused, finds the event itself later.
  private func fold(
    _ event: Event, _ position: Position, into consumer: ConsumerDefinition,
    _ number: ConsumerNumber, _ transaction: Transaction
  ) -> String? {
    if transaction.world.laggingGroups.contains(consumer.group) { return nil }
    do {
      var outcome = StepOutcome.ignored("an upcaster drops it")
      if let seen = try registry.seen(event, by: consumer) {
        transaction.handled = seen
        try transaction.attempt {
          try registry.react(consumer, to: seen, transaction)
        }
        outcome = .handled
      }
      transaction.make(.tallied(number, outcome.tally))
      return nil
    } catch {
      let reason = sentence(of: error)
      let note = transaction.note(
        .delivery(position, consumer.name, instance: nil, .failed(reason)),
        parent: transaction.currentNote)
      let delivery = Delivery(
        position: position, consumer: consumer.name, cause: transaction.entry(of: note))
      let parked = Parked(
        number: transaction.nextNumber(.parked), work: .delivery(delivery, instance: nil),
        reason: reason, parkedAt: transaction.now, entry: transaction.entry(of: note))
      transaction.make(.parked(parked.number, old: nil, new: parked))
      transaction.make(.tallied(number, .failed))
      return reason
    }
  }

  /// Moves the counter of an aggregate's ids past an imported id.
  private func raiseCounter(for event: Event, in transaction: Transaction) {
    guard let id = event.domainID?.text,
      let prefix = registry.aggregate(in: event.stream)?.idPrefix,
      id.hasPrefix("\(prefix)-"), let number = Int(id.dropFirst(prefix.utf8.count + 1)),
      // Numbers near the maximum are ignored, because the counter could not go on from them.
      number < Int.max / 2
    else { return }
    transaction.raiseCounter(event.workspace.ownName(of: prefix), to: number)
  }
}
