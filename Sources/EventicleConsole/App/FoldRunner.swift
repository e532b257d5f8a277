import EventicleCore

/// Folds aggregates and tries commands for the panes; the only part of the console that runs
/// reducers and handlers.
struct FoldRunner {
  private let world: World
  private let domain: Domain
  private let moment: MomentView
  /// Tries things at the moment; `nil` when the domain cannot be run.
  private lazy var trial = ThrowAwayRun(moment)
  /// The reads and reducer runs so far.
  private(set) var meter = WorkMeter()

  /// The most last versions that a folder is asked for.
  private static let lastVersions = 20
  /// The most members of a state that draw their history.
  private static let mostMembers = 200

  /// Creates a runner over the whole record, including events after the time cursor.
  init(_ moment: MomentView) {
    self.moment = moment
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
      let state = states(of: key, version.number...version.number).first ?? .null
      return .status(FoldRunner.word(of: state, domain.aggregate(key.type)))
    case .commands(let key, _, let index):
      // The moment may have gone on since the pane asked.
      guard index == moment.cursor.entry, let trial else { return .commands(nil) }
      return .commands(trial.commands(about: key, &meter))
    case .timers(let key, let index):
      guard index == moment.cursor.entry, let trial else { return .timers([:]) }
      return .timers(trial.timers(of: key, &meter))
    }
  }

  private mutating func fold(_ key: AggregateKey, upTo last: Version) -> AggregateFold {
    let root = domain.aggregate(key.type)
    // A folder may be another program, to which every state would have to come over.
    let most = root?.folder == nil ? last.number : FoldRunner.lastVersions
    let first = max(last.number - most, 0)
    let states = states(of: key, first...max(last.number, first))
    let state = states.last ?? .emptyObject
    let own = first == 0 ? Array(states.dropFirst()) : states
    var trails: [String: NumberTrail] = [:]
    for member in (state.object?.members ?? []).prefix(FoldRunner.mostMembers) {
      trails[member.key] = NumberTrail(of: member.key, in: own)
    }
    return AggregateFold(
      state: state, before: states.dropLast().last ?? .emptyObject,
      ladder: Ladder(of: root, after: own), trails: trails, word: FoldRunner.word(of: state, root))
  }

  /// Where an aggregate is in its life: the active states of its machine, else its status.
  static func word(of state: JSON, _ root: AggregateRoot?) -> String? {
    guard let machine = root?.machine else {
      return state.object?[root?.lifecycle?.field ?? "status"]?.string
    }
    return MachineTrail(machine, [state]).stops.last?.text
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
