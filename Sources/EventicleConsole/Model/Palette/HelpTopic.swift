/// A short page of the help about something that keys and verbs do not explain.
struct HelpTopic: Hashable, Sendable {
  let title: String
  let lines: [String]

  /// The pages, with the keys as they are set.
  static func all(_ keymap: Keymap) -> [HelpTopic] {
    func key(_ action: Action) -> String { keymap.label(of: action) }
    return [
      HelpTopic(
        title: "signs: declined, refused, failed",
        lines: [
          "✗  a consumer failed, or its delivery is parked: nothing of that step was kept",
          "!  a command was refused, or nobody heard an event, because its saga has ended",
          "▼  bad news that the domain reports itself: declined, on hold, failed, expired",
          "↶  something is taken back: cancelled, refunded, returned",
          "■  a saga has ended        ●  a stop        T  a timer",
          "~ + -  changed, added, removed by the event of this moment",
          "",
          "The header says the worst; \(key(.goNextError)) walks through it.",
        ]),
      HelpTopic(
        title: "moments: LIVE, HELD, PAST",
        lines: [
          "The row you stand on is the moment you see; every pane shows that moment.",
          "LIVE  the newest moment, and the engine runs",
          "HELD  the newest moment, and the engine waits: \(key(.stepDelivery)) makes one delivery",
          "PAST  an earlier moment: the clock stands, later rows are dim",
          "",
          "#5 is the last moment before event 6; #5.1 the moment one step after event 5.",
          ":#5.1  :12:04  :-30s  :50%  go to a moment; \(key(.live)) is the newest.",
        ]),
      HelpTopic(
        title: "letters: C E A S T V X",
        lines: [
          "C  a command      E  an event       A  an aggregate    S  a saga",
          "T  a timer        V  a view         X  an adapter, which works outside",
          "",
          "and  or  pa  before an event: its stream, in the stream's own tone",
          "┌ ├ └  events of one step: all of it happens, or nothing",
        ]),
      HelpTopic(
        title: "forks: what if",
        lines: [
          "\(key(.fork)) opens a fork at the moment you see; what you do there leaves main untouched.",
          ":switch main goes back, :forks lists them, :discard NAME drops one.",
          "Its name stands in the header instead of that of main.",
        ]),
    ]
  }
}
