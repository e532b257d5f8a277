import EventicleCore

/// What a person did to a delivery, in a word or two.
enum DeliveryActText {
  /// What was done, as the name of a row.
  static func done(_ act: DeliveryAct) -> DisplayText {
    switch act {
    case .deliver: "delivered early"
    case .delay: "delayed"
    case .drop: "dropped"
    case .duplicate: "doubled"
    case .crash: "crashed"
    }
  }

  /// When the consumer gets it; empty where the word says it.
  static func when(_ act: DeliveryAct) -> DisplayText {
    switch act {
    case .deliver: .empty
    case .delay(let until): "until " + PaneText.data(CivilTime(until).clockText)
    case .drop: "never gets it"
    case .duplicate: "gets it twice"
    case .crash: "gets it again"
    }
  }

  /// The mark and the words of a delivery that waits out of its turn.
  static func waiting(_ one: Redelivery, at now: Instant) -> (mark: DisplayText, words: DisplayText)
  {
    switch one.reason {
    case .delayed:
      let wait = one.due - now
      let due: DisplayText =
        wait.milliseconds > 0 ? "comes in " + PaneText.data(wait.brief) : "is due"
      return ("D", "delayed by you: " + due)
    case .duplicated: return ("T", "twice by you: the second time")
    case .unacknowledged: return ("K", "crashed by you: it comes again")
    }
  }
}
