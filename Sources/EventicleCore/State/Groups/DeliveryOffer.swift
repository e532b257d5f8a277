/// A delivery that a worker outside the engine is handling.
///
/// It is identified by the journal entry of the offer, so that the answer to an earlier attempt is
/// never mistaken for the answer to a later one.
public struct DeliveryOffer: Sendable, Hashable, CustomStringConvertible {
  /// The group that the worker consumes for.
  public let group: GroupName
  /// The position of the offered event in the whole log.
  public let position: Position
  /// The entry that offered it, by which answers are matched to offers.
  public let entry: JournalIndex

  /// Creates the offer that a journal entry recorded.
  public init(group: GroupName, position: Position, entry: JournalIndex) {
    self.group = group
    self.position = position
    self.entry = entry
  }

  /// `#3 for adapter-Mailer, offered at j7`.
  public var description: String { "\(position) for \(group), offered at \(entry)" }
}

extension GroupState {
  /// Withdraws the offers of a worker that is gone, so that they are made again.
  mutating func withdrawOffers(at now: Instant) {
    for index in lanes.indices where lanes[index].offer != nil {
      lanes[index].offer = nil
      lanes[index].until = now
    }
  }
}
