import EventicleCore

/// An aggregate folded once, with what a pane tells about the way there.
struct AggregateFold: Sendable {
  /// The word of its status at a version.
  struct Status: Hashable, Sendable {
    let version: Version
    let word: String
  }

  /// The state at the version.
  private(set) var state = JSON.emptyObject
  /// The state one event earlier.
  private(set) var before = JSON.emptyObject
  /// How the status changed, oldest first, within the last versions.
  private(set) var statuses: [Status] = []

  /// How many events are folded for one drawing; longer histories are shown without states.
  static let most = 2_000
  /// How many of the last versions the statuses are told of.
  static let lastVersions = 20

  /// Folds an aggregate up to a version.
  ///
  /// - Returns: `nil` when it has no events, too many of them, or no declaration.
  init?(
    _ key: AggregateKey, _ moment: MomentView, upTo version: Version,
    most: Int = AggregateFold.most,
    _ meter: inout WorkMeter
  ) {
    guard let root = moment.domain.aggregate(key.type), version.number > 0,
      version.number <= most
    else { return nil }
    var count = 0
    moment.world.forEachEvent(of: key, upTo: version) { event, _ in
      count += 1
      before = state
      if let event = moment.domain.upcast(event) { root.apply(event, to: &state) }
      guard count > version.number - AggregateFold.lastVersions,
        let word = state.object?["status"]?.string, word != statuses.last?.word
      else { return }
      statuses.append(Status(version: Version(count), word: word))
    }
    meter.eventsRead += count
  }

  /// What the last event changed.
  var changes: [Difference] { differences(from: before, to: state) }
}
