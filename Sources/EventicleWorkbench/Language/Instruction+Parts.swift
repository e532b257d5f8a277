package import EventicleCore

/// How often, and how far apart, a line is carried out: `--count 20 --every 200ms`.
package struct Repetition: Hashable, Sendable {
  /// How many times; once when absent.
  package let count: Located<Int>?
  /// How much the clock moves between two times.
  package let every: Located<Interval>?

  /// Once, at once.
  package static let once = Repetition(count: nil, every: nil)

  /// How many times one line may be carried out.
  package static let countLimit = 1_000_000

  /// A number of times, so far apart.
  package init(count: Located<Int>?, every: Located<Interval>?) {
    self.count = count
    self.every = every
  }
}

/// A command to dispatch: `do PlaceOrder customer=c-19 total:=59`.
package struct CommandRequest: Hashable, Sendable {
  /// The name of the command.
  package let command: Located<String>
  /// Its data, and metadata if any.
  package let items: Items
  /// How often.
  package let repetition: Repetition
}

/// A change of the clock.
package enum ClockChange: Hashable, Sendable {
  /// `clock +5m`: so far on.
  case advance(Interval)
  /// `clock set 12:04`: to a moment.
  case set(TimeExpression)
}

/// A part of the journal: `10..20`, `10..`, `..20`.
package struct JournalRange: Hashable, Sendable, CustomStringConvertible {
  /// The first entry; the very first when absent.
  package let first: JournalIndex?
  /// The last entry, included; the very last when absent.
  package let last: JournalIndex?

  /// The entries from one to another.
  package init(first: JournalIndex?, last: JournalIndex?) {
    self.first = first
    self.last = last
  }

  /// Whether an entry lies in it.
  package func contains(_ index: JournalIndex) -> Bool {
    (first.map { $0 <= index } ?? true) && (last.map { index <= $0 } ?? true)
  }

  /// The range as it is written.
  package var description: String {
    "\(first.map { String($0.number) } ?? "")..\(last.map { String($0.number) } ?? "")"
  }
}
