/// What consumers and commands did, and how long events took to reach their consumers.
///
/// Fed with the steps of an engine; no part of the world, so that going back in time takes nothing
/// out of it. Recording one delivery costs O(consumers + types of event) at the most.
public struct EngineMetrics: Sendable {
  /// What one consumer did.
  public struct Consumer: Sendable {
    /// Its kind and name.
    public let name: ConsumerName
    /// Its group.
    public let group: GroupName
    /// Its counts and latencies: from the event's creation to the end of its handling.
    public internal(set) var counters = ConsumerCounters()
    /// The latest latency by type of event, in the order of first handling.
    public internal(set) var latest: [(type: EventType, latency: Interval)] = []
    /// How many timers fired, for sagas.
    public internal(set) var timers = 0

    /// How often its handlers ran.
    public var attempts: Int { counters.handled + counters.failed }
  }

  /// What became of the commands of one type.
  public struct Commands: Sendable, Hashable {
    /// The type.
    public let type: String
    /// Carried out.
    public internal(set) var done = 0
    /// Carried out, and reported an error.
    public internal(set) var reported = 0
    /// Refused by a business rule.
    public internal(set) var rejected = 0
    /// Failed.
    public internal(set) var failed = 0
  }

  /// The consumers that did anything, in the order of their first doing.
  public private(set) var consumers: [Consumer] = []
  /// The types of commands that were given, in the order of their first giving.
  public private(set) var commands: [Commands] = []
  /// How many events were appended, imported ones included.
  public private(set) var events = 0

  private var lastConsumer = 0
  private var lastCommand = 0

  /// Metrics of nothing.
  public init() {}

  /// What became of the commands of a type.
  public func commands(of type: String) -> Commands {
    commands.first { isSameText($0.type, type) } ?? Commands(type: type)
  }

  /// Counts what a step did.
  ///
  /// - Parameter world: The world that it led to.
  public mutating func record(_ step: Step, _ world: borrowing World) {
    for entry in step.entries {
      switch entry.kind {
      case .delivery(let position, let consumer, _, let outcome):
        let index = index(of: consumer, world.consumers)
        guard outcome == .handled || outcome == .started else {
          consumers[index].count(outcome)
          continue
        }
        guard let createdAt = world.log.createdAt(at: position),
          let type = world.log.type(at: position)
        else { continue }
        consumers[index].handled(type, entry.instant - createdAt)
      case .append, .imported: events += 1
      case .command(let type, _, _, let outcome): count(type, outcome)
      case .timerFired(let key, let due, let outcome):
        let index = index(of: ConsumerName(.saga, key.owner.saga), world.consumers)
        consumers[index].fired(outcome, entry.instant - due)
      default: continue
      }
    }
  }

  private mutating func index(of name: ConsumerName, _ table: ConsumerTable) -> Int {
    // Consumers come one after the other, or the same one again and again.
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
