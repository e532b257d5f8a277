import EventicleCore

/// The sagas that run and the aggregates that exist at a moment, what matters first.
///
/// It looks through windows of what is indexed: parked work, timers in the order in which they fall
/// due, the newest instances, and the newest events of a stream. What lies outside is counted.
struct ExploreAlive {
  /// The things of one kind that were found, and how many there are.
  struct Kind {
    var rows: [ExploreRow] = []
    var count: Int
    /// Whether there are this many at most.
    var isMost = false

    /// All things of a kind.
    init(_ rows: [ExploreRow]) {
      self.rows = rows
      count = rows.count
    }

    init(_ rows: [ExploreRow], of count: Int, isMost: Bool = false) {
      self.rows = rows
      self.count = count
      self.isMost = isMost
    }
  }

  private let moment: MomentView

  /// How many timers, instances and events of each kind are looked at.
  private static let window = 512
  /// How many instances are counted one by one, and how much parked work is sorted.
  private static let mostCounted = 2_000
  private static let mostParked = 1_000

  init(_ moment: MomentView) { self.moment = moment }

  private var world: World { moment.world }

  // MARK: - Sagas

  /// The running sagas: parked ones, then what falls due next, then the newest.
  var sagas: Kind {
    var rows: [ExploreRow] = []
    var known: Set<SagaKey> = []
    func add(_ key: SagaKey, parkedAt position: Position?) {
      guard rows.count < ExplorePage.most, known.insert(key).inserted,
        let instance = world.sagas.instance(key), !instance.hasEnded
      else { return }
      rows.append(row(of: instance, parkedAt: position))
    }
    for (key, position) in parked { add(key, parkedAt: position) }
    for place in 0..<min(world.timers.count, Self.window) {
      if let timer = world.timers.timer(at: place) { add(timer.key.owner, parkedAt: nil) }
    }
    let names = moment.domain.sagas.map(\.name)
    let all = names.reduce(0) { $0 + world.sagas.count(of: $1) }
    let isCounted = all <= Self.mostCounted
    var running = 0
    for name in names {
      let count = world.sagas.count(of: name)
      for offset in 0..<min(count, isCounted ? count : Self.window) {
        guard let instance = world.sagas.instance(of: name, at: count - 1 - offset),
          !instance.hasEnded
        else { continue }
        running += 1
        add(instance.key, parkedAt: nil)
      }
    }
    return isCounted ? Kind(rows, of: running) : Kind(rows, of: all, isMost: true)
  }

  /// The saga instances whose work is parked, with the event that they failed on.
  private var parked: [(SagaKey, Position?)] {
    guard (1...Self.mostParked).contains(world.parkedCount) else { return [] }
    return world.parked.compactMap { parked in
      switch parked.work {
      case .delivery(let delivery, let instance?) where delivery.consumer.kind == .saga:
        (SagaKey(delivery.consumer.name, instance), delivery.position)
      case .timer(let key, _): (key.owner, nil)
      default: nil
      }
    }
  }

  private func row(of instance: SagaInstance, parkedAt position: Position?) -> ExploreRow {
    let isParked = parked.contains { $0.0 == instance.key }
    let status = instance.data.object?["status"]?.string ?? ""
    var row = ExploreRow(
      subject: .saga(instance.key), section: .sagas,
      title: "\(instance.key.saga) \(instance.correlation ?? instance.key.instanceID)")
    row.mark = isParked ? .failed : Severity(state: status, in: moment.domain)
    row.word = isParked ? position.map { "parked at \($0)" } ?? "parked" : status
    let timers = instance.timers.compactMap { world.timers.timer(TimerKey(instance.key, $0)) }
    row.due = timers.map(\.due).min()
    return row
  }

  // MARK: - Aggregates

  /// The aggregates of a type, those that an event touched last first.
  ///
  /// - Parameter most: How many are looked for.
  func aggregates(of type: String, most: Int) -> Kind {
    let count = world.histories.count(of: type)
    guard count > 0, let root = moment.domain.aggregate(type) else {
      return Kind([
        ExploreRow(subject: .nobody(type), section: .aggregates, kind: type, note: "none")
      ])
    }
    var rows: [ExploreRow] = []
    var known: Set<DomainID> = []
    func add(_ id: DomainID) {
      guard rows.count < most, known.insert(id).inserted else { return }
      let key = AggregateKey(type, id)
      let version = world.histories.version(of: key)
      guard version.number > 0 else { return }
      rows.append(
        ExploreRow(
          subject: .aggregate(key), section: .aggregates, kind: type, title: id.text,
          note: "v\(version)", version: version))
    }
    let events = world.log.count(of: root.stream)
    for offset in 0..<min(events, Self.window) where rows.count < most {
      guard let position = world.log.position(of: root.stream, at: StreamPosition(events - offset)),
        let id = world.log.domainID(at: position)
      else { continue }
      add(id)
    }
    for offset in 0..<min(count, Self.window) where rows.count < min(count, most) {
      if let id = world.histories.id(of: type, at: count - 1 - offset) { add(id) }
    }
    return Kind(rows, of: count)
  }

  // MARK: - Troubles

  /// What brought the engine or a consumer to a stop.
  var troubles: [ExploreRow] {
    let failures = moment.timeline.errors(upTo: moment.cursor.entry)
    return [
      ExploreRow(
        subject: .troubles("parked"), section: .stops, title: "parked work",
        mark: world.parkedCount > 0 ? .failed : nil, note: "\(world.parkedCount)"),
      ExploreRow(
        subject: .troubles("failures"), section: .stops, title: "failed or refused",
        mark: failures > 0 ? .refused : nil, note: "\(failures)"),
    ]
  }
}
