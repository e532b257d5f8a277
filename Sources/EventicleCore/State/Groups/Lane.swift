/// The work of one key of a group, in order: the first piece holds up all others.
public struct Lane: Sendable, Hashable {
  /// The key: a domain id, or the saga instance that takes the steps.
  public let key: String
  /// The work to do, oldest first.
  public internal(set) var work: [Work]
  /// The instant from which the first piece may be done.
  public internal(set) var until: Instant
  /// The number of failures of the first piece.
  public internal(set) var attempts: Int
  /// The number of the parked work that must be resolved first.
  public internal(set) var blockedBy: Int?
  /// The journal entry that offered the first piece to a worker that has not answered yet.
  public internal(set) var offer: JournalIndex?
  /// Whether the lane occupies one of the slots for hot events.
  public internal(set) var isHot: Bool

  init(
    key: String, work: [Work], until: Instant, attempts: Int, blockedBy: Int? = nil,
    isHot: Bool = false
  ) {
    self.isHot = isHot
    self.key = key
    self.work = work
    self.until = until
    self.attempts = attempts
    self.blockedBy = blockedBy
  }

  /// Whether nothing keeps the lane: no work waits, no step of its key is still running, and no
  /// parked work holds it.
  func isIdle(at now: Instant) -> Bool { work.isEmpty && blockedBy == nil && until <= now }
}
