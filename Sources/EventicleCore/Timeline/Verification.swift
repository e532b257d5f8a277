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
  }

  /// The number of steps that came out the same, byte for byte.
  public internal(set) var same = 0
  /// The first entries of steps that a closure made, which cannot be performed again; their
  /// recorded outcome was taken instead.
  public internal(set) var skipped: [JournalIndex] = []
  /// The number of steps that were made when the domain declared other consumers; their recorded
  /// outcome was taken.
  public internal(set) var foreign = 0
  /// The first step that came out differently; nothing after it was performed.
  public internal(set) var difference: Difference?
}

extension Timeline {
  /// Performs all recorded inputs again and compares the steps with the recorded ones.
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
    forEachStep(home: engine.domain.aggregateKey) { recorded in
      guard goesOn(result.same + result.skipped.count) else { return false }
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
    let step = again.step(input, entries, in: engine.world, home: engine.domain.aggregateKey)
    guard StepCodec.encodeAlone(step) == StepCodec.encodeAlone(recorded) else {
      difference = Difference(
        entry: recorded.first, phrase: input.action.phrase(in: engine.world),
        sentence: recorded.difference(from: step))
      return false
    }
    same += 1
    return true
  }
}
