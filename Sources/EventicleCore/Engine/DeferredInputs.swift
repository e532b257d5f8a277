/// What handlers asked the ``Eventicle`` around them for, in the order of asking.
// Safe to hold in an engine, which may be sent: only the engine of an ``Eventicle`` has one, and that
// never leaves its thread; the copies that are read elsewhere are without it.
final class DeferredInputs: DeferredInputQueue, @unchecked Sendable {
  /// One thing that a handler asked for.
  struct DeferredInput {
    let input: Input
    /// The first entry of the step in which it asked.
    let cause: JournalIndex
    /// Whether the step that asked stays, whatever becomes of the one around it.
    var isKept = false
  }

  private var waiting: [DeferredInput] = []

  var count: Int { waiting.count }

  func drop(after count: Int) {
    guard waiting.count > count else { return }
    waiting = waiting[..<count] + waiting[count...].filter(\.isKept)
  }

  func keep(after count: Int) {
    for place in waiting.indices.dropFirst(count) { waiting[place].isKept = true }
  }

  func append(_ input: Input, cause: JournalIndex) {
    waiting.append(DeferredInput(input: input, cause: cause))
  }

  func next() -> DeferredInput? { waiting.isEmpty ? nil : waiting.removeFirst() }
}

extension Engine {
  /// Does what a handler asked for; a refusal that no entry tells of is written down.
  ///
  /// - Returns: The steps that it took, one or two.
  mutating func perform(deferred: DeferredInputs.DeferredInput) -> [Step] {
    let step = perform(deferred.input)
    guard let problem = step.problem, !step.entries.contains(where: { $0.kind.problem != nil })
    else { return [step] }
    let text = "A handler asked to \(deferred.input.phrase), and could not be served: \(problem)"
    let note = self.step(cause: deferred.cause) { transaction in
      transaction.note(.trouble(text), parent: nil)
      return nil
    }
    return [step, note]
  }
}
