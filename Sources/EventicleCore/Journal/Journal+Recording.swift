extension Journal {
  /// Adds a step with its input; nothing for one without entries.
  ///
  /// - Parameter isOpen: Whether the events of the step rest in the log as they were given, so that
  ///   the input need not keep them.
  mutating func append(
    _ step: StepEntries, of action: InputAction, by origin: InputOrigin,
    at instant: Instant?, isOpen: Bool
  ) {
    let before = parts.count
    switch step {
    case .list(let entries): for entry in entries { append(entry) }
    case .made(let step): append(step)
    }
    guard parts.count > before else { return }
    let input = PackedInput(action, by: origin, at: instant, step, isOpen: isOpen) {
      inputs.append(RecordedInput(action, by: origin, at: instant))
      return inputs.count - 1
    }
    steps.append(StepRow(lastPart: Int32(parts.count - 1), input: input))
  }

  @inline(__always)
  private mutating func append(_ step: MadeStep) {
    let (instant, origin) = (step.head.instant, step.head.origin)
    switch step.body {
    case .one(let kind):
      appendPart(step.head.changes, count: 1, kind, at: instant)
      append(kind, cause: step.head.cause, origin: origin, at: instant)
    case .notes(let notes):
      guard let first = notes.first?.kind else { return }
      appendPart(step.head.changes, count: notes.count, first, at: instant)
      notes.withUnsafeBufferPointer { notes in
        guard let start = notes.baseAddress else { return }
        for index in notes.indices {
          let parent = start[index].parent
          append(
            start[index].kind, cause: step.cause(parent), origin: parent == nil ? origin : nil,
            at: instant)
        }
      }
    case .appended(let events, let first):
      appendPart(step.head.changes, count: events.count, .append(first, ""), at: instant)
      for index in events.indices {
        rows.append(
          Row(
            instant: instant.milliseconds, cause: 0, part: Int32(parts.count - 1),
            first: Int32(first.number + index), second: -1, consumer: 0, tag: .append,
            origin: origin.rawValue))
      }
    }
  }

  /// Adds the next entry; the first one of a part also carries the part's changes.
  private mutating func append(_ entry: JournalEntry) {
    if entry.stepCount > 0 {
      appendPart(entry.changes, count: entry.stepCount, entry.kind, at: entry.instant)
    }
    append(entry.kind, cause: entry.cause, origin: entry.origin, at: entry.instant)
  }

  @inline(__always)
  private mutating func append(
    _ kind: JournalEntry.Kind, cause: JournalIndex?, origin: InputOrigin?, at instant: Instant
  ) {
    var row = Row(
      instant: instant.milliseconds, cause: Int32(cause?.number ?? 0),
      part: Int32(parts.count - 1), first: 0, second: -1, consumer: 0, tag: .other,
      origin: origin?.rawValue ?? Journal.noOrigin)
    switch kind {
    case .append(let position, _):
      row.tag = .append
      row.first = Int32(position.number)
    case .imported(let position, _):
      row.tag = .imported
      row.first = Int32(position.number)
    case .delivery(let position, let consumer, let instance, let outcome):
      row.tag = .delivery
      row.first = Int32(position.number)
      row.consumer = number(of: consumer)
      if instance != nil || outcome != .handled {
        row.second = Int32(details.count)
        details.append(Detail(instance: instance, outcome: outcome))
      }
    default:
      row.first = Int32(kinds.count)
      kinds.append(kind)
    }
    rows.append(row)
  }

  /// Adds a part whose entries follow.
  ///
  /// - Parameters:
  ///   - first: What its first entry says.
  ///   - instant: The instant of that entry.
  @inline(__always)
  private mutating func appendPart(
    _ changes: StepChanges, count: Int, _ first: JournalEntry.Kind, at instant: Instant
  ) {
    let (form, clock) = packed(changes, count: count, first, at: instant)
    parts.append(
      Part(
        start: Int32(rows.count + 1), count: Int32(count), appended: Int32(changes.appended),
        kept: Int32(changes.kept), draws: Int32(changes.draws), changes: form, clock: clock,
        step: Int32(steps.count)))
  }

  /// The form of a part's changes, a list where its entries do not say them, and by how much its
  /// clock moved.
  @inline(__always)
  private mutating func packed(
    _ changes: StepChanges, count: Int, _ first: JournalEntry.Kind, at instant: Instant
  ) -> (ChangesForm, clock: Int32) {
    var clock: Int32 = 0
    if let move = changes.clock {
      let moved = move.new.milliseconds - move.old.milliseconds
      guard move.new == instant, moved > 0, moved <= Int64(Int32.max) else {
        return (list(changes.others), 0)
      }
      clock = Int32(moved)
    }
    switch (changes.form, first) {
    case (.list(let all), _):
      guard !all.isEmpty else { return (.none, clock) }
      return (list(clock == 0 ? all : changes.others), 0)
    case (.handled(let delivery), .delivery(let position, _, _, _))
    where count == 1 && delivery.position == position:
      return (.handled(delivery.consumer), clock)
    case (.offered(let events), .append(let position, _))
    where position.number == Int(events.first) && Int(events.count) == changes.appended:
      return (.offered(index(of: events.consumers)), clock)
    default: return (list(changes.others), 0)
    }
  }

  private mutating func list(_ changes: [Change]) -> ChangesForm {
    others.append(changes)
    return .list(others.count - 1)
  }

  /// The index of a list of consumers; there are as many as there are routes.
  private mutating func index(of consumers: [ConsumerNumber]) -> Int {
    if let index = offers.lastIndex(of: consumers) { return index }
    offers.append(consumers)
    return offers.count - 1
  }

  private mutating func number(of consumer: ConsumerName) -> Int32 {
    // The deliveries of an event follow each other in the order of its consumers.
    let next = lastConsumer + 1 < consumers.count ? lastConsumer + 1 : 0
    if next < consumers.count, isSame(consumers[next], consumer) {
      lastConsumer = next
    } else if lastConsumer >= consumers.count || !isSame(consumers[lastConsumer], consumer) {
      lastConsumer = consumers.firstIndex { isSame($0, consumer) } ?? consumers.count
      if lastConsumer == consumers.count { consumers.append(consumer) }
    }
    return Int32(lastConsumer)
  }

  @inline(__always)
  private func isSame(_ left: ConsumerName, _ right: ConsumerName) -> Bool {
    left.kind == right.kind && isSameText(left.name, right.name)
  }
}
