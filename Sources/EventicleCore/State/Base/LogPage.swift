/// Up to 64 successive events of a log as they rest in memory.
package final class LogPage: Sendable {
  /// The number of events on a full page.
  package static let size = 64

  /// The position of the first event.
  let first: Int
  private let rows: [EventRow]
  private let entries: [Int32]
  private let payload: PayloadBlocks

  fileprivate init(_ builder: LogPageBuilder) {
    first = builder.first
    rows = builder.rows
    entries = builder.entries
    payload = builder.payload
  }

  /// The page that has the event at a position.
  static func number(of position: Int) -> Int { (position - 1) / size }

  /// The number of events.
  package var count: Int { rows.count }

  /// An event's row with the block that its bytes are in; `nil` for an event of another page.
  func located(_ position: Int) -> LocatedRow? {
    guard rows.indices.contains(position - first),
      let block = payload[rows[position - first].block]
    else { return nil }
    return LocatedRow(row: rows[position - first], block: block)
  }

  /// The journal entry that appended an event.
  func entry(of position: Int) -> Int32? {
    entries.indices.contains(position - first) ? entries[position - first] : nil
  }
}

/// The row of an event that is not in the storage of its log.
struct LocatedRow {
  let row: EventRow
  let block: ByteBlock
}

/// Puts a page together from its events, in order.
package struct LogPageBuilder {
  fileprivate let first: Int
  fileprivate var rows: [EventRow] = []
  fileprivate var entries: [Int32] = []
  fileprivate var payload = PayloadBlocks()

  /// Begins the page with a number.
  package init(number: Int) { first = number * LogPage.size + 1 }

  /// Adds the next event.
  ///
  /// - Parameters:
  ///   - kind: The number of its type, stream and source, in the order in which the log met them.
  ///   - place: Its place in its stream, from 1.
  ///   - cause: The position of the event that it names as its cause, and that event's type;
  ///     `nil` when it names none or one that is not in the log.
  ///   - entry: The journal entry that appended it.
  package mutating func append(
    _ event: Event, kind: Int32, place: Int, cause: (position: Int, type: EventType)?,
    by entry: JournalIndex
  ) {
    var row = EventRow(
      idHigh: 0, idLow: 0, createdAt: event.createdAt.milliseconds, block: 0, offset: 0,
      domainLength: 0, dataLength: 0, cause: Int32(cause?.position ?? 0), kind: kind,
      place: Int32(place), traits: [])
    PayloadWriter(event, &row, causeType: cause?.type).write(event, to: &payload, &row)
    rows.append(row)
    entries.append(Int32(entry.number))
  }

  /// The page with the events so far.
  package var page: LogPage { LogPage(self) }
}
