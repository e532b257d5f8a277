/// What handlers asked the ``Eventicle`` around them for, in the order of asking.
// Safe to hold in an engine, which may be sent: only the engine of an ``Eventicle`` has one, and that
// never leaves its thread; the copies that are read elsewhere are without it.
final class Asks: AskList, @unchecked Sendable {
  /// One thing that a handler asked for.
  struct Ask {
    let input: EngineInput
    /// The first entry of the step in which it asked.
    let cause: JournalIndex
    /// Whether the step that asked stays, whatever becomes of the one around it.
    var isKept = false
  }

  private var waiting: [Ask] = []

  var count: Int { waiting.count }

  func drop(after count: Int) {
    guard waiting.count > count else { return }
    waiting = waiting[..<count] + waiting[count...].filter(\.isKept)
  }

  func keep(after count: Int) {
    for place in waiting.indices.dropFirst(count) { waiting[place].isKept = true }
  }

  func append(_ input: EngineInput, cause: JournalIndex) {
    waiting.append(Ask(input: input, cause: cause))
  }

  func next() -> Ask? { waiting.isEmpty ? nil : waiting.removeFirst() }
}

extension Engine {
  /// Does what a handler asked for; a refusal that no entry tells of is written down.
  ///
  /// - Returns: The steps that it took, one or two.
  mutating func carryOut(_ ask: Asks.Ask) -> [EngineStep] {
    let step = perform(ask.input)
    guard let problem = step.problem, !step.entries.contains(where: { $0.kind.problem != nil })
    else { return [step] }
    let text = "A handler asked to \(ask.input.phrase), and could not be served: \(problem)"
    let note = self.step(cause: ask.cause) { transaction in
      transaction.note(.trouble(text), parent: nil)
      return nil
    }
    return [step, note]
  }
}
