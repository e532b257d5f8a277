import EventicleCore

/// Short descriptions of entries about groups, parked work and streams.
enum JournalEntryText {
  /// The description of an entry; `nil` for entries about events, commands, timers and sagas.
  static func text(_ kind: JournalEntry.Kind) -> DisplayText? {
    switch kind {
    case .group(let group, let action):
      PaneText.data(group.text, limit: 60) + " " + words(action)
    case .parkedEdited(let number): "parked \(number): its data was edited"
    case .parkedDropped(let number): "parked \(number) was given up"
    case .acted(let position, let consumer, let act):
      "#\(position.number) for \(PaneText.data(consumer.name, limit: 60)) was "
        + DeliveryActText.done(act)
    case .trimmed(let stream, let through):
      PaneText.data(stream.text, limit: 60) + " is handed out from \(through.number + 1) on"
    case .trouble(let reason): PaneText.data(reason, limit: 200)
    default: nil
    }
  }

  private static func words(_ action: GroupAction) -> DisplayText {
    switch action {
    case .subscribed(let position): "subscribed after #\(position.number)"
    case .paused: "paused"
    case .resumed: "goes on"
    case .moved(let position): "moved to after #\(position.number)"
    case .migrated(let count): "taken over, \(count) instances"
    case .rebuilt(let rows): "rebuilt, \(rows) rows replaced"
    case .closed: "closed"
    case .deleted: "closed and forgotten"
    }
  }
}
