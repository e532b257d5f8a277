package import EventicleCore

/// Finds the conversation of a journal entry: up its causes to the root, then down all effects.
///
/// What it costs depends on the conversation alone, however long the history is.
package struct ConversationReader {
  private let moment: MomentView
  private let timeline: Timeline
  /// The entries before this one are read from a store.
  private let resident: Int
  /// The most nodes held.
  private let most: Int
  /// The most entries looked at besides them, to say how many there are.
  private let counting: Int

  /// How many entries that are left out a screen counts.
  package static let counted = 10_000

  /// Creates a reader of the whole record around a moment.
  ///
  /// - Parameters:
  ///   - most: The most nodes held.
  ///   - counting: The most entries looked at besides them, to say how many are left out.
  package init(
    _ moment: MomentView, most: Int = Limits.conversation,
    counting: Int = ConversationReader.counted
  ) {
    self.moment = moment
    self.most = max(1, most)
    self.counting = max(0, counting)
    timeline = moment.timeline
    resident = timeline.count - timeline.residentCount
  }

  /// The conversation of an entry; `nil` for one that is not in the journal, and when the work was
  /// ended.
  ///
  /// The entry is always in it. Of a conversation that is too long the nodes are those that came
  /// first, from the root on if that reaches the entry, else from a nearer cause on.
  ///
  /// - Parameter goesOn: Called with the number of entries looked at; `false` ends the work.
  package func conversation(
    around subject: JournalIndex, goesOn: (Int) -> Bool = { _ in true }
  ) -> Conversation? {
    guard timeline.entry(subject) != nil else { return nil }
    let (chain, isWhole) = causes(of: subject)
    var reach = chain.count - 1
    while true {
      guard let found = collect(from: chain[reach], goesOn) else { return nil }
      if found.entries[subject] != nil {
        return tree(found, chain: chain, reach: reach, isWhole: isWhole)
      }
      reach = reach > 8 ? reach / 8 : 0
    }
  }

  // MARK: - Causes

  /// The entry and its causes, the nearest first, and whether the last one is the root.
  private func causes(of subject: JournalIndex) -> (chain: [JournalIndex], isWhole: Bool) {
    var chain = [subject]
    while let next = cause(of: chain[chain.count - 1]) {
      guard chain.count < max(most, counting) else { return (chain, false) }
      chain.append(next)
    }
    return (chain, true)
  }

  /// The cause of an entry: as the journal has it, else as an event names it.
  private func cause(of index: JournalIndex) -> JournalIndex? {
    guard let entry = timeline.entry(index) else { return nil }
    var cause = entry.cause
    if cause == nil, let position = entry.kind.appended {
      cause = moment.log.event(at: position).flatMap { moment.log.position(ofCauseOf: $0) }
        .flatMap { timeline.appendEntry(of: $0) }
    }
    guard let cause, cause < index, timeline.entry(cause) != nil else { return nil }
    return cause
  }

  /// The id of a cause that the log does not contain.
  private func missingCause(of entry: JournalEntry) -> String? {
    guard let position = entry.kind.appended, let event = moment.log.event(at: position),
      let id = event.causedByID, moment.log.position(ofCauseOf: event) == nil
    else { return nil }
    return id.text
  }

  // MARK: - Effects

  /// The entries that were found below one, each with the entry that led there.
  private struct Found {
    var entries: [JournalIndex: (entry: JournalEntry, parent: JournalIndex?)] = [:]
    /// The same in the order of the journal.
    var order: [JournalIndex] = []
    var more = 0
    var isCounted = true
  }

  /// The first entries of what one set off, in the order of the journal; `nil` when the work was
  /// ended.
  private func collect(from root: JournalIndex, _ goesOn: (Int) -> Bool) -> Found? {
    var found = Found()
    var waiting = IndexHeap()
    var parents: [JournalIndex: JournalIndex] = [:]
    waiting.insert(root)
    var looked = 0
    while let index = waiting.takeEarliest() {
      looked += 1
      guard goesOn(looked) else { return nil }
      guard let entry = timeline.entry(index) else { continue }
      let parent = parents.removeValue(forKey: index)
      if found.order.count < most {
        found.entries[index] = (entry, parent)
        found.order.append(index)
      } else {
        found.more += 1
      }
      let left = most - found.order.count + counting - found.more
      guard left > 0 else {
        found.more += waiting.count
        found.isCounted = waiting.count == 0 && effects(of: index, entry, limit: 1).isEmpty
        break
      }
      for effect in effects(of: index, entry, limit: left + 1)
      where parents[effect] == nil && found.entries[effect] == nil {
        parents[effect] = index
        waiting.insert(effect)
      }
    }
    return found
  }

  /// What an entry caused, by the journal or by what an event names, in order.
  private func effects(
    of index: JournalIndex, _ entry: JournalEntry, limit: Int
  ) -> [JournalIndex] {
    var effects = timeline.effects(of: index, limit: limit)
    guard let position = entry.kind.appended else { return effects }
    for effect in timeline.effects(of: position, limit: limit) {
      guard effects.count < limit else { break }
      guard let append = timeline.appendEntry(of: effect), append > index,
        isLinkedByEventAlone(append)
      else { continue }
      effects.append(append)
    }
    return effects
  }

  /// Whether only the event names its cause, not its journal entry.
  private func isLinkedByEventAlone(_ index: JournalIndex) -> Bool {
    let entry = timeline.entry(index)
    if case .imported = entry?.kind { return true }
    return entry?.cause == nil
  }

  // MARK: - The tree

  private func tree(
    _ found: Found, chain: [JournalIndex], reach: Int, isWhole: Bool
  ) -> Conversation {
    var children: [JournalIndex: [JournalIndex]] = [:]
    for index in found.order {
      guard let parent = found.entries[index]?.parent else { continue }
      children[parent, default: []].append(index)
    }
    var nodes: [Conversation.Node] = []
    nodes.reserveCapacity(found.order.count)
    var waiting: [(index: JournalIndex, depth: Int, parent: Int?, isLast: Bool)] = [
      (chain[reach], 0, nil, true)
    ]
    while let next = waiting.popLast() {
      guard let entry = found.entries[next.index]?.entry else { continue }
      let place = nodes.count
      nodes.append(
        Conversation.Node(
          index: next.index, kind: entry.kind, cause: cause(of: next.index),
          instant: moment.instant(of: entry), origin: entry.origin, depth: next.depth,
          parent: next.parent, isLast: next.isLast, state: state(of: next.index, entry)))
      let effects = children[next.index] ?? []
      for effect in effects.reversed() {
        waiting.append((effect, next.depth + 1, place, effect == effects.last))
      }
    }
    let above = chain.count - 1 - reach
    let missing =
      above > 0 ? nil : found.entries[chain[reach]].flatMap { missingCause(of: $0.entry) }
    return Conversation(
      nodes: nodes, above: above, top: chain[chain.count - 1], more: found.more,
      isCounted: found.isCounted && isWhole, missingCause: missing, entries: timeline.count)
  }

  /// The state to which a step of a saga led, if it led to another one.
  private func state(of index: JournalIndex, _ entry: JournalEntry) -> String? {
    let key: SagaKey
    switch entry.kind {
    case .delivery(_, let consumer, let instance?, .handled),
      .delivery(_, let consumer, let instance?, .started):
      key = SagaKey(consumer.name, instance)
    case .timerFired(let timer, _, .handled): key = timer.owner
    default: return nil
    }
    // What a step that is not resident replaced would have to be found anew.
    guard entry.stepStart.number > resident else { return nil }
    let reader = StepReader(moment)
    guard let change = reader.sagaChange(of: key, in: entry) else { return nil }
    let new = StepReader.status(change.new)
    return new == StepReader.status(change.old) ? nil : new
  }
}

extension JournalEntry.Kind {
  /// The event that an entry put into the log.
  var appended: Position? {
    switch self {
    case .append(let position, _), .imported(let position, _): position
    default: nil
    }
  }
}
