/// The work of one key of a group, in order: while the first piece waits, so do the others.
public struct Lane: Sendable, Hashable {
  /// The key: a domain id, or the saga instance whose turn it is.
  public let key: String
  /// What is to be done, oldest first; the first is what waits.
  public internal(set) var work: [Work]
  /// When the first piece may be done.
  public internal(set) var until: Instant
  /// How often the first piece has failed.
  public internal(set) var attempts: Int
  /// The number of the parked work that must be dealt with first.
  public internal(set) var blockedBy: Int?
  /// The journal entry that offered the first piece to a worker which has not answered yet.
  public internal(set) var offer: JournalIndex?
  /// Whether it takes one of the places for hot events.
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
}
