package import EventicleCore

/// How often a line is carried out, and how far apart: `--count 20 --every 200ms`.
package struct Repetition: Hashable, Sendable {
  /// The number of times; once by default.
  package let count: Located<Int>?
  /// How far the clock moves between two times.
  package let every: Located<Interval>?

  /// Once, immediately.
  package static let once = Repetition(count: nil, every: nil)

  /// The most times that one line may be carried out.
  package static let countLimit = 1_000_000

  /// A number of times, with an interval between them.
  package init(count: Located<Int>?, every: Located<Interval>?) {
    self.count = count
    self.every = every
  }
}

/// A command to dispatch: `do PlaceOrder customer=c-19 total:=59`.
package struct CommandRequest: Hashable, Sendable {
  /// The name of the command.
  package let command: Located<String>
  /// The data, and any metadata.
  package let items: Items
  /// How often to dispatch it.
  package let repetition: Repetition

  /// Whether it is done once with values that stand in the line, and nothing else is said of it.
  package var isPlain: Bool {
    repetition.count == nil && repetition.every == nil && !items.hasBlanks && items.isDataAlone
  }

  /// The same command with other fields.
  func with(_ items: Items) -> CommandRequest {
    CommandRequest(command: command, items: items, repetition: repetition)
  }
}

/// A change of the clock.
package enum ClockChange: Hashable, Sendable {
  /// `clock +5m`: by an interval.
  case advance(Interval)
  /// `clock set 12:04`: to a time.
  case set(TimeExpression)
}

/// A part of the journal: `10..20`, `10..`, `..20`.
package struct JournalRange: Hashable, Sendable, CustomStringConvertible {
  /// The first entry; the first of the journal by default.
  package let first: JournalIndex?
  /// The last entry, included; the last of the journal by default.
  package let last: JournalIndex?

  /// A range between two entries, both included.
  package init(first: JournalIndex?, last: JournalIndex?) {
    self.first = first
    self.last = last
  }

  /// Whether an entry lies in it.
  package func contains(_ index: JournalIndex) -> Bool {
    (first.map { $0 <= index } ?? true) && (last.map { index <= $0 } ?? true)
  }

  /// The range as it is written and read.
  package var description: String {
    "\(first.map { String($0.number) } ?? "")..\(last.map { String($0.number) } ?? "")"
  }
}
