/// What consumers and commands did, and how long events took to reach their consumers.
///
/// Recorded from the steps of an engine; not part of the world, so going back in time does not
/// change it. Recording one delivery is at most O(consumers + event types).
public struct EngineMetrics: Sendable {
  /// What one view, saga or adapter did since counting began.
  public struct Consumer: Sendable {
    /// Which declaration it is.
    public let name: ConsumerName
    /// The group whose position it moves.
    public let group: GroupName
    /// Counts and latencies, from an event's creation to the end of its handling.
    public internal(set) var counters = ConsumerCounters()
    /// The latest latency of each event type, in the order they were first handled.
    public internal(set) var latest: [(type: EventType, latency: Interval)] = []
    /// The number of timers fired, for sagas.
    public internal(set) var timers = 0

    /// The number of times its handlers ran.
    public var attempts: Int { counters.handled + counters.failed }
  }

  /// What became of the commands of one type since counting began.
  public struct Commands: Sendable, Hashable {
    /// The name under which the command is dispatched.
    public let type: String
    /// How many succeeded.
    public internal(set) var done = 0
    /// How many succeeded and then reported an error.
    public internal(set) var reported = 0
    /// How many a business rule refused.
    public internal(set) var rejected = 0
    /// How many failed.
    public internal(set) var failed = 0
  }

  /// The consumers that have done anything, in the order they began.
  public private(set) var consumers: [Consumer] = []
  /// The types of commands that were given, in the order they were first given.
  public private(set) var commands: [Commands] = []
  /// The number of events appended, imported ones included.
  public private(set) var events = 0

  private var lastConsumer = 0
  private var lastCommand = 0

  /// Metrics at zero.
  public init() {}

  /// What became of the commands of a type; all counts are 0 when there were none.
  public func commands(of type: String) -> Commands {
    commands.first { isSameText($0.type, type) } ?? Commands(type: type)
  }

  /// Records what a step did.
  ///
  /// - Parameter world: The world after the step.
  public mutating func record(_ step: Step, _ world: borrowing World) {
    for index in 0..<step.made.count {
      guard let kind = step.made.kind(at: index), let instant = step.made.instant(at: index) else {
        continue
      }
      record(kind, at: instant, world)
    }
  }

  /// Records what one journal entry says.
  package mutating func record(_ entry: JournalEntry, _ world: borrowing World) {
    record(entry.kind, at: entry.instant, world)
  }

  private mutating func record(
    _ kind: JournalEntry.Kind, at instant: Instant, _ world: borrowing World
  ) {
    switch kind {
    case .delivery(let position, let consumer, _, let outcome):
      let index = index(of: consumer, world.consumers)
      guard outcome == .handled || outcome == .started else {
        consumers[index].count(outcome)
        return
      }
      guard let createdAt = world.log.createdAt(at: position),
        let type = world.log.type(at: position)
      else { return }
      consumers[index].handled(type, instant - createdAt)
    case .append, .imported: events += 1
    case .command(let type, _, _, let outcome): count(type, outcome)
    // Scheduled commands are counted as commands.
    case .timerFired(let key, let due, let outcome) where !key.isOfCommand:
      let index = index(of: ConsumerName(.saga, key.owner.saga), world.consumers)
      consumers[index].fired(outcome, instant - due)
    default: return
    }
  }

  private mutating func index(of name: ConsumerName, _ table: ConsumerTable) -> Int {
    // Consumers take turns in order, or one acts repeatedly, so the search starts at the last one.
    let count = consumers.count
    for step in 0..<count {
      var index = lastConsumer + step
      if index >= count { index -= count }
      if consumers[index].name == name {
        lastConsumer = index
        return index
      }
    }
    let group = table.number(of: name).flatMap { table[$0]?.group } ?? GroupName(name.name)
    consumers.append(Consumer(name: name, group: group))
    lastConsumer = count
    return count
  }

  private mutating func count(_ type: String, _ outcome: CommandOutcome) {
    if lastCommand >= commands.count || !isSameText(commands[lastCommand].type, type) {
      if let known = commands.firstIndex(where: { isSameText($0.type, type) }) {
        lastCommand = known
      } else {
        lastCommand = commands.count
        commands.append(Commands(type: type))
      }
    }
    switch outcome {
    case .done: commands[lastCommand].done += 1
    case .reported: commands[lastCommand].reported += 1
    case .rejected: commands[lastCommand].rejected += 1
    case .failed: commands[lastCommand].failed += 1
    // What came of it is counted when it comes.
    case .waiting: break
    }
  }
}

extension EngineMetrics.Consumer {
  fileprivate mutating func handled(_ type: EventType, _ latency: Interval) {
    let latency = max(latency, Interval(milliseconds: 0))
    counters.add(.handled, latency: latency)
    for index in latest.indices where latest[index].type == type {
      latest[index].latency = latency
      return
    }
    latest.append((type, latency))
  }

  fileprivate mutating func fired(_ outcome: StepOutcome, _ latency: Interval) {
    timers += 1
    guard outcome == .handled || outcome == .started else { return count(outcome) }
    counters.add(.handled, latency: max(latency, Interval(milliseconds: 0)))
  }

  fileprivate mutating func count(_ outcome: StepOutcome) {
    switch outcome {
    case .handled, .started: counters.add(.handled)
    case .ignored: counters.add(.ignored)
    case .duplicate: counters.add(.duplicate)
    case .failed:
      counters.add(.failed)
      counters.add(.parked)
    case .retrying:
      counters.add(.failed)
      counters.add(.retried)
    case .skipped:
      counters.add(.failed)
      counters.add(.skipped)
    case .stopped: counters.add(.failed)
    // It counts when its outcome is known.
    case .offered: break
    }
  }
}
