package import EventicleCore

/// What a running system keeps in PostgreSQL, as a port that a loop runs.
///
/// Its events are those that an event client on the datastore keeps; without any, those of the
/// aggregates' histories, in streams named after the types, of which nobody knows whether they were
/// published. It only reads.
package final class PostgresPort: RemotePort {
  private let feed: DatastoreFeed
  private let from: AttachStart
  private let start: Instant
  private var waiting: [DatastoreFeed.Notice]
  private var isLive = false

  /// How many of the newest events are looked through for those since a moment.
  package static let lookedThrough = 10_000

  /// Begins to connect.
  ///
  /// - Parameters:
  ///   - from: From where events are told. Rows do not say when they were written, so that a time is
  ///     compared with the events' own among the newest ``lookedThrough``.
  package init(
    _ settings: PostgresSettings, table: DatastoreTable = DatastoreTable(), from: AttachStart,
    home: String? = nil, now: Instant
  ) {
    let newest: Int? =
      switch from {
      case .end: 1
      case .beginning: nil
      case .since: PostgresPort.lookedThrough
      case .newest(let count): count
      }
    feed = DatastoreFeed(PostgresLink(settings, home: home), table: table, newest: newest)
    self.from = from
    start = now
    waiting = feed.begin(now: now)
  }

  /// What it waits for.
  package var descriptors: [PollDescriptor] { feed.descriptors }

  /// When it wants to be called although nothing is ready.
  package var deadline: Instant? { waiting.isEmpty ? feed.deadline : start }

  /// Does what can be done without waiting.
  package func advance(_ ready: [Int32], now: Instant) -> [PortNotice] {
    let notices = waiting + feed.advance(ready, now: now)
    waiting = []
    return notices.compactMap { told($0) }
  }

  /// Ends the connection.
  package func close() { feed.close() }

  private func told(_ notice: DatastoreFeed.Notice) -> PortNotice? {
    switch notice {
    case .connected(let version):
      return .connected(server: "PostgreSQL \(PostgresLibrary.text(of: version))")
    case .lost(let error, let wait):
      return .lost(PostgresPort.withoutStop(error.sentence), next: wait)
    case .refused(let error): return .refused(error.sentence)
    case .caughtUp:
      isLive = true
      return .live
    case .events(let found):
      let events = found.filter { isLive || isWanted($0.event) }.map { PostgresPort.wire($0) }
      return events.isEmpty ? nil : .events(events, areHistory: !isLive)
    // Nobody asks for these yet.
    case .states, .findings, .delayed, .remark: return nil
    }
  }

  /// Whether an event of before is one that was asked for.
  private func isWanted(_ event: Event) -> Bool {
    switch from {
    case .end: false
    case .beginning, .newest: true
    case .since(let interval): event.createdAt >= start - interval
    }
  }

  /// An event as a transport would carry it, with the id of its row as its place.
  private static func wire(_ found: DatastoreFeed.Found) -> WireEvent {
    let digits = found.row.filter { $0 != "-" }
    let place = EventPlace.row(
      high: UInt64(digits.prefix(16), radix: 16) ?? 0,
      low: UInt64(digits.dropFirst(16), radix: 16) ?? 0)
    let encoded = JSONEventCodec().encode(found.event)
    return WireEvent(
      stream: found.event.stream.text, place: place, body: encoded.buffer,
      key: Array(encoded.key.utf8),
      headers: encoded.headers.map { WireEvent.Header($0.name, Array($0.value.utf8)) })
  }

  private static func withoutStop(_ sentence: String) -> String {
    sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
  }
}
