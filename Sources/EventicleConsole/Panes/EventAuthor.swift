import EventicleCore

/// Who made an event, in one or two words: `you`, `PaymentSaga`, `T retry`, `imported`.
enum EventAuthor {
  /// The author of an event of the newest history; follows its causes to the first one that acts by
  /// itself.
  static func name(
    of position: Position, _ moment: MomentView, _ meter: inout WorkMeter
  ) -> DisplayText {
    guard let append = moment.timeline.appendEntry(of: position) else { return .empty }
    var next = moment.timeline.entry(append)
    // An event is made by a command, a delivery or a timer, and a command by one of the latter.
    for _ in 0..<4 {
      meter.entriesRead += 1
      guard let entry = next else { break }
      switch entry.kind {
      case .imported: return "imported"
      case .delivery(_, let consumer, _, _): return PaneText.data(consumer.name, limit: 60)
      case .timerFired(let key, _, _): return "T " + PaneText.data(key.name, limit: 60)
      default: break
      }
      next = entry.cause.flatMap { moment.timeline.entry($0) }
    }
    return "you"
  }
}
