import Testing

@testable import EventicleCore

/// An engine that records every step in a timeline, and keeps the world after it for comparison.
struct RecordedEngine {
  /// A world after the step that ends at an entry.
  struct Moment {
    let first: JournalIndex
    let last: JournalIndex
    let world: World
    let fingerprint: Fingerprint
  }

  private(set) var engine: Engine
  private(set) var timeline: Timeline
  /// The start and the moment after each step.
  private(set) var moments: [Moment] = []
  let names: WorldNames
  private let remembers: Bool

  /// Creates an engine in which nothing has happened.
  ///
  /// - Parameter remembering: Whether every world is kept for comparison.
  init(_ domain: Domain, seed: UInt64 = 1, remembering: Bool = true) throws {
    engine = try Engine(domain, seed: seed)
    timeline = Timeline(startingWith: engine.world)
    names = WorldNames(domain)
    remembers = remembering
    remember(JournalIndex(0))
  }

  var world: World { engine.world }

  /// All journal entries so far.
  var entries: [JournalEntry] {
    timeline.count == 0
      ? [] : (1...timeline.count).compactMap { timeline.entry(JournalIndex($0)) }
  }

  @discardableResult
  mutating func perform(_ input: Input) -> Step {
    let first = timeline.last.next
    let step = engine.perform(input, recordingIn: &timeline)
    timeline.arrive(at: engine.world)
    if !step.entries.isEmpty { remember(first) }
    return step
  }

  /// Delivers until nothing waits.
  mutating func settle() {
    while engine.hasWork { perform(.deliver) }
  }

  /// Carries out a command and everything that follows from it.
  @discardableResult
  mutating func run(_ type: String, _ data: JSON = .emptyObject) -> Step {
    let step = perform(.dispatch(CommandIntent(type, data)))
    settle()
    return step
  }

  /// Emits events and delivers them.
  @discardableResult
  mutating func emit(_ events: NewEvent..., to stream: StreamName) -> Step {
    let step = perform(.emit(events, to: stream))
    settle()
    return step
  }

  /// Advances the clock and fires the timers that fall due.
  mutating func pass(_ interval: Interval) {
    let end = world.clock + interval
    while let due = engine.nextDue(upTo: end) {
      perform(due)
      settle()
    }
    perform(.moveClock(end))
  }

  private mutating func remember(_ first: JournalIndex) {
    guard remembers else { return }
    moments.append(
      Moment(
        first: first, last: timeline.last, world: engine.world,
        fingerprint: EventicleCoreTests.fingerprint(engine.world, names)))
  }

  func fingerprint(_ world: World) -> Fingerprint {
    EventicleCoreTests.fingerprint(world, names)
  }
}
