/// A read-only look at a moment: the world at the time cursor, and the record around it.
///
/// Everything on a screen is drawn from this value.
public struct MomentView: Sendable {
  /// Where in time the screen stands; always a boundary between two steps.
  public let cursor: TimeCursor
  /// All state as it was after the last entry before the cursor.
  public let world: World
  /// The whole record, including entries after the cursor.
  public let timeline: Timeline
  /// The declarations behind the recorded events.
  public let domain: Domain

  /// Creates a view of the world at a cursor, which must match.
  public init(cursor: TimeCursor, world: World, timeline: Timeline, domain: Domain) {
    self.cursor = cursor
    self.world = world
    self.timeline = timeline
    self.domain = domain
  }

  /// Whether nothing follows the cursor.
  public var isAtHead: Bool { cursor.entry == timeline.last }

  /// The name of the moment, as every pane and message writes it; O(log n).
  public var name: MomentName { timeline.name(of: cursor) }

  /// When an entry happened: for an imported event its own time, else the clock's.
  public func instant(of entry: JournalEntry) -> Instant {
    if case .imported(let position, _) = entry.kind {
      return log.createdAt(at: position) ?? entry.instant
    }
    return entry.instant
  }

  /// The time of the moment: the clock's, or after an import that of the imported event.
  public var instant: Instant {
    timeline.entry(cursor.entry).map { entry in
      if case .imported = entry.kind { instant(of: entry) } else { world.clock }
    } ?? world.clock
  }

  /// The newest log, including events after the cursor.
  public var log: EventLog { timeline.head.log }

  /// Whether an event has happened at the cursor.
  public func hasHappened(_ position: Position) -> Bool { position.number <= world.log.count }

  /// The state of an aggregate at the cursor, or at an earlier version.
  public func aggregate(
    _ key: AggregateKey, upTo version: Version? = nil
  ) -> (state: JSON, version: Version)? {
    domain.aggregate(key.type)?.state(
      of: key.id, in: world, upTo: version, workspace: key.workspace, opening: domain.upcast)
  }

  /// The aggregate that an event belongs to; `nil` for an event without one.
  public func aggregateKey(of event: Event) -> AggregateKey? {
    timeline.head.aggregateKey(of: event, in: domain)
  }

  /// The stream that a person means by a name: the system's when the domain or the log has it, else
  /// the tenant's part displayed under that name; O(streams).
  package func stream(named name: StreamName) -> StreamName {
    if name.isTenants || log.count(of: name) > 0 || domain.writtenStreams.contains(name) {
      return name
    }
    return log.streamNames.first { isSameText($0.text, name.text) } ?? name
  }

  /// The entry whose step appended an event: a command, delivery or timer.
  public func origin(of position: Position) -> (JournalIndex, JournalEntry)? {
    guard let append = timeline.appendEntry(of: position),
      let cause = timeline.entry(append)?.cause
    else { return nil }
    return timeline.entry(cause).map { (cause, $0) }
  }

  /// The deliveries of an event to the consumers it is for, in the order of delivery.
  package func deliveries(of position: Position) -> [DeliveryRow] {
    guard let event = log.event(at: position) else { return [] }
    var rows: [DeliveryRow] = timeline.deliveries(of: position).compactMap { index in
      guard let entry = timeline.entry(index),
        case .delivery(_, let consumer, let instance, let outcome) = entry.kind
      else { return nil }
      let isAhead = index > cursor.entry
      return DeliveryRow(
        consumer: consumer, entry: index, instance: instance,
        state: isAhead ? .ahead : .made(outcome))
    }
    let queue = timeline.head.queue
    for place in 0..<min(queue.count, 1_000) {
      let delivery = queue[place]
      guard delivery.position == position else { continue }
      rows.append(
        DeliveryRow(consumer: delivery.consumer, entry: nil, instance: nil, state: .queued))
    }
    let isHistory = timeline.appendEntry(of: position).flatMap { timeline.entry($0) }.map {
      if case .imported = $0.kind { true } else { false }
    }
    for consumer in domain.listeners(to: event.stream)
    where !rows.contains(where: { $0.consumer == consumer }) {
      if let drop = drop(of: position, for: consumer) {
        let state: DeliveryRow.State = drop > cursor.entry ? .ahead : .dropped
        rows.append(DeliveryRow(consumer: consumer, entry: drop, instance: nil, state: state))
        continue
      }
      let folds = consumer.kind == .view && domain.handles(consumer, event.type)
      let state: DeliveryRow.State =
        isHistory ?? false
        ? (folds ? .made(.handled) : .made(.ignored("imported as history")))
        : .made(.ignored("no handler for \(event.type)"))
      rows.append(DeliveryRow(consumer: consumer, entry: nil, instance: nil, state: state))
    }
    return rows
  }

  /// The entry in which a person dropped the delivery of an event.
  private func drop(of position: Position, for consumer: ConsumerName) -> JournalIndex? {
    guard let append = timeline.appendEntry(of: position) else { return nil }
    return timeline.effects(of: append, limit: MomentView.mostEffects).first { effect in
      timeline.entry(effect)?.kind == .acted(position, consumer, .drop)
    }
  }

  /// The most effects of an event among which a drop is looked for.
  private static let mostEffects = 64
}
