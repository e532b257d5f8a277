internal import HashTreeCollections

/// A step as a store in memory keeps it.
struct MemoryStep: Sendable {
  let first: JournalIndex
  let bytes: [UInt8]
  /// The number of events in the log before it.
  let logged: Int
  /// The number of events kept without being published before it.
  let kept: Int
}

/// Where a store in memory finds the events that are in its steps.
struct MemoryLogIndex: Sendable {
  /// What is known of an event in the log besides what its step says.
  struct Row: Sendable {
    let step: Int32
    let kind: Int32
    let place: Int32
    let cause: Int32
  }

  /// The history of one aggregate.
  struct History: Sendable {
    let key: AggregateKey
    var entries = PersistentArray<Int32>()
  }

  private(set) var rows = PersistentArray<Row>()
  private(set) var kinds = EventKinds()
  /// For each event kept without being published: its step, and the number of events in the log.
  private(set) var kept = PersistentArray<(step: Int32, logCount: Int32)>()
  private(set) var streams = TreeDictionary<StreamName, PersistentArray<Int32>>()
  private(set) var ids = TreeDictionary<EventID, PersistentArray<Int32>>()
  private(set) var histories = PersistentArray<History>()
  private(set) var numbers = TreeDictionary<AggregateKey, Int>()
  /// The numbers of the aggregates of each stored type in the order of their first events.
  private(set) var types = TreeDictionary<TextKey, PersistentArray<Int32>>()

  /// The number of events in the log.
  var count: Int { rows.count }

  /// The number of events kept without being published.
  var keptCount: Int { kept.count }

  /// Adds the events of a step.
  mutating func append(_ step: StoredStep, number: Int) {
    for part in step.parts {
      for event in part.events {
        switch event {
        case .logged(let event, let key, by: _):
          append(event, Int32(number))
          if let key { append(Int32(count), to: key) }
        case .kept(_, let key):
          kept.append((Int32(number), Int32(count)))
          append(-Int32(keptCount), to: key)
        }
      }
    }
  }

  private mutating func append(_ event: Event, _ step: Int32) {
    let position = Int32(count + 1)
    let causes = event.causedByID.flatMap { ids[$0] }.map { Array($0) } ?? []
    let cause = causes.last { stream(at: Int($0)).isBeside(event.stream) } ?? causes.last ?? 0
    streams[event.stream, default: PersistentArray()].append(position)
    ids[event.id, default: PersistentArray()].append(position)
    rows.append(
      Row(
        step: step,
        kind: kinds.number(of: event.type, event.stream, event.source, at: Int(position)),
        place: Int32(streams[event.stream]?.count ?? 0), cause: cause))
  }

  private mutating func append(_ entry: Int32, to key: AggregateKey) {
    let number = numbers[key] ?? histories.count
    if number == histories.count {
      numbers[key] = number
      histories.append(History(key: key))
      types[TextKey(text: key.storedType), default: PersistentArray()].append(Int32(number))
    }
    histories[number].entries.append(entry)
  }

  private func stream(at position: Int) -> StreamName {
    kinds[rows[position - 1].kind].pointee.stream
  }

  /// The position and type of the cause of the event at a position, if it is in the log.
  func cause(of position: Int) -> (position: Int, type: EventType)? {
    let cause = Int(rows[position - 1].cause)
    return cause > 0 ? (cause, kinds[rows[cause - 1].kind].pointee.type) : nil
  }
}
