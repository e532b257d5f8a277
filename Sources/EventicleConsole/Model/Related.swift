import EventicleCore
import EventicleWorkbench

/// What a tail row relates to: its aggregate, its saga, its cause, its effects.
enum Related {
  /// The subjects of a row that panes can show.
  static func subjects(of entry: JournalIndex, _ moment: MomentView) -> [PaneSubject] {
    [
      aggregate(of: entry, moment).map { .aggregate($0) },
      saga(of: entry, moment).map { .saga($0) },
    ].compactMap { $0 }
  }

  /// The line that sets a stop on what the selected row is about, or removes the one that is there.
  static func stopLine(_ model: Model) -> String? {
    guard let entry = model.selectedEntry, let kind = model.shown.timeline.entry(entry)?.kind,
      let selector = selector(of: kind, model.shown)
    else { return nil }
    let known = model.stops.all.first { $0.stop == Stop(selector) }
    return known.map { "stop remove \($0.number)" } ?? "stop \(selector)"
  }

  /// The line that asks what changed the thing in the focused pane; of the aggregate in State from
  /// any other pane.
  static func whyLine(_ model: Model) -> String? {
    func line(_ name: String, _ key: String) -> String {
      "why \(Quoting.word(name))/\(Quoting.word(key))"
    }
    switch model.focus {
    case .saga:
      guard case .instance(let key) = model.saga.subject else { return nil }
      let name = model.shown.timeline.head.sagas.instance(key)?.correlation ?? key.instanceID
      return line(key.saga, name)
    case .views:
      guard case .row(let key) = model.panes[ViewsPane.self].subject else { return nil }
      return line(key.type, key.id)
    default:
      guard case .instance(let key) = model.panes[StatePane.self].subject else { return nil }
      return line(key.type, key.id.text)
    }
  }

  private static func selector(of kind: JournalEntry.Kind, _ moment: MomentView) -> Selector? {
    switch kind {
    case .append(_, let type), .imported(_, let type): return Selector(.event, type.text)
    case .timerFired(let key, _, _):
      return Selector(.timer, key.owner.saga, id: "*", timer: key.name)
    case .command: return Selector(.refusal)
    case .delivery: return Selector(.failure)
    default:
      return kind.position.flatMap { moment.log.type(at: $0) }.map { Selector(.event, $0.text) }
    }
  }

  /// The aggregate of a row.
  static func aggregate(of entry: JournalIndex, _ moment: MomentView) -> AggregateKey? {
    guard let position = moment.timeline.entry(entry)?.kind.position,
      let event = moment.log.event(at: position)
    else { return nil }
    return moment.aggregateKey(of: event)
  }

  /// The saga instance of a row: the one that handled it, else the one that caused it, else one
  /// that follows the event's aggregate; the row's causes are searched in turn until one is found.
  static func saga(of entry: JournalIndex, _ moment: MomentView) -> SagaKey? {
    guard let kind = moment.timeline.entry(entry)?.kind else { return nil }
    if case .timerFired(let key, _, _) = kind { return key.owner }
    var next = kind.position
    for _ in 0..<8 {
      guard let position = next, let event = moment.log.event(at: position) else { return nil }
      if let key = handler(of: position, moment) ?? follower(of: event, moment) { return key }
      next = moment.log.position(ofCauseOf: event)
    }
    return nil
  }

  private static func handler(of position: Position, _ moment: MomentView) -> SagaKey? {
    for index in moment.timeline.deliveries(of: position) {
      if case .delivery(_, let consumer, let instance?, _) = moment.timeline.entry(index)?.kind {
        return SagaKey(consumer.name, instance)
      }
    }
    guard let append = moment.timeline.appendEntry(of: position) else { return nil }
    var cause = moment.timeline.entry(append)?.cause
    for _ in 0..<8 {
      guard let index = cause, let entry = moment.timeline.entry(index) else { return nil }
      switch entry.kind {
      case .timerFired(let key, _, _): return key.owner
      case .delivery(_, let consumer, let instance?, _): return SagaKey(consumer.name, instance)
      default: cause = entry.cause
      }
    }
    return nil
  }

  private static func follower(of event: Event, _ moment: MomentView) -> SagaKey? {
    guard let id = event.domainID?.text else { return nil }
    for saga in moment.domain.sagas {
      if let instance = moment.timeline.head.sagas.find(
        saga.name, id, in: event.workspace)
      {
        return instance.key
      }
    }
    return nil
  }

  // MARK: - Rows

  /// The row that caused the selected one.
  static func cause(_ model: Model) -> JournalIndex? {
    guard let entry = model.selectedEntry else { return nil }
    if let position = model.selectedPosition, let event = model.shown.log.event(at: position),
      let cause = model.shown.log.position(ofCauseOf: event)
    {
      return model.shown.timeline.appendEntry(of: cause)
    }
    var cause = model.shown.timeline.entry(entry)?.cause
    while let index = cause, let known = model.shown.timeline.entry(index) {
      if let row = model.tail.index(of: index), model.tail.row(row) == .entry(index) {
        return index
      }
      cause = known.cause
    }
    return nil
  }

  static func effect(_ model: Model) -> JournalIndex? {
    guard let position = model.selectedPosition else { return nil }
    return model.shown.timeline.effects(of: position, limit: 1).first
      .flatMap { model.shown.timeline.appendEntry(of: $0) }
  }

  /// The first view that handles the selected event.
  static func view(_ model: Model) -> String? {
    guard let position = model.selectedPosition,
      let event = model.shown.log.event(at: position)
    else { return nil }
    return model.shown.domain.listeners(to: event.stream)
      .first { $0.kind == .view && model.shown.domain.handles($0, event.type) }?.name
  }

  /// The entry of the next trouble; after the last one comes the first.
  static func trouble(_ model: Model) -> JournalIndex? {
    model.tail.rows.marks.trouble(after: model.selectedEntry ?? JournalIndex(0))
  }
}
