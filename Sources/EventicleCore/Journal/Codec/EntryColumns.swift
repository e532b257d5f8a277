/// What a journal entry says, as columns that a person can read, for stores that keep tables.
///
/// What no column has is in ``detail``, written as ``StepCodec`` writes it.
package struct EntryColumns: Sendable, Hashable {
  /// The kind of entry; the numbers are those of ``StepCodec``.
  package var tag: UInt8
  /// The event that it is about.
  package var position: Int?
  /// The consumer that was offered the event.
  package var consumer: ConsumerName?
  /// The saga or other owner whose timer or instance it is about.
  package var saga: String?
  /// The id of the saga instance.
  package var instance: String?
  /// The type of the event or command, or the name of the timer, group or stream.
  package var name: String?
  /// The data of a command, in the bytes that it had.
  package var data: JSONBytes?
  /// How it ended; the numbers are the tags of ``StepCodec``.
  package var outcome: UInt8?
  /// Why it ended so, as a sentence.
  package var reason: String?
  /// The rest; `nil` when there is none.
  package var detail: [UInt8]?

  /// Whether it says that an event was appended or imported: its position and type are all.
  package static func isEvent(tag: Int) -> Bool { tag == 0 || tag == 8 }

  /// Columns with nothing but a kind.
  package init(tag: UInt8) { self.tag = tag }
}

extension StepPieces {
  /// An entry's kind as columns.
  package mutating func columns(of kind: JournalEntry.Kind) -> EntryColumns {
    var columns = EntryColumns(tag: kind.storedTag)
    var rest = StepWriter(take())
    switch kind {
    case .append(let position, let type), .imported(let position, let type):
      columns.position = position.number
      columns.name = type.text
    case .delivery(let position, let consumer, let instance, let outcome):
      columns.position = position.number
      columns.consumer = consumer
      columns.instance = instance
      columns.put(outcome, &rest)
    case .acted(let position, let consumer, let act):
      columns.position = position.number
      columns.consumer = consumer
      rest.write(act)
    case .command(let type, let data, let response, let outcome):
      columns.name = type
      columns.data = data
      columns.put(outcome, response, &rest)
    case .timerArmed(let key, let due, let schedule, let again):
      columns.put(key)
      rest.write(due)
      rest.write(schedule)
      rest.flag(again)
    case .timerCancelled(let key): columns.put(key)
    case .timerFired(let key, let due, let outcome):
      columns.put(key)
      rest.write(due)
      columns.put(outcome, &rest)
    case .sagaEnded(let key, let kept):
      columns.put(key)
      columns.outcome = kept ? 1 : 0
    case .sagaIntervention(let key, let intervention, let reason):
      columns.put(key)
      columns.reason = reason
      switch intervention {
      case .corrected: columns.outcome = 0
      case .ended(let kept): columns.outcome = kept ? 2 : 1
      }
    case .clock(let from, let to):
      rest.write(from)
      rest.write(to)
    case .group(let name, let action):
      columns.name = name.text
      rest.write(action)
    case .parkedEdited(let number), .parkedDropped(let number): rest.write(number)
    case .trimmed(let stream, let position):
      columns.name = stream.logical.text
      rest.write(stream.isTenants ? stream.workspace : nil)
      rest.write(position)
    case .trouble(let reason): columns.reason = reason
    }
    columns.detail = rest.bytes.isEmpty ? nil : rest.bytes
    give(rest)
    return columns
  }

  /// The kind of an entry that columns say.
  ///
  /// - Throws: ``StepCodecError`` when they say none.
  package func kind(_ columns: EntryColumns) throws(StepCodecError) -> JournalEntry.Kind {
    var rest = StepReader(columns.detail ?? [], names)
    let kind = try JournalEntry.Kind(columns, &rest)
    guard rest.rest == 0 else {
      throw StepCodecError("A stored entry ends \(rest.rest) bytes too early.")
    }
    return kind
  }
}

extension EntryColumns {
  fileprivate mutating func put(_ key: SagaKey) {
    saga = key.saga
    instance = key.instanceID
  }

  fileprivate mutating func put(_ key: TimerKey) {
    put(key.owner)
    name = key.name
  }

  fileprivate mutating func put(_ result: StepOutcome, _ rest: inout StepWriter) {
    switch result {
    case .handled: outcome = 0
    case .started: outcome = 1
    case .ignored(let text): (outcome, reason) = (2, text)
    case .duplicate: outcome = 3
    case .offered(let attempt, let until):
      outcome = 4
      rest.write(attempt)
      rest.write(until)
    case .failed(let text): (outcome, reason) = (5, text)
    case .retrying(let text, let attempt, let until):
      (outcome, reason) = (6, text)
      rest.write(attempt)
      rest.write(until)
    case .skipped(let text): (outcome, reason) = (7, text)
    case .stopped(let text): (outcome, reason) = (8, text)
    }
  }

  /// A plain outcome without a response leaves nothing to write.
  fileprivate mutating func put(
    _ result: CommandOutcome, _ response: JSON?, _ rest: inout StepWriter
  ) {
    if case .done = result, response == nil {
      outcome = 0
      return
    }
    rest.write(response)
    switch result {
    case .done: outcome = 0
    case .reported(let text): (outcome, reason) = (1, text)
    case .rejected(let text): (outcome, reason) = (2, text)
    case .failed(let text): (outcome, reason) = (3, text)
    case .waiting(let text, let until):
      (outcome, reason) = (4, text)
      rest.write(until)
    }
  }
}

extension JournalEntry.Kind {
  /// The tag under which ``StepCodec`` writes it.
  fileprivate var storedTag: UInt8 {
    switch self {
    case .append: 0
    case .delivery: 1
    case .command: 2
    case .timerArmed: 3
    case .timerCancelled: 4
    case .timerFired: 5
    case .sagaEnded: 6
    case .sagaIntervention: 7
    case .imported: 8
    case .clock: 9
    case .group: 10
    case .parkedEdited: 11
    case .parkedDropped: 12
    case .trimmed: 13
    case .trouble: 14
    case .acted: 15
    }
  }
}
