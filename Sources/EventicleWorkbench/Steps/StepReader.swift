package import EventicleCore

/// Reads in the journal what a step came to, and says it in the words of the message line.
package struct StepReader {
  let timeline: Timeline
  let domain: Domain
  /// The newest world, which knows how people name things.
  let world: World

  /// Creates a reader of the record around a moment.
  package init(_ moment: MomentView) {
    timeline = moment.timeline
    domain = moment.domain
    world = moment.timeline.head
  }

  /// The message of a delivery, a fired timer or a command, by the entry of its step.
  ///
  /// - Returns: `nil` for an entry of another kind.
  /// - Complexity: O(changes of the step).
  package func step(_ index: JournalIndex) -> StepMessage? {
    guard let entry = timeline.entry(index) else { return nil }
    switch entry.kind {
    case .delivery(let position, let consumer, let instance, let outcome):
      let message = delivery(position, consumer, instance, outcome, entry, index)
      return entry.isByUser ? byPerson(message, index) : message
    case .acted(let position, let consumer, let act): return acted(position, consumer, act)
    case .timerFired(let key, _, let outcome):
      var message = StepMessage("T \(key.name) fired: \(Self.time(entry.instant))")
      if let problem = outcome.problem {
        message.sign = "✗"
        message.parts = [.words(failure(of: saga(key.owner), outcome, problem))]
        return message
      }
      let change = sagaChange(of: key.owner, in: entry)
      message.parts = [.words("\(name(of: key.owner, change)) \(became(change))".trimmed)]
      message.parts += parts(of: change, index)
      return message
    case .command: return command(index, entry)
    default: return nil
    }
  }

  // MARK: - Deliveries

  private func delivery(
    _ position: Position, _ consumer: ConsumerName, _ instance: String?, _ outcome: StepOutcome,
    _ entry: JournalEntry, _ index: JournalIndex
  ) -> StepMessage {
    let event = title(of: position)
    let who = consumer.kind == .saga ? "S \(saga(consumer, instance))" : Self.title(of: consumer)
    switch outcome {
    case .ignored(let reason):
      if Self.isUnheard(consumer, reason) {
        let key = world.log.event(at: position)?.key
        let named = [consumer.name, key].compactMap { $0 }.joined(separator: " ")
        return StepMessage("\(event) → nobody: \(named) has ended", sign: "!")
      }
      return StepMessage("\(event) → \(who): nothing done, \(reason)")
    case .duplicate: return StepMessage("\(event) → \(who): handled before, nothing done again")
    case .offered(let attempt, let until):
      return StepMessage(
        "\(event) → \(who): offered to a worker, attempt \(attempt), until \(Self.time(until))")
    case .failed(let problem), .retrying(let problem, _, _), .skipped(let problem),
      .stopped(let problem):
      return StepMessage("\(event) → \(failure(of: who, outcome, problem))", sign: "✗")
    case .started, .handled: break
    }
    guard consumer.kind == .saga, let instance else {
      return StepMessage("\(event) → \(who): \(rows(changedBy: entry))")
    }
    let key = SagaKey(consumer.name, instance)
    let change = sagaChange(of: key, in: entry)
    if outcome == .started {
      let named = change?.new?.correlation ?? world.sagas.instance(key)?.correlation ?? instance
      var message = StepMessage("\(event) → S \(consumer.name): started \(named)")
      message.parts = parts(of: change, index).filter {
        if case .fields = $0 { false } else { true }
      }
      return message
    }
    let words = became(change)
    var message = StepMessage(
      "\(event) → S \(name(of: key, change))" + (words.isEmpty ? "" : ": \(words)"))
    message.parts = parts(of: change, index)
    if words.isEmpty, message.parts.isEmpty { message.head += ": nothing changed" }
    return message
  }

  /// `S PaymentSaga order-1 failed, parked, nothing kept: …`.
  func failure(of who: String, _ outcome: StepOutcome, _ problem: String) -> String {
    let fate =
      switch outcome {
      case .retrying(_, let attempt, let until):
        "attempt \(attempt), tries again at \(Self.time(until))"
      case .skipped: "skipped"
      case .stopped: "stopped before it"
      default: "parked"
      }
    return "\(who) failed, \(fate), nothing kept: \(problem)"
  }

  /// Whether an event came to a saga whose instance has ended.
  package static func isUnheard(_ consumer: ConsumerName, _ reason: String) -> Bool {
    consumer.kind == .saga && reason == "its instance has ended"
  }

  // MARK: - Names

  /// `#4 PaymentDeclined`.
  func title(of position: Position) -> String {
    "\(position) \(world.log.type(at: position)?.text ?? "")".trimmed
  }

  /// `V OrderBoard`, `X Mailer`.
  static func title(of consumer: ConsumerName) -> String {
    switch consumer.kind {
    case .view: "V \(consumer.name)"
    case .saga: "S \(consumer.name)"
    case .adapter, .subscription: "X \(consumer.name)"
    }
  }

  private func saga(_ consumer: ConsumerName, _ instance: String?) -> String {
    instance.map { saga(SagaKey(consumer.name, $0)) } ?? consumer.name
  }

  /// `PaymentSaga order-1`, by the value that events find the instance with.
  func saga(_ key: SagaKey) -> String {
    "\(key.saga) \(world.sagas.instance(key)?.correlation ?? key.instanceID)"
  }

  /// The same of an instance that may be removed by now.
  func name(of key: SagaKey, _ change: SagaChange?) -> String {
    let known = change?.new?.correlation ?? change?.old?.correlation
    return known.map { "\(key.saga) \($0)" } ?? saga(key)
  }

  /// The time of day, without the milliseconds that nobody set.
  static func time(_ instant: Instant) -> String {
    let text = CivilTime(instant).timeText
    return text.hasSuffix(".000") ? String(text.dropLast(4)) : text
  }
}

extension String {
  /// The text without blanks at its ends.
  var trimmed: String {
    var text = Substring(self)
    while text.last == " " { text.removeLast() }
    while text.first == " " { text.removeFirst() }
    return String(text)
  }
}
