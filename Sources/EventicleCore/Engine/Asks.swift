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

extension EngineInput {
  /// What is asked for, as it follows "asked to".
  fileprivate var phrase: String {
    switch self {
    case .emit(let events, let stream):
      "emit \(events.count) \(events.count == 1 ? "event" : "events") to \(stream)"
    case .dispatch(let intent): "dispatch \(intent.type)"
    case .direct(let command): "dispatch \(command.name)"
    case .deliver: "make the next delivery"
    case .fire(let key): "fire \(key)"
    case .moveClock(let instant): "move the clock to \(instant)"
    case .take(let event, _): "import \(event.id)"
    case .pause(let group): "pause \(group)"
    case .resume(let group): "let \(group) go on"
    case .move(let group, let position): "move \(group) after \(position)"
    case .redrive(let number): "do parked \(number) again"
    case .edit(let number, _): "edit parked \(number)"
    case .dropParked(let number): "give parked \(number) up"
    case .swap(let view, _): "swap \(view)"
    case .trim(let stream, let length, _): "keep \(length) events of \(stream)"
    }
  }
}
