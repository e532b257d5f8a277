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

  /// Folds the requested aggregate in one batch; O(events of the aggregate up to the version).
  ///
  /// What cannot be folded is answered by empty states.
  mutating func answer(_ request: FoldRequest) -> FoldAnswer {
    switch request {
    case .aggregate(let key, let version): return .aggregate(fold(key, upTo: version))
    case .steps(let key, let first, let last):
      let start = max(first.number - 1, 0)
      guard start <= last.number else { return .steps([]) }
      let states = states(of: key, start...last.number)
      return .steps(zip(states, states.dropFirst()).map { differences(from: $0, to: $1) })
    case .status(let key, let version):
      return .status(
        states(of: key, version.number...version.number).first?.object?["status"]?.string)
    }
  }

  private mutating func fold(_ key: AggregateKey, upTo last: Version) -> AggregateFold {
    let first = max(last.number - AggregateFold.lastVersions, 0)
    let states = states(of: key, first...max(last.number, first))
    var statuses: [AggregateFold.Status] = []
    for (place, state) in states.enumerated().dropFirst() {
      guard let word = state.object?["status"]?.string, word != statuses.last?.word else {
        continue
      }
      statuses.append(AggregateFold.Status(version: Version(first + place), word: word))
    }
    return AggregateFold(
      state: states.last ?? .emptyObject, before: states.dropLast().last ?? .emptyObject,
      statuses: statuses)
  }

  /// The states of an aggregate at consecutive versions, the empty one at version 0 included.
  private mutating func states(of key: AggregateKey, _ versions: ClosedRange<Int>) -> [JSON] {
    guard let root = domain.aggregate(key.type) else { return [] }
    let states = try? root.states(
      of: key, at: versions.map { Version($0) }, in: world, opening: domain.upcast
    ) { folded in
      meter.eventsRead += folded
      meter.handlerCalls += folded
    }
    return states ?? versions.map { _ in .emptyObject }
  }
}
