/// The inputs that handlers gave to the surrounding ``Eventicle``, in the order of the calls.
// Safe in an engine, which is Sendable: only the engine of an ``Eventicle`` has one, and that never
// leaves its thread; copies for reading have none.
final class DeferredInputs: DeferredInputQueue, @unchecked Sendable {
  /// An input that a handler gave during a step.
  struct DeferredInput {
    let input: Input
    /// The first entry of the step in which the handler ran.
    let cause: JournalIndex
    /// Whether the handler's own step is kept, even if the surrounding step is undone.
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

extension DeferredInputs.DeferredInput {
  /// What adds a refusal to the journal that no entry of its step records; `nil` when none does
  /// not.
  func report(of step: Step, in world: World) -> Input? {
    guard let problem = step.problem, !step.entries.contains(where: { $0.kind.problem != nil })
    else { return nil }
    let asked = input.action.phrase(in: world)
    let text = "A handler asked to \(asked), and could not be served: \(problem)"
    return Input(.report(text, cause: cause))
  }
}
