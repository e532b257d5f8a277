package import EventicleCore
package import EventicleWorkbench

/// Takes what comes from an attached system into a session, a bounded share at a time.
package final class AttachFollower {
  /// What one look led to.
  package struct Look {
    /// Whether the session has something new.
    package var hasNews = false
    /// How the system is now; `nil` when that is as before.
    package var remote: RemoteNotice?
    /// What a person should know, without a full stop, and whether it is a problem.
    package var remark: (text: String, isProblem: Bool)?
    /// When to look again at the latest; `nil` when only news matter.
    package var next: Interval?
  }

  private let system: AttachedSystem
  private let now: () -> Instant
  private let file: CaptureFile?
  private var shown: RemoteNotice
  /// What was said of the system last.
  private var told: RemoteNotice?
  /// Whether it was ever connected, and since when it is not.
  private var wasConnected = false
  private var lostAt: Instant?
  private var isLive = false
  private var isOver = false
  /// The events of the last seconds, by the second.
  private var counts: [(second: Int64, events: Int)] = []

  /// How many events are taken in one go, and how long that may take.
  private static let portion = 64
  private static let share = Interval(milliseconds: 4)
  /// Over how many seconds the rate is taken.
  private static let rateSeconds: Int64 = 10
  /// From how many unread events on the console counts as behind.
  private static let behind = 500

  /// - Parameter now: The time of the machine.
  /// - Throws: ``FileProblem`` when the file for the events cannot be used.
  package init(
    _ system: AttachedSystem, now: @escaping () -> Instant
  ) throws(FileProblem) {
    self.system = system
    self.now = now
    shown = system.connecting
    file = if let path = system.file { try CaptureFile(path) } else { nil }
  }

  /// Takes what is there, for less than a frame.
  package func look(_ session: inout Session) -> Look {
    var look = Look()
    let start = now()
    repeat {
      let notices = system.source.take(events: Self.portion)
      guard !notices.isEmpty else { break }
      for notice in notices { take(notice, &session, &look) }
    } while now() - start < Self.share
    tell(session, &look)
    if system.source.hasMore {
      look.next = Interval(milliseconds: 0)
    } else if !isOver {
      look.next = Interval(milliseconds: lostAt != nil || !counts.isEmpty ? 1_000 : 5_000)
    }
    return look
  }

  private func take(_ notice: PortNotice, _ session: inout Session, _ look: inout Look) {
    switch notice {
    case .connected: connected(&session, &look)
    case .lost(let reason, let next): lost(reason, next, &session, &look)
    case .refused(let sentence):
      isOver = true
      shown.state = .refused(sentence)
      if wasConnected { note(sentence, &session, &look) }
      look.remark = (sentence, true)
    case .live:
      isLive = true
      shown.state = .live
    case .gap(let gap): note(gap.sentence, &session, &look)
    case .figures(let streams): shown.streams = streams
    case .events(let events, let areHistory):
      let arrival = now()
      let wasFull = session.attachment?.isFull ?? false
      let taken = session.take(events, arrivedAt: arrival)
      look.hasNews = look.hasNews || !taken.isEmpty
      if let problem = file?.add(taken) { look.remark = (problem, true) }
      if !areHistory { count(events, arrival) }
      if !wasFull, session.attachment?.isFull == true {
        look.remark = (
          "\(Limits.capturedEvents.grouped) events are taken, and no more can be; attach again to "
            + "see what follows", true
        )
      }
    }
  }

  private func note(_ sentence: String, _ session: inout Session, _ look: inout Look) {
    session.note(remote: sentence)
    look.hasNews = true
  }

  private func connected(_ session: inout Session, _ look: inout Look) {
    if wasConnected, let lostAt {
      let words = "connected again after \((now() - lostAt).brief)"
      note(words, &session, &look)
      look.remark = ("\(system.name): \(words); nothing is read twice", false)
    }
    (wasConnected, lostAt) = (true, nil)
    shown.state = isLive ? .live : .reading
  }

  private func lost(
    _ reason: String, _ next: Interval, _ session: inout Session, _ look: inout Look
  ) {
    guard wasConnected else {
      shown.state = .connecting(reason)
      look.remark = ("\(system.name) cannot be reached: \(reason); it is tried again", true)
      return
    }
    if lostAt == nil {
      lostAt = now()
      note("the connection is lost: \(reason)", &session, &look)
    }
    shown.state = .lost(for: now() - (lostAt ?? now()), reason, next: next)
  }

  // MARK: - Figures

  private func count(_ events: [WireEvent], _ arrival: Instant) {
    let second = arrival.milliseconds / 1_000
    if counts.last?.second == second {
      counts[counts.count - 1].events += events.count
    } else {
      counts.append((second, events.count))
    }
    guard let record = events.last?.place.recordTime else { return }
    shown.lag = max(Interval(milliseconds: 0), arrival - record)
  }

  /// Says how the system is, if that is different.
  private func tell(_ session: Session, _ look: inout Look) {
    let time = now()
    counts.removeAll { time.milliseconds / 1_000 - $0.second >= Self.rateSeconds }
    let events = counts.reduce(0) { $0 + $1.events }
    shown.rate = (events + Int(Self.rateSeconds) / 2) / Int(Self.rateSeconds)
    let unread = shown.streams.reduce(0) { $0 + $1.unread }
    switch shown.state {
    case .live where unread > Self.behind: shown.state = .behind(unread)
    case .behind: shown.state = unread > Self.behind ? .behind(unread) : .live
    case .lost(_, let reason, let next):
      let whole = (time - (lostAt ?? time)).milliseconds / 1_000
      shown.state = .lost(for: Interval(milliseconds: whole * 1_000), reason, next: next)
    default: break
    }
    if let attachment = session.attachment { shown.attachment = attachment }
    guard shown != told else { return }
    told = shown
    look.remote = shown
  }
}
