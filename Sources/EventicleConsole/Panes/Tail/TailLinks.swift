import EventicleCore

/// The events that the selected row comes from, and those that come from it.
struct TailLinks {
  private(set) var causes: Set<Position> = []
  private(set) var effects: Set<Position> = []

  /// How many effects are looked for.
  private static let most = 256

  /// Looks for what is linked with an event; nothing without one.
  init(_ position: Position?, _ moment: MomentView, _ meter: inout WorkMeter) {
    guard let position, let event = moment.log.event(at: position) else { return }
    meter.eventsRead += 1
    if let cause = moment.log.position(ofCauseOf: event) { causes = [cause] }
    effects = Set(moment.timeline.effects(of: position, limit: Self.most))
  }
}
