package import EventicleCore

/// A part of a history as a test: what was asked before, what was asked in it, and what came of it.
///
/// It is made from the recorded inputs. What an engine does by itself, such as deliveries, follows
/// from them; where a person held them or acted on them, each is asked for.
package struct TestPlan: Sendable {
  /// What a test does.
  package enum Act: Sendable {
    /// Performs an input and everything that follows from it.
    case perform(InputAction)
    /// Moves the clock, firing what falls due on the way.
    case advance(to: Instant)
    /// Performs an input alone, at an instant to which the clock moves with it.
    case alone(InputAction, at: Instant?)
    /// Makes so many deliveries.
    case deliver(Int)
  }

  /// One act, with what it says when it is refused.
  package struct Step: Sendable {
    package let act: Act
    package fileprivate(set) var problem: String?
    /// The first entry of what it did.
    fileprivate let entry: JournalIndex
  }

  package let domain: String
  package let start: Instant
  package let seed: UInt64
  package let given: [Step]
  package let when: [Step]
  /// The events that were there before.
  package let known: [Event]
  /// The events that came of it, in order.
  package let events: [Event]

  /// The number of events before those that came of it.
  package var before: Int { known.count }

  /// The most acts of a test.
  package static let most = 10_000

  /// Why a history cannot be told as a test, as a sentence.
  package struct Failure: Error, Sendable {
    /// What kind of failure it is.
    package enum Kind: Sendable {
      case sentence
      /// A word of the line is at fault.
      case language(LanguageError)
    }

    package let sentence: String
    package let kind: Kind

    /// A failure with its sentence.
    package init(sentence: String) { (self.sentence, kind) = (sentence, .sentence) }

    /// A failure at a word of the line.
    package init(language error: LanguageError) {
      (sentence, kind) = (error.message, .language(error))
    }
  }

  /// Plans a test of what was asked from one entry to another.
  ///
  /// - Parameters:
  ///   - first: The test begins with what led to this entry.
  ///   - end: The last entry of the moment with which it ends.
  ///   - engine: An engine of the same domain at its very beginning, which lets nothing out.
  ///   - seed: The seed of its ids.
  /// - Throws: ``Failure`` when what is recorded cannot be asked for, or does not come out again.
  package init(
    from first: JournalIndex, upTo end: JournalIndex, of moment: MomentView, on engine: Engine,
    seed: UInt64
  ) throws(Failure) {
    domain = moment.domain.name
    start = engine.world.clock
    self.seed = seed
    var failure: Failure?
    for isPlain in [true, false] {
      var steps = TestPlan.steps(upTo: end, of: moment, isPlain: isPlain, from: start)
      guard steps.count <= TestPlan.most else {
        throw Failure(
          sentence: "\(steps.count) things were asked up to there; a test tells at most "
            + "\(TestPlan.most). A range that ends earlier has fewer.")
      }
      guard !steps.isEmpty else { break }
      do throws(Failure) {
        let counts = try TestPlan.run(&steps, on: engine, against: moment)
        // The step that led to the first entry is the last one that began before it.
        let split = max(0, (steps.lastIndex { $0.entry <= first } ?? 0))
        (given, when) = (Array(steps[..<split]), Array(steps[split...]))
        let before = split == 0 ? 0 : counts[split - 1]
        let after = counts.last ?? 0
        known = (0..<before).compactMap { moment.log.event(at: Position($0 + 1)) }
        events = (before..<after).compactMap { moment.log.event(at: Position($0 + 1)) }
        return
      } catch {
        // Asked one by one, as here the second time, the recorded steps come out if anything does.
        failure = error
      }
    }
    throw failure ?? Failure(sentence: "Nothing has happened, so there is nothing to test.")
  }

  // MARK: - Steps

  private static func steps(
    upTo end: JournalIndex, of moment: MomentView, isPlain: Bool, from start: Instant
  ) -> [Step] {
    var steps: [Step] = []
    var clock = start
    func add(_ act: Act, _ entry: JournalIndex) { steps.append(Step(act: act, entry: entry)) }
    for (first, input) in moment.timeline.inputs {
      guard first <= end, let entry = moment.timeline.entry(first) else { break }
      guard isPlain else {
        if case .deliver = input.action, input.instant == nil,
          case .deliver(let count)? = steps.last?.act
        {
          let before = steps.removeLast()
          add(.deliver(count + 1), before.entry)
        } else if case .deliver = input.action, input.instant == nil {
          add(.deliver(1), first)
        } else {
          add(.alone(input.action, at: input.instant), first)
        }
        continue
      }
      // A clock that stands before what happens is moved there.
      if entry.instant > clock {
        clock = entry.instant
        add(.advance(to: clock), first)
      }
      switch input.action {
      case .deliver, .fire: break
      case .moveClock(let instant):
        guard instant > clock else { break }
        clock = instant
        add(.advance(to: instant), first)
      default: add(.perform(input.action), first)
      }
    }
    return steps
  }

  // MARK: - Trying

  /// Runs the steps in a throw-away engine, notes what is refused, and compares the events.
  ///
  /// - Returns: The number of events after each step.
  private static func run(
    _ steps: inout [Step], on engine: Engine, against moment: MomentView
  ) throws(Failure) -> [Int] {
    var engine = engine
    var counts: [Int] = []
    for place in steps.indices {
      switch steps[place].act {
      case .perform(let action):
        try check(action)
        steps[place].problem = engine.perform(Input(action, by: .program)).problem
        try check(steps[place], moment)
        drive(&engine, upTo: engine.world.clock)
      case .advance(let instant):
        drive(&engine, upTo: instant)
        _ = engine.perform(.moveClock(instant))
      case .alone(let action, let instant):
        try check(action)
        steps[place].problem = engine.perform(Input(action, by: .program, at: instant)).problem
        try check(steps[place], moment)
      case .deliver(let count): for _ in 0..<count { _ = engine.perform(.deliver) }
      }
      counts.append(engine.world.log.count)
    }
    try compare(engine.world.log, moment)
    return counts
  }

  private static func drive(_ engine: inout Engine, upTo end: Instant) {
    var driver = Driver(firingUpTo: end)
    while let input = driver.next(engine) { driver.took(engine.perform(input)) }
  }

  private static func check(_ action: InputAction) throws(Failure) {
    guard !action.edit.changesOutcome else {
      throw Failure(
        sentence: "What came of it was changed in this fork, to \(action.phrase), which nobody can "
          + "ask for; export the test from the branch that it left.")
    }
    guard !SwiftTestWriter.canSay(action) else { return }
    throw Failure(
      sentence: "A test cannot say what was asked before: to \(action.phrase). save NAME.ndjson "
        + "keeps the events, and export diagram draws them.")
  }

  /// Whether a step was refused where the recorded one was, and only there.
  private static func check(_ step: Step, _ moment: MomentView) throws(Failure) {
    let wasRefused = moment.timeline.entry(step.entry)?.kind.problem != nil
    guard (step.problem != nil) != wasRefused else { return }
    var reason = step.problem ?? "it is not refused now"
    if reason.hasSuffix(".") { reason.removeLast() }
    throw Failure(
      sentence: "What was asked at \(step.entry) does not end again as it is recorded, so that a "
        + "test would fail: \(reason). The code may have changed since.")
  }

  private static func compare(_ log: EventLog, _ moment: MomentView) throws(Failure) {
    for number in 1..<(log.count + 1) {
      let position = Position(number)
      guard let made = log.event(at: position), let known = moment.log.event(at: position),
        made.id == known.id, made.type == known.type, made.createdAt == known.createdAt,
        made.stream == known.stream, made.data.value == known.data.value
      else {
        throw Failure(
          sentence: "What is recorded does not come out again from \(position) on, so that a test "
            + "would fail. The code may have changed since, or an adapter had a part in it; "
            + "export diagram and save NAME.ndjson tell the same without running anything.")
      }
    }
  }
}
