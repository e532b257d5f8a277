import EventicleCore

/// What the journal says about the steps in a window besides the steps themselves.
struct SagaFacts: Sendable {
  /// The events that a command appended, by the command's entry.
  private(set) var made: [JournalIndex: [Position]] = [:]
  /// Who made the event that came in, by the step's entry; only when asked for.
  private(set) var authors: [JournalIndex: DisplayText] = [:]

  /// The most events named of one command.
  private static let most = 3

  /// Reads what the steps of a history need.
  ///
  /// - Parameter withAuthors: Whether there is room to say who made the events.
  init(
    _ history: SagaHistory, _ moment: MomentView, withAuthors: Bool, _ meter: inout WorkMeter
  ) {
    for step in history.steps {
      for case .command(_, _, let index) in step.outputs {
        let effects = moment.timeline.effects(of: index, limit: Self.most + 1)
        meter.entriesRead += effects.count
        made[index] = effects.compactMap { effect -> Position? in
          guard case .append(let position, _) = moment.timeline.entry(effect)?.kind else {
            return nil
          }
          return position
        }
      }
      if withAuthors, case .event(let position, _) = step.trigger {
        authors[step.entry] = EventAuthor.name(of: position, moment, &meter)
      }
    }
  }

  /// `#3`, `#1 #2`, or nothing.
  func positions(of command: JournalIndex) -> DisplayText {
    let all = made[command] ?? []
    let text = all.prefix(Self.most).map { "\($0)" }.joined(separator: " ")
    return PaneText.data(all.count > Self.most ? text + " …" : text)
  }
}
