package import EventicleCore

/// Follows what a running system keeps in its table: events, instances of sagas, timers.
///
/// A state machine that never waits, on top of a ``PostgresLink``: somebody polls its descriptors and
/// lets it go on. It only reads. When the connection is lost it goes on after it where it was;
/// nothing is told twice.
package final class DatastoreFeed {
  /// An event, with where it was found.
  package struct Found: Sendable, Hashable {
    /// The event; one from a history has a stream named after the aggregate's type.
    package let event: Event
    /// The id of its row.
    package let row: String
    /// Whether it is from an aggregate's history, so that nobody knows whether it was published.
    package let isFromHistory: Bool
  }

  /// Something that became known.
  package enum Notice: Sendable, Hashable {
    /// There is a connection.
    case connected(version: Int)
    /// New events, in the order in which they happened as far as rows tell it.
    case events([Found])
    /// The instances of sagas and the timers that there are now, all of them.
    case states([StoredRows.SagaRow], [StoredRows.TimerRow])
    /// What is odd about rows that were read since the last time.
    case findings([StoredRows.Survey.Finding])
    /// Everything that was there has been told; from now on it is what is new.
    case caughtUp
    /// A reading did not succeed and is tried again.
    case delayed(PostgresError)
    /// The connection is gone, and is tried again after a while.
    case lost(PostgresError, again: Interval)
    /// There is nothing to read, and trying again would not help.
    case refused(PostgresError)
    /// The server remarked something.
    case remark(String)
  }

  enum Step: Hashable {
    case columns, listening, asking
    case newest
    case tail(after: Place?)
    case digest
    case states(after: String?)
    case histories(after: String?)
    case versions(after: String?)
    case changed([String])
  }

  /// A place among the events of streams.
  struct Place: Hashable {
    let writtenAt: String
    let id: String
  }

  let link: PostgresLink
  /// How many of the newest events are told at first; all of them when it is `nil`.
  let newest: Int?
  var table: DatastoreTable
  /// Whether events are told from histories, because no stream has any.
  var readsHistories = false
  /// What is to be asked, first first; and the step whose statement is at the server.
  var plan: [Step] = []
  var running: (step: Step, number: Int)?
  var rows: [PostgresRow] = []
  var hasCaughtUp = false

  /// The newest event of streams that was told, and the rows since somewhat before it.
  var tailPlace: Place?
  var recent: Set<String> = []
  var recentNow: Set<String> = []
  /// The oldest event that was told at first; what is before it is never told.
  var floor: Place?

  /// The versions of the histories' rows that were told, and their events.
  var versions: [String: String] = [:]
  var told: Set<EventID> = []
  var histories: [[HistoryMerge.Item]] = []

  /// What the last digest said, and what the states are made of while pages come.
  var digest: String?
  var refreshesItself = true
  /// Whether somebody announced a change since instances and timers were read.
  var wasAnnounced = false
  var toldFindings: [StoredRows.Survey.Finding] = []
  var sagas: [StoredRows.SagaRow] = []
  var timers: [StoredRows.TimerRow] = []
  var survey = StoredRows.Survey()

  var nextTail: Instant?
  var nextDigest: Instant?
  var nextStart: Instant?

  /// How often new events of streams are looked for.
  package static let tailInterval = Interval.seconds(1)
  /// How often instances and timers are looked at, while there are few.
  package static let refreshInterval = Interval.seconds(2)
  /// From how many instances on they are looked at only when somebody asks.
  package static let refreshedRows = 10_000
  /// How many seconds of events are read again each time.
  package static let tailSeconds = 5
  /// The channel on which a change may be announced.
  package static let channel = "eventicle"
  /// How long announcements are gathered before instances and timers are looked at.
  static let announcedInterval = Interval.milliseconds(200)
  /// What is asked first on every connection.
  private static let start: [Step] = [.columns, .listening, .asking]
  /// How long a reading rests that took too long or met a lock.
  static let delay = Interval.seconds(10)

  /// A feed that has not begun.
  ///
  /// - Parameters:
  ///   - newest: How many of the newest events are told at first, and more are not held either; `nil`
  ///     tells them all.
  package init(_ link: PostgresLink, table: DatastoreTable = DatastoreTable(), newest: Int? = 1_000)
  {
    self.link = link
    self.table = table
    self.newest = newest.map { max(1, $0) }
  }

  /// The descriptors to poll.
  package var descriptors: [PollDescriptor] { link.descriptors }

  /// The moment at which to go on whatever the descriptors say.
  package var deadline: Instant? {
    guard link.isOpen, running == nil else { return link.deadline }
    // What is planned is begun at once.
    guard plan.isEmpty else { return Instant(milliseconds: 0) }
    return [link.deadline, nextTail, nextDigest, nextStart].compactMap { $0 }.min()
  }

  /// Begins to connect, at once.
  package func begin(now: Instant) -> [Notice] { take(link.begin(now: now), now: now) }

  /// Reads instances and timers again, however many there are.
  package func refresh() {
    guard link.isOpen, hasCaughtUp else { return }
    plan.append(.digest)
    plan += reading
  }

  /// Closes the connection for good.
  package func close() {
    link.close()
    plan = []
    running = nil
  }

  /// Goes on.
  ///
  /// - Parameters:
  ///   - ready: The descriptors that are ready.
  ///   - now: The moment on any clock that never goes back.
  package func advance(_ ready: [Int32], now: Instant) -> [Notice] {
    var notices = take(link.advance(ready, now: now), now: now)
    guard link.isOpen else { return notices }
    if running == nil, plan.isEmpty { planNext(now: now) }
    if running == nil, !plan.isEmpty {
      begin(plan.removeFirst())
      notices += take(link.advance([], now: now), now: now)
    }
    return notices
  }

  private func planNext(now: Instant) {
    if let moment = nextStart, now >= moment {
      nextStart = nil
      plan = DatastoreFeed.start
    }
    if let moment = nextTail, now >= moment {
      nextTail = nil
      recentNow = []
      plan.append(.tail(after: nil))
    }
    if let moment = nextDigest, now >= moment {
      nextDigest = nil
      plan.append(.digest)
    }
  }

  private func begin(_ step: Step) {
    rows = []
    running = (step, link.send(statement(of: step)))
  }

  private func take(_ found: [PostgresNotice], now: Instant) -> [Notice] {
    var notices: [Notice] = []
    for notice in found {
      switch notice {
      case .connected(let version, _):
        notices.append(.connected(version: version))
        plan = DatastoreFeed.start
      case .row(let number, let row) where number == running?.number: rows.append(row)
      case .done(let number):
        guard let step = running?.step, number == running?.number else { continue }
        running = nil
        notices += finish(step, now: now)
      case .failed(let number, let error):
        guard let step = running?.step, number == running?.number else { continue }
        running = nil
        notices += fail(step, error, now: now)
      case .lost(let error, let wait):
        forgetPages()
        notices.append(.lost(error, again: wait))
      case .refused(let error):
        forgetPages()
        notices.append(.refused(error))
      case .heard:
        guard hasCaughtUp, nextStart == nil else { continue }
        wasAnnounced = true
        if nextTail != nil { nextTail = now }
        nextDigest = now + DatastoreFeed.announcedInterval
      case .remark(let text): notices.append(.remark(text))
      case .row: break
      }
    }
    return notices
  }

  /// Forgets what pages that did not come to their end have brought.
  private func forgetPages() {
    (plan, running, rows) = ([], nil, [])
    (sagas, timers, survey) = ([], [], StoredRows.Survey())
    (nextTail, nextDigest, nextStart, digest) = (nil, nil, nil, nil)
    for row in histories.flatMap({ $0 }) { told.remove(row.event.id) }
    for item in histories { if let row = item.first?.row { versions[row] = nil } }
    histories = []
  }

  /// A reading that the server refused: tried again when that may help.
  private func fail(_ step: Step, _ error: PostgresError, now: Instant) -> [Notice] {
    // A standby does not let anybody listen; then changes are only looked for.
    if step == .listening { return [] }
    plan = []
    // That the connection is gone is told next.
    if error.kind == .lost { return [] }
    guard error.isPassing else {
      close()
      return [.refused(error)]
    }
    forgetPages()
    nextStart = now + DatastoreFeed.delay
    return [.delayed(error)]
  }
}
