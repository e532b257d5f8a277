import EventicleCore

/// The instances of a saga, or of all sagas: what is parked first, then what a timer wakes next,
/// ended ones last.
///
/// Too many to be sorted for every picture stand in the order of declaration.
struct SagaRows {
  private let moment: MomentView
  private let sagas: [String]
  private let counts: [Int]
  private let sorted: [SagaInstance]?
  /// The failed work of instances that waits for a person.
  private let parked: [SagaKey: Parked]

  /// The most instances that are sorted, and the most parked work that is looked through.
  private static let most = 500

  /// Makes the rows of a saga, or of every saga when the name is `nil`.
  init(_ name: String?, _ moment: MomentView) {
    self.moment = moment
    sagas = name.map { [$0] } ?? moment.domain.sagas.map(\.name)
    counts = sagas.map { moment.world.sagas.count(of: $0) }
    parked = SagaRows.parked(moment.world)
    sorted =
      counts.reduce(0, +) <= SagaRows.most
      ? SagaRows.sorted(sagas, counts, parked, moment) : nil
  }

  /// The number of rows.
  var count: Int { counts.reduce(0, +) }

  /// Whether the rows stand worst first.
  var isSorted: Bool { sorted != nil }

  /// How many of the instances run, and how many are parked; `nil` when there are too many to tell.
  var tally: (running: Int, parked: Int)? {
    sorted.map { all in
      (all.count { !$0.hasEnded }, all.count { parked[$0.key] != nil })
    }
  }

  /// The instance in a row.
  func instance(at row: Int) -> SagaInstance? {
    if let sorted { return sorted.indices.contains(row) ? sorted[row] : nil }
    var rest = row
    for (saga, count) in zip(sagas, counts) {
      if rest < count { return moment.world.sagas.instance(of: saga, at: rest) }
      rest -= count
    }
    return nil
  }

  /// The row of an instance; the first one when it has none.
  func row(of key: SagaKey) -> Int {
    sorted?.firstIndex { $0.key == key } ?? 0
  }

  /// The failed work of an instance that waits for a person.
  func parked(_ key: SagaKey) -> Parked? { parked[key] }

  private static func parked(_ world: World) -> [SagaKey: Parked] {
    guard world.parkedCount > 0, world.parkedCount <= most else { return [:] }
    var found: [SagaKey: Parked] = [:]
    for work in world.parked {
      switch work.work {
      case .delivery(let delivery, let instance?) where delivery.consumer.kind == .saga:
        let key = SagaKey(delivery.consumer.name, instance)
        found[key] = found[key] ?? work
      case .timer(let timer, _): found[timer.owner] = found[timer.owner] ?? work
      default: break
      }
    }
    return found
  }

  private static func sorted(
    _ sagas: [String], _ counts: [Int], _ parked: [SagaKey: Parked], _ moment: MomentView
  ) -> [SagaInstance] {
    var all: [(rank: Int, due: Instant, place: Int, instance: SagaInstance)] = []
    for (saga, count) in zip(sagas, counts) {
      for row in 0..<count {
        guard let instance = moment.world.sagas.instance(of: saga, at: row) else { continue }
        let rank = parked[instance.key] != nil ? 0 : (instance.hasEnded ? 2 : 1)
        let due = next(of: instance, moment)?.due ?? Instant(milliseconds: Int64.max)
        all.append((rank, due, all.count, instance))
      }
    }
    return all.sorted { ($0.rank, $0.due, $0.place) < ($1.rank, $1.due, $1.place) }
      .map(\.instance)
  }

  /// The timer of an instance that falls due next.
  static func next(of instance: SagaInstance, _ moment: MomentView) -> Timer? {
    instance.timers.compactMap { moment.world.timers.timer(TimerKey(instance.key, $0)) }
      .min { ($0.due, $0.sequence) < ($1.due, $1.sequence) }
  }
}
