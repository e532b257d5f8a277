/// How far a world's events go: a number in the log, and a number kept without being published.
package struct LogBound: Sendable, Hashable {
  /// The number of events in the log.
  package let events: Int
  /// The number of events persisted without being published.
  package let kept: Int

  /// Creates a bound.
  package init(events: Int, kept: Int) {
    self.events = events
    self.kept = kept
  }

  /// Before the first event.
  static let start = LogBound(events: 0, kept: 0)
}

/// A combination of type, stream and source that events have.
package struct LogKind: Sendable {
  let type: EventType
  let stream: StreamName
  let source: String
  /// The position of the first event that has it.
  let first: Int

  /// Creates a combination.
  package init(_ type: EventType, _ stream: StreamName, _ source: String, first: Int) {
    self.type = type
    self.stream = stream
    self.source = source
    self.first = first
  }
}

/// The beginning of an aggregate's history, as a store knows it.
package struct StoredHistory: Sendable, Hashable {
  /// The number of the aggregate in the store.
  package let number: Int
  /// The number of events.
  package let count: Int

  /// Creates a description of a history.
  package init(number: Int, count: Int) {
    self.number = number
    self.count = count
  }
}

/// The older events, which are not resident, and the ways to find them.
///
/// What is asked about never changes: events are for ever, and every question that depends on time
/// says up to where. An answer that cannot be had is empty and sets ``Pages/fault``.
package protocol LogPages: Pages {
  /// The events from 64 times a number on, 64 of them or as many as there are; the first page is
  /// number 0.
  func page(_ number: Int) -> LogPage?

  /// The combinations of type, stream and source, in the order of the first event of each; their
  /// numbers, from 0, are those in pages.
  var kinds: [LogKind] { get }

  /// The latest position of an event with an id, among the first so many events.
  func position(of id: EventID, upTo last: Int) -> Int?

  /// How many of the first so many events are in a stream.
  func count(of stream: StreamName, upTo last: Int) -> Int

  /// The positions of a stream's events at some places in it, from 1, in order.
  func positions(of stream: StreamName, at places: Range<Int>) -> [Int32]

  /// The history of an aggregate up to a bound; `nil` when it has no event there.
  func history(of key: AggregateKey, upTo bound: LogBound) -> StoredHistory?

  /// Some events of a history, by index from 0: positions in the log, and the negated numbers of
  /// events that were kept without being published.
  func entries(of history: StoredHistory, _ range: Range<Int>) -> [Int32]

  /// How many aggregates of a stored type have an event up to a bound.
  func count(ofAggregates type: String, upTo bound: LogBound) -> Int

  /// The id of an aggregate of a stored type by its index, from 0, in the order of first events.
  func aggregate(of type: String, at index: Int) -> DomainID?

  /// An event kept without being published, by its number from 1, and the number of events in the
  /// log at that time.
  func keptEvent(_ number: Int) -> (event: Event, logCount: Int)?
}
