/// What came of performing recorded inputs again.
public struct Verification: Sendable {
  /// A step that came out differently.
  public struct Difference: Sendable {
    /// The first entry of the step.
    public let entry: JournalIndex
    /// What was asked, as it follows "asked to".
    public let phrase: String
    /// A sentence that says what is different.
    public let sentence: String
    /// The step as it was recorded, and as it comes out now.
    package let (recorded, now): (StoredStep, StoredStep)
  }

  /// The number of steps that came out the same, byte for byte.
  public internal(set) var same = 0
  /// The first entries of steps that a closure made, which cannot be performed again, and of those
  /// in which another program acted outside; their recorded outcome was taken instead.
  public internal(set) var skipped: [JournalIndex] = []
  /// The number of steps that were made when the domain declared other consumers; their recorded
  /// outcome was taken.
  public internal(set) var foreign = 0
  /// The steps that came out differently, the first ones of them.
  ///
  /// After each of them its recorded outcome was taken, so that what only follows from a difference
  /// is none. Where the work ends at the first one there is only that.
  public internal(set) var differences: [Difference] = []
  /// Tells whether two steps are the same.
  private var comparer = StepComparer()
  /// Whether all steps were performed; else somebody ended the work, or there were too many
  /// differences.
  public internal(set) var isWhole = true

  /// The first step that came out differently.
  public var difference: Difference? { differences.first }

  /// The number of steps looked at.
  package var steps: Int { same + skipped.count + foreign + differences.count }
}

extension Timeline {
  /// Performs all recorded inputs again and compares the steps with the recorded ones, until one is
  /// different.
  ///
  /// - Parameters:
  ///   - engine: A fresh engine of the same domain, start and seed; its observers hear the steps.
  ///   - goesOn: Asked before each step with the number of steps so far; `false` ends it early.
  /// - Complexity: That of the recorded work itself.
  package func verify(
    with engine: Engine, goesOn: (Int) -> Bool = { _ in true }
  ) -> Verification {
    var engine = engine
    var result = Verification()
    var again = StoredSteps(after: engine.world)
    forEachStep(home: engine.domain.home(in: head)) { recorded in
      guard goesOn(result.same + result.skipped.count) else {
        result.isWhole = false
        return false
      }
      guard recorded.input.action.isRepeatable else {
        result.skipped.append(recorded.first)
        let end = stepEnd(of: recorded.first)
        engine.go(on: world(after: end), after: end)
        again = StoredSteps(after: engine.world)
        return true
      }
      return result.compare(recorded, &engine, &again)
    }
    return result
  }
}

extension Branch {
  /// Performs recorded inputs again with the code of now, and compares the steps with the recorded
  /// ones.
  ///
  /// Nothing that handlers do leaves the engine of the work, and nobody observes it. What was done
  /// silently, as forks do, is done silently again.
  ///
  /// - Parameters:
  ///   - start: The moment from which on; the recorded world there is where it begins.
  ///   - end: The moment up to which.
  ///   - most: After so many differences the work ends.
  ///   - goesOn: Asked before each step with the number of steps so far; `false` ends it early.
  /// - Complexity: That of the recorded work itself, and of reaching the moment of each difference.
  package func verify(
    from start: TimeCursor, upTo end: TimeCursor, differences most: Int = Limits.differences,
    goesOn: (Int) -> Bool = { _ in true }
  ) -> Verification {
    var result = Verification()
    guard start.entry < end.entry else { return result }
    var world = timeline.world(at: start, nearby: (cursor, shown))
    var place = start.entry
    var (engine, isSameDomain) = self.engine.again(on: world, after: place)
    var again = StoredSteps(after: world)
    /// Goes on from the recorded outcome of a step.
    func takeRecorded(_ step: StoredStep) {
      let end = timeline.stepEnd(of: step.first)
      world = timeline.world(after: end, nearby: (place, world))
      place = end
      (engine, isSameDomain) = self.engine.again(on: world, after: end)
      again = StoredSteps(after: world)
    }
    timeline.forEachStep(
      after: start.entry, upTo: end.entry, home: self.engine.domain.home(in: timeline.head)
    ) { recorded in
      guard goesOn(result.steps), result.differences.count < most, timeline.fault == nil else {
        result.isWhole = false
        return false
      }
      guard recorded.input.action.isRepeatable else {
        result.skipped.append(recorded.first)
        takeRecorded(recorded)
        return true
      }
      if silentAfter.map({ recorded.first <= $0 }) ?? true,
        engine.actsOutsideElsewhere(recorded.input.action)
      {
        result.skipped.append(recorded.first)
        takeRecorded(recorded)
        return true
      }
      guard isSameDomain else {
        result.foreign += 1
        takeRecorded(recorded)
        return true
      }
      engine.isSandboxed = silentAfter.map { recorded.first > $0 } ?? false
      if !result.compare(recorded, &engine, &again) { takeRecorded(recorded) }
      return true
    }
    return result
  }
}

extension Verification {
  /// Performs the input of a recorded step again, and compares what comes of it.
  ///
  /// - Parameters:
  ///   - engine: The engine before the step.
  ///   - again: Makes the engine's steps ones that can be compared.
  /// - Returns: Whether it is the same step.
  mutating func compare(
    _ recorded: StoredStep, _ engine: inout Engine, _ again: inout StoredSteps
  ) -> Bool {
    let input = recorded.input
    let entries = engine.perform(Input(input)).entries
    let step = again.step(
      input, entries, in: engine.world, home: engine.domain.home(in: engine.world))
    guard comparer.areSame(step, recorded) else {
      differences.append(
        Difference(
          entry: recorded.first, phrase: input.action.phrase(in: engine.world),
          sentence: recorded.difference(from: step), recorded: recorded, now: step))
      return false
    }
    same += 1
    return true
  }
}
