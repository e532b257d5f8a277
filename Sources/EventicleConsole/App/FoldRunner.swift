import EventicleCore

/// Folds aggregates for the panes; the only part of the console that runs reducers.
struct FoldRunner {
  private let world: World
  private let domain: Domain
  /// The reads and reducer runs so far.
  private(set) var meter = WorkMeter()

  /// Creates a runner over the whole record, including events after the time cursor.
  init(_ moment: MomentView) {
    world = moment.timeline.head
    domain = moment.domain
  }

  /// Folds the requested aggregate; O(events of the aggregate up to the version).
  mutating func answer(_ request: FoldRequest) -> FoldAnswer {
    switch request {
    case .aggregate(let key, let version): return .aggregate(fold(key, upTo: version))
    case .steps(let key, let first, let last):
      var before = JSON.emptyObject
      var steps: [[Difference]] = []
      fold(key, upTo: last) { version, state in
        if version >= first { steps.append(differences(from: before, to: state)) }
        before = state
      }
      return .steps(steps)
    case .status(let key, let version):
      var status: String?
      fold(key, upTo: version) { number, state in
        if number == version { status = state.object?["status"]?.string }
      }
      return .status(status)
    }
  }

  private mutating func fold(_ key: AggregateKey, upTo last: Version) -> AggregateFold {
    var before = JSON.emptyObject
    var current = JSON.emptyObject
    var statuses: [AggregateFold.Status] = []
    fold(key, upTo: last) { version, state in
      before = current
      current = state
      guard version.number > last.number - AggregateFold.lastVersions,
        let word = state.object?["status"]?.string, word != statuses.last?.word
      else { return }
      statuses.append(AggregateFold.Status(version: version, word: word))
    }
    return AggregateFold(state: current, before: before, statuses: statuses)
  }

  /// Folds an aggregate's events and passes on the state after each.
  private mutating func fold(
    _ key: AggregateKey, upTo last: Version, _ body: (Version, JSON) -> Void
  ) {
    guard let root = domain.aggregate(key.type) else { return }
    var state = JSON.emptyObject
    var count = 0
    world.forEachEvent(of: key, upTo: last) { event, _ in
      count += 1
      if let event = domain.upcast(event) { root.apply(event, to: &state) }
      body(Version(count), state)
    }
    meter.eventsRead += count
    meter.handlerCalls += count
  }
}
