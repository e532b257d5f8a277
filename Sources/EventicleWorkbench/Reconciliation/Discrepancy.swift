package import EventicleCore

/// Why something is not the same here as where the system keeps it.
///
/// "There" is the running system and its rows, "here" is the engine that was given the same events.
package enum Discrepancy: Sendable, Hashable, CustomStringConvertible {
  /// The row has events that were not captured here.
  case beganBefore(missing: [EventID])
  /// The consumer there has not come to these events yet.
  case notThereYet([EventID], behind: Int?)
  /// The consumer there is past these events, and the row lacks them.
  case droppedThere([EventID])
  /// The row has these events, and no handler here took them.
  case ignoredHere([EventID])
  /// The same events in another order.
  case otherOrder
  /// The same events and timers, and other values after them.
  case otherValues([Difference])
  /// Timers fired or were cancelled there alone, or here alone.
  case timers(firedThere: [String], firedHere: [String])
  /// An event was published, and the history's row does not have it.
  case notInHistory([EventID])
  /// The history's row has an event that was never published.
  case neverPublished([EventID])

  /// What differs and what is known to cause it, as a sentence.
  package var description: String {
    switch self {
    case .beganBefore(let missing):
      "It began before the capture: the row has \(Discrepancy.count(missing, isFirst: false)) that "
        + "\(missing.count == 1 ? "is" : "are") not here."
    case .notThereYet(let events, let behind):
      "\(Discrepancy.count(events)) \(events.count == 1 ? "is" : "are") not there yet"
        + (behind.map { ": its group is \($0) behind." } ?? ".")
    case .droppedThere(let events):
      "\(Discrepancy.count(events)) \(events.count == 1 ? "was" : "were") dropped there: its group "
        + "is past \(events.count == 1 ? "it" : "them"), and the row lacks "
        + "\(events.count == 1 ? "it" : "them"); what a handler fails on is not tried again."
    case .ignoredHere(let events):
      "\(Discrepancy.count(events)) \(events.count == 1 ? "was" : "were") taken there and ignored "
        + "by the code here."
    case .otherOrder: "The same events were handled in another order."
    case .otherValues(let differences):
      "Other values after the same events: \(Discrepancy.members(differences)); the code differs, or "
        + "it read a clock, a random number or something outside."
    case .timers(let there, let here):
      "Timers "
        + [
          there.isEmpty ? nil : "fired or cancelled there alone: \(there.joined(separator: ", "))",
          here.isEmpty ? nil : "fired or cancelled here alone: \(here.joined(separator: ", "))",
        ].compactMap { $0 }.joined(separator: "; ") + "."
    case .notInHistory(let events):
      "\(Discrepancy.count(events)) \(events.count == 1 ? "was" : "were") published and "
        + "\(events.count == 1 ? "is" : "are") not in the history's row: the write was refused, as "
        + "one with a NUL is, and reported as done."
    case .neverPublished(let events):
      "\(Discrepancy.count(events)) \(events.count == 1 ? "is" : "are") in the history's row and "
        + "\(events.count == 1 ? "was" : "were") never published: its process ended in between."
    }
  }

  /// The one event or how many there are, at the beginning of a sentence or inside it.
  private static func count(_ events: [EventID], isFirst: Bool = true) -> String {
    guard events.count == 1 else { return "\(events.count) events" }
    return "\(isFirst ? "Event" : "event") \(events[0])"
  }

  private static func members(_ differences: [Difference]) -> String {
    let shown = differences.prefix(5).map { "\($0.sign)\($0.path)" }.joined(separator: " ")
    return differences.count > 5 ? "\(shown) and \(differences.count - 5) more" : shown
  }
}
