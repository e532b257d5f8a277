import EventicleCore

/// What happened in a history after a moment, each thing with the path of its causes, by which it is
/// found again in another history.
struct ComparedItems {
  struct Item {
    let entry: JournalIndex
    let event: Position?
    let path: UInt64
  }

  private(set) var items: [Item] = []
  /// The calls of adapters, each with the path of its event.
  private(set) var calls: [(adapter: String, event: Position, path: UInt64, isSilent: Bool)] = []
  /// Whether it is all that happened.
  private(set) var isWhole = true

  /// - Parameter goesOn: Asked now and then; `false` ends it early.
  /// - Complexity: O(entries after the moment).
  init(_ side: ComparedSide, after common: JournalIndex, goesOn: (Int) -> Bool) {
    var paths: [UInt64] = []
    var ordinals: [UInt64: UInt64] = [:]
    let end = side.cursor.entry
    side.timeline.forEachEntry(after: common) { index, entry in
      guard index <= end else { return false }
      if index.number % 1_024 == 0, !goesOn(index.number) {
        isWhole = false
        return false
      }
      var path = PathHash()
      if let cause = entry.cause {
        // What they have in common is the same entry in both.
        path.mix(
          cause > common ? paths[cause.number - common.number - 1] : UInt64(cause.number))
      }
      Self.name(entry, in: &path)
      let same = ordinals[path.value, default: 0]
      ordinals[path.value] = same + 1
      path.mix(same)
      paths.append(path.value)
      note(entry, index, path.value)
      return true
    }
  }

  private mutating func note(_ entry: JournalEntry, _ index: JournalIndex, _ path: UInt64) {
    switch entry.kind {
    case .append(let position, _), .imported(let position, _):
      items.append(Item(entry: index, event: position, path: path))
    case .timerFired, .clock, .acted, .trimmed, .parkedDropped, .parkedEdited, .group,
      .sagaIntervention, .trouble:
      items.append(Item(entry: index, event: nil, path: path))
    case .command(_, _, _, let outcome):
      if outcome != .done { items.append(Item(entry: index, event: nil, path: path)) }
    case .delivery(let position, let consumer, _, let outcome):
      if consumer.kind.isOutside, outcome.problem == nil {
        let isSilent = if case .ignored = outcome { true } else { false }
        calls.append((consumer.name, position, path, isSilent))
      }
      if outcome.problem != nil { items.append(Item(entry: index, event: nil, path: path)) }
    case .timerArmed, .timerCancelled, .sagaEnded: break
    }
  }

  /// What an entry is, without numbers and ids that are its history's own.
  private static func name(_ entry: JournalEntry, in path: inout PathHash) {
    switch entry.kind {
    case .command(let type, let data, _, _):
      path.mix("C\(type)")
      if entry.cause == nil { path.mix(data.description) }
    case .append(_, let type): path.mix("E\(type.text)")
    case .imported(_, let type): path.mix("I\(type.text)")
    case .delivery(_, let consumer, _, _): path.mix("D\(consumer)")
    case .acted(_, let consumer, _): path.mix("A\(consumer)")
    case .timerArmed(let key, _, _, _): path.mix("M\(key.owner.saga)/\(key.name)")
    case .timerCancelled(let key): path.mix("O\(key.owner.saga)/\(key.name)")
    case .timerFired(let key, _, _): path.mix("T\(key.owner.saga)/\(key.name)")
    case .clock(_, let instant): path.mix("K\(instant.milliseconds)")
    case .group(let group, _): path.mix("G\(group)")
    case .sagaEnded(let key, _): path.mix("S\(key.saga)")
    case .sagaIntervention(let key, _, _): path.mix("P\(key.saga)")
    case .parkedEdited(let number), .parkedDropped(let number): path.mix("W\(number)")
    case .trimmed(let stream, _): path.mix("R\(stream.text)")
    case .trouble(let text): path.mix("X\(text)")
    }
  }
}

/// A hash of a path that is the same in every run of the program.
private struct PathHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func mix(_ part: UInt64) {
    value = (value ^ part) &* 0x9E37_79B9_7F4A_7C15
    value ^= value >> 29
  }

  mutating func mix(_ text: String) {
    var text = text
    text.withUTF8 { mix(bytes: $0) }
  }

  mutating func mix(bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    mix(UInt64(bytes.count))
  }
}
