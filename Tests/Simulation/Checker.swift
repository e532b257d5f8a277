import EventicleCore

/// A simple model of the engine in plain dictionaries, built from the written steps and compared
/// with the engine after every step.
struct Checker {
  /// The facts about an event, read once.
  struct Fact {
    let id: String
    let stream: String
    let place: Int
    let type: String
    let key: String
    var data: JSON
    let createdAt: Instant
    /// The stream's declared name, without its workspace.
    let home: String
    let workspace: Workspace

    func number(_ name: String) -> Int { data[name].integer ?? 0 }

    /// The key within its workspace: equal keys of two workspaces do not wait for each other.
    var lane: String { workspace.isTenant ? "\(workspace):\(key)" : key }
  }

  /// The expected progress of one consumer.
  struct Account {
    /// How often each event was dealt with, by position.
    var done: [UInt8] = [0]
    /// How often each event was handled, including redrives.
    var handled: [UInt8] = [0]
    /// The last event of each key that was dealt with.
    var last: [String: Int] = [:]
    /// Events to retry: the number of attempts so far, and the time of the next.
    var pending: [Int: (attempt: Int, until: Instant)] = [:]
    /// Keys that are busy with their last event, and until when.
    var busy: [String: Instant] = [:]
    /// Events that were put behind other work of an instance, to be offered later.
    var behind: Set<Int> = []
    /// Events that were offered again out of order.
    var again: Set<Int> = []
    var isWaiting = false
    var isOpen = true
    /// Events up to this position need not have been offered.
    var exempt = 0
    var tally = [0, 0, 0, 0, 0, 0]
    /// The expected rows of a view: the number of events and their sum.
    var rows: [Row: (count: Int, sum: Int)] = [:]
  }

  /// The workspace and key under which a view folds events.
  struct Row: Hashable {
    let workspace: Workspace
    let key: String
  }

  struct Instance {
    var key: String
    var steps: Int
    var pokes: Int
    /// Every key by which events have found the instance.
    var keys: Set<String>
  }

  /// A step that is owed since its timer fired.
  struct Owed {
    let due: Instant
    /// Whether a later step of the instance has armed the timer again or removed it.
    var isOff = false
  }

  /// How the reason begins when work is put off.
  static let behind = "it waits behind other work of "
  /// The reason why a timer's step is dropped although it was wanted when the timer fired.
  static let standsFor = "one that waits for its step stands for it"
  static let calledOff = "it was armed anew or called off while it waited"

  let plan: DomainPlan
  let names: [ConsumerName: Int]
  var facts: [Fact] = []
  var positions: [String: Int] = [:]
  var streamCounts: [StreamName: Int] = [:]
  var accounts: [Account]
  var versions: [AggregateKey: (version: Int, count: Int, sum: Int)] = [:]
  var instances: [SagaKey: Instance] = [:]
  var live: [String: [String: SagaKey]] = [:]
  var timers: [TimerKey: Instant] = [:]
  /// The steps owed by fired timers, in the order in which they have to be taken.
  var owed: [TimerKey: [Owed]] = [:]
  var parked: [Int: Parked] = [:]
  var clock: Instant
  var nextEntry = 1
  var deliveries = 0
  /// The number of saga instances started and ended.
  var started = 0
  var ended = 0
  /// The number of events kept under each idempotency key.
  var keyed: [String: Int] = [:]
  /// The data with which the work at hand is redriven.
  var edited: JSON?

