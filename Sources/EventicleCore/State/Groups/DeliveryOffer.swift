/// A delivery that a worker outside the engine is handling.
///
/// It is named by the journal entry that offered it, so that the answer to an earlier attempt is
/// never taken for the answer to a later one.
public struct DeliveryOffer: Sendable, Hashable, CustomStringConvertible {
  /// The group that the worker consumes for.
  public let group: GroupName
  /// The event.
  public let position: Position
  /// The journal entry that offered it.
  public let entry: JournalIndex

  /// The offer that a journal entry made.
  public init(group: GroupName, position: Position, entry: JournalIndex) {
    self.group = group
    self.position = position
    self.entry = entry
  }

  /// `#3 for adapter-Mailer, offered at j7`.
  public var description: String { "\(position) for \(group), offered at \(entry)" }
}

extension GroupState {
  /// Withdraws what a worker that is gone was handling, so that it is offered again.
  mutating func withdrawOffers(at now: Instant) {
    for index in lanes.indices where lanes[index].offer != nil {
      lanes[index].offer = nil
      lanes[index].until = now
    }
  }
}
