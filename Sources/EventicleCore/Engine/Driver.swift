/// Decides what an engine does next by itself, and when that comes to an end.
///
/// It is the one loop behind the console, tapes, the library, the host and the tests:
///
///     var driver = Driver(firingUpTo: end)
///     while let input = driver.next(engine) {
///       driver.took(engine.perform(input))
///     }
///     if driver.outcome == .idle { … }
///
/// Deliveries come before timers; timers and waiting groups follow in due order.
public struct Driver: Sendable {
  /// Why a driver came back.
  public enum Outcome: Sendable, Hashable {
    /// Nothing more is to be done up to the instant.
    case idle
    /// Deliveries wait because the engine is held.
    case held
    /// A stop was reached; with the entry at which it was.
    case stopped(at: JournalIndex)
    /// The number of steps that it was given is used up, and more are to be done.
    case budgetSpent
    /// Somebody ended the work at the boundary of a step, or the store failed.
    case interrupted
    /// So many deliveries followed from one input that it looks like a loop.
    case endless(deliveries: Int)
    /// So many timers fired that it looks like a loop, or like a move of the clock by mistake.
    case crowded(fires: Int)
  }

  /// Why it came back; ``Outcome/idle`` while it goes on.
  public private(set) var outcome = Outcome.idle
  /// The number of steps taken.
  public private(set) var steps = 0
  /// The number of timers fired.
  public private(set) var fired = 0

  private let end: Instant?
  private let isHeld: Bool
  private let budget: Int
  private let mostDeliveries: Int
  private let mostFires: Int
  /// The deliveries since the last timer, or since the beginning.
  private var deliveries = 0
  private var due = 0
  private var isOver = false

  /// Creates a driver.
  ///
  /// - Parameters:
  ///   - end: Timers that are due up to this instant fire; none when `nil`.
  ///   - isHeld: Whether deliveries wait.
  ///   - budget: The most steps taken.
  ///   - deliveries: The most deliveries that may follow from one input or timer.
  ///   - fires: The most timers that may fire.
  public init(
    firingUpTo end: Instant? = nil, isHeld: Bool = false, budget: Int = Int.max,
    deliveries: Int = Limits.cascadeDeliveries, fires: Int = Limits.clockFires
  ) {
    self.end = end
    self.isHeld = isHeld
    self.budget = budget
    mostDeliveries = deliveries
    mostFires = fires
  }

  /// The next input; `nil` when it comes back, for the reason in ``outcome``.
  public mutating func next(_ engine: borrowing Engine) -> Input? {
    guard !isOver else { return nil }
    if !isHeld, engine.hasWork {
      guard deliveries < mostDeliveries else {
        return finish(.endless(deliveries: deliveries))
      }
      guard steps < budget else { return finish(.budgetSpent) }
      deliveries += 1
      return .deliver
    }
    guard let end, let next = engine.nextDue(upTo: end) else {
      return finish(isHeld && engine.hasWork ? .held : .idle)
    }
    guard due < mostFires else { return finish(.crowded(fires: fired)) }
    guard steps < budget else { return finish(.budgetSpent) }
    deliveries = 0
    due += 1
    if case .fire = next.action { fired += 1 }
    return next
  }

  /// Hears what came of the input.
  public mutating func took(_ step: Step) {
    steps += 1
    // The same would be tried for ever.
    if step.error is StoreFault { interrupt() }
  }

  /// Comes back at the boundary of the last step, because a stop was reached.
  public mutating func stop(at entry: JournalIndex) { _ = finish(.stopped(at: entry)) }

  /// Comes back at the boundary of the last step, because somebody ended the work.
  public mutating func interrupt() { _ = finish(.interrupted) }

  private mutating func finish(_ outcome: Outcome) -> Input? {
    isOver = true
    self.outcome = outcome
    return nil
  }
}

extension Driver.Outcome {
  /// The error for an outcome that looks like a mistake; `nil` for any other.
  ///
  /// - Parameter clock: Where the clock stopped.
  package func error(at clock: Instant) -> EngineError? {
    switch self {
    case .endless(let deliveries): .endless(deliveries: deliveries)
    case .crowded(let fires): .crowded(fires: fires, clock: clock)
    default: nil
    }
  }
}
