extension Engine {
  /// Takes in an event of the past: it keeps its id and time, and views fold it at once.
  ///
  /// A tenant whose part of a declared stream it came by is known from then on. When it happened
  /// later than now the clock goes on to that moment.
  mutating func take(_ event: Event, reaction: ImportReaction) -> Step {
    if let position = world.log.position(of: event.id) {
      return Step(failing: TransactionError.eventIDTaken(event.id, position))
    }
    if let problem = problem(of: event) { return Step(failing: problem) }
    let sealed: Event
    do { sealed = try registry.sealed(event) } catch {
      return Step(failing: error)
    }
    let transaction = begin()
    if event.createdAt > transaction.now {
      transaction.make(.clock(old: transaction.now, new: event.createdAt))
    }
    if let tenant = newTenant(of: event.stream) { transaction.enter(tenant) }
    let route = transaction.route(of: event.stream, event.type)
    let note = transaction.take(sealed, aggregate: route.home(of: event))
    let position = transaction.world.log.last
    transaction.currentNote = note
    transaction.handle(event)
    raiseCounter(for: event, in: transaction)
    transaction.takeNote(ofGiven: event.id)
    var problem: String?
    for number in route.consumers {
      guard let consumer = registry.consumer(number) else { continue }
      if consumer.name.kind == .view {
        problem = fold(sealed, position, into: consumer, number, transaction) ?? problem
      } else if reaction == .everybody {
        transaction.offer(position, to: number)
      }
    }
    return Step(
      entries: finish(transaction, cause: nil, isByUser: true), problem: problem)
  }

  /// What is wrong with an event that comes from outside, if anything is.
  private func problem(of event: Event) -> TransactionError? {
    if event.stream.text.isEmpty { return .emptyStream }
    if event.type.text.isEmpty { return .emptyEventType }
    if !event.createdAt.isInCommonYears {
      return .eventTimeUnlikely(event.id, event.createdAt)
    }
    let bytes = event.data.utf8.count
    return bytes > Limits.eventBytes ? .eventTooLarge(bytes: bytes) : nil
  }

  /// The tenant who must have been there for an event to come by a stream, when nobody knows it
  /// yet: the stream is not declared, but it is once the tenant's name is taken off.
  private func newTenant(of stream: StreamName) -> Workspace? {
    let text = stream.text
    guard text.utf8.contains(0x2E), !registry.names(world.logical(stream)) else { return nil }
    for dot in text.utf8.indices where text.utf8[dot] == 0x2E {
      let tenant = Workspace(String(text[..<dot]))
      if tenant.isTenant, registry.names(tenant.logical(stream)) { return tenant }
    }
    return nil
  }

  /// Folds an imported event into a view; a failure is parked and does not stop the import.
  ///
  /// A view that does not keep step, because it was paused, finds the event itself later.
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
          try consumer.reactions.handle(seen, registry.codec, transaction)
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

  /// Lets the counter for an aggregate's ids go on after an id that came from outside.
  private func raiseCounter(for event: Event, in transaction: Transaction) {
    guard let id = event.domainID?.text,
      let prefix = registry.aggregate(in: event.stream)?.idPrefix,
      id.hasPrefix("\(prefix)-"), let number = Int(id.dropFirst(prefix.utf8.count + 1)),
      // A number without room behind it is no place to go on from.
      number < Int.max / 2
    else { return }
    transaction.raiseCounter(prefix, to: number)
  }
}
