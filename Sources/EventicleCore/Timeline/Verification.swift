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
    let domain = engine.domain
    forEachStep(home: domain.aggregateKey) { recorded in
      guard goesOn(result.same + result.skipped.count) else { return false }
      let input = recorded.input
      guard input.action.isRepeatable else {
        result.skipped.append(recorded.first)
        let end = stepEnd(of: recorded.first)
        engine.go(on: world(after: end), after: end)
        again = StoredSteps(after: engine.world)
        return true
      }
      let entries = engine.perform(Input(input)).entries
      let step = again.step(input, entries, in: engine.world, home: domain.aggregateKey)
      guard StepCodec.encodeAlone(step) == StepCodec.encodeAlone(recorded) else {
        result.difference = Verification.Difference(
          entry: recorded.first, phrase: input.action.phrase(in: engine.world),
          sentence: recorded.difference(from: step))
        return false
      }
      result.same += 1
      return true
    }
    return result
  }
}
