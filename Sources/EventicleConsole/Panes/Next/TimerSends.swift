import EventicleCore

/// What timers were seen to send when they fired, by saga and name.
///
/// It grows with the history, a portion at a time, so that a screen never reads the history again.
struct TimerSends: Hashable, Sendable {
  private struct Name: Hashable {
    let saga: String
    let timer: String
  }

  private struct Sent: Hashable {
    let first: JournalIndex
    let commands: [String]
  }

  private var sent: [Name: Sent] = [:]
  /// The number of entries read.
  private(set) var indexed = 0

  /// The most entries read in one go, and the most of one step.
  private static let portion = 1_024
  private static let mostOfStep = 64

  /// The most timers of a world about which something is to be known.
  private static let mostTimers = 64

  /// Reads entries that it has not read yet, while it does not know what a timer of a world sends.
  mutating func learn(from timeline: Timeline, about timers: TimerTable) {
    if timeline.count < indexed { self = TimerSends() }
    guard indexed < timeline.count, lacks(some: timers) else { return }
    let end = indexed + Self.portion
    timeline.forEachBrief(after: JournalIndex(indexed)) { index, entry in
      indexed = index.number
      if case .other(let entry) = entry, case .timerFired(let key, _, .handled) = entry.kind {
        learn(index, key, timeline)
      }
      return indexed < end
    }
  }

  private func lacks(some timers: TimerTable) -> Bool {
    var (isLacking, left) = (false, Self.mostTimers)
    timers.forEach { timer in
      left -= 1
      isLacking = sent[Name(saga: timer.key.owner.saga, timer: timer.key.name)] == nil
      return !isLacking && left > 0
    }
    return isLacking
  }

  private mutating func learn(_ fired: JournalIndex, _ key: TimerKey, _ timeline: Timeline) {
    let name = Name(saga: key.owner.saga, timer: key.name)
    guard sent[name] == nil else { return }
    let commands = Self.commands(after: fired, timeline)
    if !commands.isEmpty { sent[name] = Sent(first: fired, commands: commands) }
  }

  private static func commands(after fired: JournalIndex, _ timeline: Timeline) -> [String] {
    let last = min(timeline.stepEnd(of: fired).number, fired.number + mostOfStep)
    return (fired.number..<max(last, fired.number)).compactMap { number in
      guard let entry = timeline.entry(JournalIndex(number + 1)), entry.cause == fired,
        case .command(let type, _, _, _) = entry.kind
      else { return nil }
      return type
    }
  }

  /// The commands that an earlier firing of a timer sent, up to a moment; empty when none was seen.
  func commands(of key: TimerKey, upTo end: JournalIndex) -> [String] {
    guard let sent = sent[Name(saga: key.owner.saga, timer: key.name)], sent.first <= end else {
      return []
    }
    return sent.commands
  }
}
