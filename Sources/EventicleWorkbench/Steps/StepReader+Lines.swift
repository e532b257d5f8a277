package import EventicleCore

extension StepReader {
  /// What a command came to: `C PlaceOrder → #6 #7`.
  func command(_ index: JournalIndex, _ entry: JournalEntry) -> StepMessage? {
    guard case .command(let type, _, let response, let outcome) = entry.kind else { return nil }
    switch outcome {
    case .rejected(let reason): return StepMessage("\(type) refused: \(reason)", sign: "!")
    case .failed(let reason):
      return StepMessage("C \(type) failed, nothing kept: \(reason)", sign: "✗")
    case .waiting(let reason, let until):
      return StepMessage("C \(type) waits until \(Self.time(until)): \(reason)")
    case .done, .reported: break
    }
    let made = positions(madeBy: index)
    var message = StepMessage("C \(type)\(Self.arrow(made))")
    if case .reported(let problem) = outcome {
      message.sign = "!"
      message.parts.append(.words("kept, but reported: \(problem)"))
    } else if made.isEmpty {
      message.parts.append(.words(response.map { "answers \($0)" } ?? "nothing to change"))
    }
    return message
  }

  /// What a line did, with all that followed from it: the first step in full, the sagas in short,
  /// and what went wrong.
  ///
  /// - Parameters:
  ///   - entries: The entries that the line added.
  ///   - waiting: The number of deliveries that wait, because the engine is held.
  /// - Returns: `nil` when the line added nothing that can be told.
  /// - Complexity: O(changes of the first ``mostOutputs`` entries).
  package func line(_ entries: ClosedRange<Int>, waiting: Int = 0) -> StepMessage? {
    guard var message = first(of: JournalIndex(entries.lowerBound)) else { return nil }
    add(consequences(in: entries.lowerBound + 1..<entries.upperBound + 1), to: &message)
    if waiting > 0 { message.parts.append(.words("\(waiting) \(waiting == 1 ? "waits" : "wait")")) }
    return message
  }

  /// What followed from something: the worst that went wrong, then the steps of sagas in short.
  struct Consequences {
    var sagas: [String] = []
    var hiddenSagas = 0
    var troubles: [(sign: String, text: String)] = []
  }

  func add(_ consequences: Consequences, to message: inout StepMessage) {
    let troubles = consequences.troubles
    if let worst = troubles.first(where: { $0.sign == "✗" }) ?? troubles.first {
      if message.sign != "✗" { message.sign = worst.sign }
      message.parts.append(.words(worst.text))
      if troubles.count > 1 {
        message.parts.append(.words("\(troubles.count - 1) more went wrong"))
      }
    }
    message.parts += consequences.sagas.map { .words($0) }
    let hidden = consequences.hiddenSagas
    if hidden > 0 {
      message.parts.append(.words("\(hidden) more saga \(hidden == 1 ? "step" : "steps")"))
    }
  }

  /// Reads what followed in some entries, of which the first ``mostOutputs`` count.
  func consequences(in entries: Range<Int>) -> Consequences {
    var found = Consequences()
    for number in entries.prefix(Self.mostOutputs) {
      let index = JournalIndex(number)
      guard let entry = timeline.entry(index) else { continue }
      switch entry.kind {
      case .delivery(_, let consumer, _, .ignored(let reason))
      where Self.isUnheard(consumer, reason):
        found.troubles.append(("!", "nobody hears it: \(consumer.name) has ended"))
      case .delivery(_, let consumer, let instance, let outcome):
        let key = instance.map { SagaKey(consumer.name, $0) }
        if let problem = outcome.problem {
          let who = key.map { "S \(saga($0))" } ?? Self.title(of: consumer)
          found.troubles.append(("✗", failure(of: who, outcome, problem)))
        } else if consumer.kind == .saga, let key, outcome == .handled || outcome == .started {
          take(&found) { "S \(brief(key, entry, index))" }
        }
      case .timerFired(let key, _, let outcome):
        if let problem = outcome.problem {
          let text = failure(of: saga(key.owner), outcome, problem)
          found.troubles.append(("✗", "T \(key.name): \(text)"))
        } else {
          take(&found) { "T \(key.name) → \(brief(key.owner, entry, index))" }
        }
      default: break
      }
    }
    return found
  }

  private func take(_ found: inout Consequences, _ text: () -> String) {
    if found.sagas.count < 2 { found.sagas.append(text()) } else { found.hiddenSagas += 1 }
  }

  /// The message of a step by its first entry.
  package func first(of index: JournalIndex) -> StepMessage? {
    guard let entry = timeline.entry(index) else { return nil }
    switch entry.kind {
    case .append(let position, _), .imported(let position, _):
      let event = world.log.event(at: position)
      let id = event?.domainID.map { " \($0.text)" } ?? ""
      return StepMessage(
        "\(title(of: position))\(id) appended to \(event?.stream.description ?? "the log")")
    case .clock(let from, let to): return clock(from: from, to: to)
    default: return step(index)
    }
  }

  /// `clock +30s, 09:00:32`.
  package func clock(from: Instant, to: Instant) -> StepMessage {
    StepMessage("clock +\((to - from).brief), \(Self.time(to))")
  }

  /// `T retry fired: clock +30s, 09:00:32 · PaymentSaga order-1 declined → retrying · sent …`.
  package func fired(_ index: JournalIndex, moved: Interval) -> StepMessage? {
    guard var message = step(index), let entry = timeline.entry(index),
      case .timerFired(let key, _, _) = entry.kind
    else { return nil }
    let clock = moved.milliseconds > 0 ? "clock +\(moved.brief), " : ""
    message.head = "T \(key.name) fired: \(clock)\(Self.time(entry.instant))"
    return message
  }

  /// A saga's step in few words: `PaymentSaga order-2 started, sent → #8, timeout 5m`.
  func brief(_ key: SagaKey, _ entry: JournalEntry, _ index: JournalIndex) -> String {
    let change = sagaChange(of: key, in: entry)
    let isStart = change.map { $0.old == nil } ?? false
    var words = [isStart ? "started" : became(change)].filter { !$0.isEmpty }
    let effects = timeline.effects(of: index, limit: Self.mostOutputs)
    let sent = effects.flatMap { positions(madeBy: $0) }
    if !sent.isEmpty { words.append("sent\(Self.arrow(sent))") }
    for effect in effects {
      switch timeline.entry(effect)?.kind {
      case .timerArmed(let timer, _, let schedule, _):
        words.append("\(timer.name) \(schedule.brief)")
      case .timerCancelled(let timer): words.append("\(timer.name) off")
      default: break
      }
    }
    if words.isEmpty {
      let fields = differences(from: change?.old?.data, to: change?.new?.data)
      words = fields.isEmpty ? ["as it was"] : Self.words(for: Array(fields.prefix(2)))
    }
    return "\(name(of: key, change)) \(words.joined(separator: ", "))".trimmed
  }
}
