import EventicleCore

/// A digest similar to FNV-1a that is the same in every run.
public struct Digest: Sendable, Hashable {
  /// The digest of everything fed so far.
  public private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Creates the digest of no input.
  public init() {}

  mutating func feed(_ word: UInt64) {
    value = (value ^ word) &* 0x100_0000_01B3
    value ^= value >> 29
  }

  mutating func feed(_ number: Int) { feed(UInt64(bitPattern: Int64(number))) }
  mutating func feed(_ flag: Bool) { feed(flag ? 1 : 2) }
  mutating func feed(_ instant: Instant) {
    feed(UInt64(bitPattern: instant.milliseconds))
  }

  mutating func feed(_ text: String) {
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    feed(text.utf8.count)
  }

  mutating func feed(_ json: JSON) {
    switch json {
    case .null: feed(1)
    case .bool(let flag): feed(flag)
    case .number(let number): feed(number.text)
    case .string(let text): feed(text)
    case .array(let values):
      feed(values.count)
      for value in values { feed(value) }
    case .object(let object):
      feed(object.count)
      for member in object.members {
        feed(member.key)
        feed(member.value)
      }
    }
  }

  mutating func feed(_ bytes: JSONBytes) {
    bytes.utf8.withContiguousStorageIfAvailable { buffer in
      for byte in buffer { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    feed(bytes.utf8.count)
  }
}

extension Digest {
  /// Feeds everything in an entry that a user can see.
  mutating func feed(_ entry: JournalEntry) {
    feed(entry.instant)
    feed(entry.cause?.number ?? 0)
    feed(entry.stepStart.number)
    feed(entry.stepCount)
    feed(entry.changes.count)
    feed(entry.changes.draws)
    switch entry.kind {
    case .command(let type, let data, _, let outcome):
      feed(type)
      feed(data)
      feed(outcome.problem ?? "")
    case .append(let position, let type), .imported(let position, let type):
      feed(position.number)
      feed(type.text)
    case .delivery(let position, let consumer, let instance, let outcome):
      feed(position.number)
      feed(consumer.name)
      feed(instance ?? "")
      feed(outcome)
    case .acted(let position, let consumer, let act):
      feed(position.number)
      feed(consumer.name)
      feed("\(act)")
    case .timerArmed(let key, let due, _, let again):
      feed(key)
      feed(due)
      feed(again)
    case .timerCancelled(let key): feed(key)
    case .timerFired(let key, let due, let outcome):
      feed(key)
      feed(due)
      feed(outcome)
    case .sagaEnded(let key, let kept):
      feed(key.instanceID)
      feed(kept)
    case .sagaIntervention(let key, _, let reason):
      feed(key.instanceID)
      feed(reason)
    case .clock(_, let end): feed(end)
    case .group(let group, let action):
      feed(group.text)
      if case .moved(let position) = action { feed(position.number) }
      if case .subscribed(let position) = action { feed(position.number) }
    case .parkedEdited(let number), .parkedDropped(let number): feed(number)
    case .trimmed(let stream, let place):
      feed(stream.text)
      feed(place.number)
    case .trouble(let reason): feed(reason)
    }
  }

  mutating func feed(_ key: TimerKey) {
    feed(key.owner.saga)
    feed(key.owner.instanceID)
    feed(key.name)
  }

  private mutating func feed(_ outcome: StepOutcome) {
    switch outcome {
    case .handled: feed(1)
    case .started: feed(2)
    case .ignored(let reason): feed(reason)
    case .duplicate: feed(3)
    case .failed: feed(4)
    case .retrying(_, let attempt, let until):
      feed(attempt)
      feed(until)
    case .skipped: feed(5)
    case .stopped: feed(6)
    case .offered(let attempt, let until):
      feed(7)
      feed(attempt)
      feed(until)
    }
  }
}
