package import EventicleCore

/// The stops of a branch with their hits so far, oldest first.
package struct StopList: Sendable {
  /// A stop with its number and its hits.
  package struct Item: Sendable {
    /// The number by which it is changed; never given twice.
    package let number: Int
    package let stop: Stop
    package fileprivate(set) var isOn = true
    /// The entries that are hits, in order, whether it was on or off.
    package fileprivate(set) var hits: [Int32] = []
  }

  /// A stop without its hits, as it is kept with a session.
  package struct Kept: Hashable, Sendable {
    package let number: Int
    package let stop: Stop
    package let isOn: Bool

    /// Creates one.
    package init(_ number: Int, _ stop: Stop, isOn: Bool) {
      (self.number, self.stop, self.isOn) = (number, stop, isOn)
    }
  }

  package private(set) var all: [Item] = []
  private var lastNumber = 0
  /// The last journal entry that was looked at for all stops.
  package private(set) var counted = 0

  /// No stops.
  package init() {}

  /// Stops as they were kept; their hits are still to be counted.
  package init(_ kept: [Kept]) {
    all = kept.map { Item(number: $0.number, stop: $0.stop, isOn: $0.isOn) }
    lastNumber = kept.map(\.number).max() ?? 0
  }

  package var isEmpty: Bool { all.isEmpty }

  /// The number of hits of all stops; O(stops).
  package var hits: Int { all.reduce(0) { $0 + $1.hits.count } }

  /// The stops without their hits.
  package var kept: [Kept] { all.map { Kept($0.number, $0.stop, isOn: $0.isOn) } }

  /// The stop with a number.
  package subscript(number: Int) -> Item? { all.first { $0.number == number } }

  /// Adds a stop whose hits in the entries looked at so far are known.
  ///
  /// - Returns: Its number.
  mutating func add(_ stop: Stop, hits: [Int32]) -> Int {
    lastNumber += 1
    all.append(Item(number: lastNumber, stop: stop, hits: hits))
    return lastNumber
  }

  /// Turns a stop, or all of them, on or off.
  mutating func turn(on: Bool, _ number: Int?) {
    for place in all.indices where number == nil || all[place].number == number {
      all[place].isOn = on
    }
  }

  /// Removes a stop, or all of them.
  mutating func remove(_ number: Int?) {
    all.removeAll { number == nil || $0.number == number }
  }

  /// Notes a hit that follows those noted before.
  mutating func note(_ entry: JournalIndex, at place: Int) {
    all[place].hits.append(Int32(entry.number))
  }

  /// Notes that the entries up to one have been looked at.
  mutating func count(upTo entry: Int) { counted = max(counted, entry) }

  /// The stops of a fork that leaves at an entry.
  func upTo(_ entry: JournalIndex) -> StopList {
    var list = self
    for place in list.all.indices {
      let count = list.all[place].hits.partitioningIndex { Int($0) > entry.number }
      list.all[place].hits.removeSubrange(count...)
    }
    list.counted = min(counted, entry.number)
    return list
  }
}

/// The place at which the engine stopped.
package struct StopHit: Hashable, Sendable {
  /// The number of the stop.
  package let number: Int
  /// The entry that is the hit, or that would be the next one.
  package let entry: JournalIndex
  /// What was hit, in words.
  package let text: String

  /// `stop 2 hit at #4: PaymentDeclined`.
  package var sentence: String { "stop \(number) hit at \(text)" }
}

/// What a stop noted in the log at a hit.
package struct StopLine: Hashable, Sendable {
  /// The journal entry that is the hit.
  package let entry: JournalIndex
  package let text: String
}
