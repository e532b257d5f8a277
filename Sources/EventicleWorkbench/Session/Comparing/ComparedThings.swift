import EventicleCore

/// What the steps of two histories have touched after a moment, to be compared as it is at their
/// ends.
struct ComparedThings {
  /// A saga instance by what people call it: instances of two histories have ids of their own.
  private struct Named: Hashable {
    let saga: String
    let name: String
  }

  private var aggregates = OrderedKeys<AggregateKey>()
  private var instances = OrderedKeys<Named>()
  private var timers = OrderedKeys<String>()
  private var rows = OrderedKeys<RecordKey>()
  private var left: [Named: SagaKey] = [:]
  private var right: [Named: SagaKey] = [:]
  private var leftTimers: [String: TimerKey] = [:]
  private var rightTimers: [String: TimerKey] = [:]

  /// - Complexity: O(changes after the moment).
  init(
    _ left: ComparedSide, _ right: ComparedSide, after common: JournalIndex,
    goesOn: (Int) -> Bool
  ) {
    collect(left, common, isLeft: true, goesOn)
    collect(right, common, isLeft: false, goesOn)
  }

  private mutating func collect(
    _ side: ComparedSide, _ common: JournalIndex, isLeft: Bool, _ goesOn: (Int) -> Bool
  ) {
    let views = Set(side.domain.views.map(\.name))
    side.timeline.forEachStep(
      after: common, upTo: side.cursor.entry, home: side.domain.home(in: side.timeline.head)
    ) { step in
      for part in step.parts {
        for event in part.events {
          switch event {
          case .logged(_, let key?, by: _), .kept(_, let key): aggregates.insert(key)
          case .logged(_, nil, by: _): break
          }
        }
        for change in part.changes.others {
          switch change {
          case .saga(let old, let new):
            guard let instance = new ?? old else { continue }
            insert(instance.key, instance.correlation, side, isLeft: isLeft)
          case .timer(let key, _, _): insert(key, side, isLeft: isLeft)
          case .record(let key, _, _) where views.contains(key.type): rows.insert(key)
          default: break
          }
        }
      }
      return goesOn(step.first.number)
    }
  }

  private mutating func insert(
    _ key: SagaKey, _ correlation: String?, _ side: ComparedSide, isLeft: Bool
  ) {
    let known = correlation ?? side.world.sagas.instance(key)?.correlation
    let name = Named(saga: key.saga, name: known ?? key.instanceID)
    instances.insert(name)
    if isLeft { left[name] = key } else { right[name] = key }
  }

  private mutating func insert(_ key: TimerKey, _ side: ComparedSide, isLeft: Bool) {
    let instance = side.timeline.head.sagas.instance(key.owner)?.correlation
    let name = "\(key.owner.saga)/\(instance ?? key.owner.instanceID)/\(key.name)"
    timers.insert(name)
    if isLeft { leftTimers[name] = key } else { rightTimers[name] = key }
  }

  // MARK: - Comparing

  /// All of them as they are at the two ends, at most so many of each kind; and how many are left
  /// out.
  func compared(
    _ one: ComparedSide, _ other: ComparedSide
  ) -> (things: [ComparisonNotice.Thing], hidden: Int) {
    let most = ComparisonNotice.most
    var things: [ComparisonNotice.Thing] = []
    for key in aggregates.keys.prefix(most) {
      let (mine, others) = (one.moment.aggregate(key)?.state, other.moment.aggregate(key)?.state)
      things.append(thing(.aggregate, key.type, key.id.text, mine, others, nothing: "not there"))
    }
    for name in instances.keys.prefix(most) {
      let mine =
        left[name].flatMap { one.world.sagas.instance($0) }
        ?? one.world.sagas.find(name.saga, name.name)
      let others =
        right[name].flatMap { other.world.sagas.instance($0) }
        ?? other.world.sagas.find(name.saga, name.name)
      things.append(
        thing(
          .saga, name.saga, name.name, mine.map(Self.state), others.map(Self.state),
          nothing: "never started"))
    }
    for key in rows.keys.prefix(most) {
      let (mine, others) = (one.world.record(key)?.content, other.world.record(key)?.content)
      things.append(thing(.view, key.type, key.id, mine, others, nothing: "no row"))
    }
    for name in timers.keys.prefix(most) {
      let parts = name.split(separator: "/", maxSplits: 1)
      let key = leftTimers[name] ?? rightTimers[name]
      let mine = due(key, leftTimers[name], one)
      let others = due(key, rightTimers[name], other)
      guard mine != nil || others != nil else { continue }
      things.append(
        thing(
          .timer, String(parts.first ?? ""), String(parts.last ?? ""), mine, others,
          nothing: "not armed"))
    }
    let all = [aggregates.keys.count, instances.keys.count, rows.keys.count, timers.keys.count]
    return (things, all.reduce(0) { $0 + max(0, $1 - most) })
  }

  private func due(_ any: TimerKey?, _ own: TimerKey?, _ side: ComparedSide) -> JSON? {
    guard let key = own ?? any, let timer = side.world.timers.timer(key) else { return nil }
    return ["due": .string(timer.due.description)]
  }

  private static func state(_ instance: SagaInstance) -> JSON {
    guard instance.hasEnded else { return instance.data }
    var state = instance.data
    state["ended"] = true
    return state
  }

  private func thing(
    _ kind: ComparisonNotice.Kind, _ type: String, _ id: String, _ left: JSON?, _ right: JSON?,
    nothing: String
  ) -> ComparisonNotice.Thing {
    let changes = Self.changes(left, right)
    return ComparisonNotice.Thing(
      kind: kind, type: type, id: id,
      left: Self.words(for: left, changes.map { ($0.path, $0.left) }, nothing),
      right: Self.words(for: right, changes.map { ($0.path, $0.right) }, nothing),
      changes: changes)
  }

  static func changes(_ left: JSON?, _ right: JSON?) -> [ComparisonNotice.Change] {
    guard left != nil || right != nil else { return [] }
    // That something is there at all is a difference of its own.
    if (left == nil) != (right == nil), (left ?? right)?.object?.isEmpty ?? false {
      return [ComparisonNotice.Change(path: "", left: left, right: right)]
    }
    return differences(from: left, to: right).map {
      ComparisonNotice.Change(path: $0.path.description, left: $0.old, right: $0.new)
    }
  }

  /// `paid`, `■ paid`, `paid 59, orders 1`: the state if there is one in a word, else what differs.
  private static func words(
    for state: JSON?, _ values: [(path: String, value: JSON?)], _ nothing: String
  ) -> String {
    guard let state else { return nothing }
    let end = state["ended"] == true ? "■ " : ""
    let others = values.filter { $0.path != "status" && $0.path != "ended" }
    if let status = state["status"].string {
      let isTold = values.isEmpty || values.contains { $0.path == "status" || $0.path == "ended" }
      if isTold || others.isEmpty { return end + status }
      return "\(end)\(status), " + fields(others)
    }
    return values.isEmpty ? end + "the same" : end + fields(others.isEmpty ? values : others)
  }

  private static func fields(_ values: [(path: String, value: JSON?)]) -> String {
    let shown = values.prefix(3).map { path, value in
      value.map { path == "due" ? StepReader.word($0) : "\(path) \(StepReader.word($0))" }
        ?? "no \(path)"
    }
    let rest = values.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? ", \(rest) more" : "")
  }
}

/// Keys in the order in which they came first.
private struct OrderedKeys<Key: Hashable> {
  private(set) var keys: [Key] = []
  private var known: Set<Key> = []

  mutating func insert(_ key: Key) {
    if known.insert(key).inserted { keys.append(key) }
  }
}
