package import EventicleCore

/// The states of aggregates before and after events, folded for filters and remembered while one
/// filter runs over events.
///
/// Runs reducers, so it is used by work and by looks beside the screen, never while drawing. A scan
/// from old to new folds every event about twice: a window of states is made at a time, which grows
/// with the version.
package final class StateFolds {
  private struct Window {
    let first: Int
    let states: [JSON]

    func state(_ version: Int) -> JSON? {
      states.indices.contains(version - first) ? states[version - first] : nil
    }
  }

  /// The number of events folded so far.
  package private(set) var folded = 0
  /// Where it looks; read where it lies, because a copy retains all that it has.
  let moment: MomentView
  private var windows: [AggregateKey: Window] = [:]

  /// The most states of one aggregate that are made at a time.
  private static let mostStates = 1_024

  /// Folds what a moment has recorded, later events included.
  package init(_ moment: MomentView) {
    self.moment = moment
  }

  /// The state before and after the event at a position; `nil` for an event of no aggregate.
  ///
  /// Where an error of a folder leaves no state, both are empty.
  package func states(
    of event: Event, at position: Position
  ) -> (before: JSON, after: JSON)? {
    let (head, domain) = (moment.timeline.head, moment.domain)
    guard let key = head.aggregateKey(of: event, in: domain), let root = domain.aggregate(key.type)
    else {
      return nil
    }
    let version = head.version(of: key, at: position).number
    guard version > 0 else { return nil }
    if let window = windows[key], let before = window.state(version - 1),
      let after = window.state(version)
    {
      return (before, after)
    }
    let count = min(max(8, version), StateFolds.mostStates)
    let last = min(version + count, head.histories.version(of: key).number)
    let asked = (version - 1)...max(version, last)
    let states = try? root.states(
      of: key, at: asked.map { Version($0) }, in: head, opening: domain.upcast
    ) { folded += $0 }
    if windows.count >= Limits.foldedStates { windows = [:] }
    let window = Window(
      first: version - 1, states: states ?? asked.map { _ in JSON.emptyObject })
    windows[key] = window
    return (window.states[0], window.states[1])
  }
}