  init(_ plan: DomainPlan, clock: Instant) {
    self.plan = plan
    self.clock = clock
    let all = plan.everybody
    names = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.name, $0) })
    accounts = all.map { _ in Account() }
    accounts[all.count - 1].isOpen = false
    accounts[all.count - 1].exempt = Int.max
  }

  /// Applies a written step to the model, and compares.
  mutating func take(_ step: Step, from input: Input?, _ world: World) throws {
    guard !step.entries.isEmpty else { return }
    let parts = step.parts
    for part in parts {
      guard let first = part.first, first.stepStart.number == nextEntry,
        first.stepCount == part.count
      else {
        throw Violation(.journalIsDense, "A step should begin at j\(nextEntry).")
      }
      nextEntry += part.count
    }
    guard world.clock >= clock else {
      throw Violation(.clockGoesForward, "The clock went back from \(clock) to \(world.clock).")
    }
    clock = world.clock
    edited = nil
    if case .redrive(let number)? = input?.action { edited = parked[number]?.editedData?.value }
    let before = facts.count
    try takeEvents(step, world)
    try compareVersions(from: before, world)
    guard parts.reduce(0, { $0 + ($1.first?.changes.appended ?? 0) }) == facts.count - before else {
      throw Violation(
        .journalIsDense, "A step did not note the \(facts.count - before) events of its own.")
    }
    for part in parts { try takeChanges(part, input) }
    for entry in step.entries { try take(entry, input, world) }
    guard facts.count == world.log.count else {
      throw Violation(
        .logIsDense, "The log has \(world.log.count) events, but \(facts.count) were noted.")
    }
    guard world.parkedCount == parked.count else {
      throw Violation(
        .parkedIsKept, "\(world.parkedCount) pieces of work are parked, not \(parked.count).")
    }
    try compareTimers(world)
  }

  private mutating func take(
    _ entry: JournalEntry, _ input: Input?, _ world: World
  ) throws {
    guard entry.instant == clock else {
      throw Violation(.journalIsDense, "An entry is not of its step's moment.")
    }
    switch entry.kind {
    case .command(_, let data, _, let outcome):
      if entry.cause == nil || entry.cause.map({ $0 < entry.stepStart }) ?? true {
        try takeCommand(data, outcome, entry)
      }
    case .delivery(let position, let consumer, let instance, let outcome):
      deliveries += 1
      try takeDelivery(position.number, consumer, instance, outcome, input, world)
    case .timerArmed(let key, let due, let schedule, let again):
      try takeArmed(key, due, schedule, again)
    case .timerCancelled(let key): try takeCancelled(key)
    case .timerFired(let key, let due, let outcome):
      try takeFired(key, due, outcome, input, world)
    case .sagaEnded(let key, _): try takeEnd(key, world)
    case .group(let group, let action): takeGroup(group, action, world)
    default: break
    }
  }

  /// Checks the events of a step: positions without gaps, new ids, versions without gaps.
  private mutating func takeEvents(_ step: Step, _ world: World) throws {
    for entry in step.entries {
      guard case .append(let position, let type) = entry.kind else { continue }
      guard position.number == facts.count + 1, let event = world.log.event(at: position),
        event.type == type
      else {
        throw Violation(
          .logIsDense, "\(position) was appended where #\(facts.count + 1) should have been.")
      }
      let id = event.id.text
      guard positions.updateValue(position.number, forKey: id) == nil,
        world.log.position(of: event.id) == position
      else { throw Violation(.logIsDense, "The id of \(position), \(id), is not its own.") }
      let stream = event.stream.text
      let place = (streamCounts[event.stream] ?? 0) + 1
      streamCounts[event.stream] = place
      guard world.log.streamPosition(of: position).number == place,
        world.log.position(of: event.stream, at: StreamPosition(place)) == position
      else { throw Violation(.logIsDense, "\(position) is not number \(place) of \(stream).") }
      let fact = Fact(
        id: id, stream: stream, place: place, type: type.text, key: event.key,
        data: event.data.value, createdAt: event.createdAt,
        home: event.stream.logical.text, workspace: event.workspace)
      facts.append(fact)
      for index in accounts.indices {
        accounts[index].done.append(0)
        accounts[index].handled.append(0)
      }
      if let key = fact.data["ck"].string { keyed[key, default: 0] += 1 }
      if plan.aggregates.contains(fact.home), let id = event.domainID {
        let key = AggregateKey(fact.home, id, in: fact.workspace)
        versions[key, default: (0, 0, 0)].count += 1
        versions[key, default: (0, 0, 0)].sum += fact.number("n")
      }
    }
  }

  private mutating func takeChanges(
    _ part: ArraySlice<JournalEntry>, _ input: Input?
  ) throws {
    var last: QueuedDelivery?
    for change in part.first?.changes.others ?? [] {
      switch change {
      case .enqueued(let delivery):
        if let last, delivery < last {
          throw Violation(.orderIsKept, "Deliveries were queued out of order: views come first.")
        }
        last = delivery
      case .parked(let number, let old, let new):
        let isRedrive = input?.isRedrive ?? false
        if let old, new == nil, !isRedrive, case .delivery(let delivery, nil) = old.work,
          let index = names[delivery.consumer], input.map({ !$0.dropsParked }) ?? true,
          !part.contains(where: { $0.kind.handles(delivery) })
        {
          accounts[index].again.insert(delivery.position.number)
          accounts[index].done[delivery.position.number] = 0
        }
        if parked[number] != nil { parked[number] = new }
      default: break
      }
    }
  }
}

extension Step {
  /// Its entries, split by step: a step may contain enclosed steps.
  var parts: [ArraySlice<JournalEntry>] {
    var parts: [ArraySlice<JournalEntry>] = []
    var start = 0
    for index in entries.indices.dropFirst() where entries[index].stepCount > 0 {
      parts.append(entries[start..<index])
      start = index
    }
    if start < entries.count { parts.append(entries[start...]) }
    return parts
  }
}

extension JournalEntry.Kind {
  /// Whether the entry says that a delivery was handled.
  fileprivate func handles(_ delivery: Delivery) -> Bool {
    guard case .delivery(delivery.position, delivery.consumer, _, let outcome) = self else {
      return false
    }
    return outcome == .handled || outcome == .started
  }
}

extension Input {
  var dropsParked: Bool { if case .dropParked = action { true } else { false } }
  var isRedrive: Bool { if case .redrive = action { true } else { false } }
}
