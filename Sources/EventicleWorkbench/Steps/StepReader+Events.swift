package import EventicleCore

extension StepReader {
  /// An event with its reason: `#5 OrderOnHold order-1 by PaymentSaga ← #4`.
  package func event(_ position: Position) -> StepMessage {
    StepMessage("\(name(of: position)) \(reason(of: position))".trimmed)
  }

  /// An event with what it is about: `#5 OrderOnHold order-1`.
  func name(of position: Position) -> String {
    let id = world.log.event(at: position)?.domainID.map { " \($0.text)" } ?? ""
    return title(of: position) + id
  }

  /// What a row is about, from its entry alone, so that it can be said in every frame: no changes
  /// are read, which a store would have to make again.
  package func row(_ index: JournalIndex) -> StepMessage {
    guard let entry = timeline.entry(index) else { return StepMessage("") }
    switch entry.kind {
    case .append(let position, _), .imported(let position, _): return event(position)
    case .timerFired(let key, _, let outcome):
      var message = StepMessage(
        "T \(key.name) of \(saga(key.owner)) fired: \(Self.time(entry.instant))")
      if let problem = outcome.problem {
        message.sign = "✗"
        message.parts = [.words(problem)]
      }
      return message
    case .command(let type, _, _, let outcome):
      guard let problem = outcome.problem else { return StepMessage("C \(type)") }
      return StepMessage("\(type) refused: \(problem)", sign: "!")
    case .delivery(let position, let consumer, _, let outcome):
      let reason = outcome.problem.map { ": \($0)" } ?? ""
      return StepMessage(
        "\(title(of: position)) → \(Self.title(of: consumer))\(reason)",
        sign: reason.isEmpty ? "" : "✗")
    case .acted(let position, let consumer, let act): return acted(position, consumer, act)
    default: return StepMessage(entry.kind.problem ?? "")
    }
  }

  /// The same, with what it made of its aggregate: `Order order-1 paying → onHold`.
  ///
  /// - Complexity: O(events of the aggregate), which is folded if it has at most ``mostFolded``.
  package func foldedEvent(_ position: Position) -> StepMessage {
    var message = event(position)
    guard let event = world.log.event(at: position),
      let key = world.aggregateKey(of: event, in: domain)
    else { return message }
    let version = world.version(of: key, at: position)
    guard version.number > 0, version.number <= Self.mostFolded else { return message }
    let whole = MomentView(
      cursor: timeline.headCursor, world: world, timeline: timeline, domain: domain)
    let old =
      version.number > 1
      ? whole.aggregate(key, upTo: Version(version.number - 1))?.state : nil
    let new = whole.aggregate(key, upTo: version)?.state
    let changes = differences(from: old, to: new)
    let name = "\(key.type) \(key.id.text)"
    if let status = changes.first(where: { $0.path.description == "status" }),
      let word = status.new?.string
    {
      let from = status.old?.string.map { "\($0) → " } ?? ""
      message.parts.append(.words("\(name) \(from)\(word)"))
    } else if !changes.isEmpty {
      let words = Self.words(for: changes, isNew: old == nil).joined(separator: ", ")
      message.parts.append(.words(old == nil ? "\(name) is new" : "\(name) \(words)"))
    }
    return message
  }

  /// The most events of an aggregate that a message folds.
  package static let mostFolded = 500

  /// Why an event is there: `by you: PlaceOrder`, `by PaymentSaga ← #4`, `by T retry`.
  private func reason(of position: Position) -> String {
    guard let index = timeline.appendEntry(of: position), let entry = timeline.entry(index) else {
      return ""
    }
    if case .imported = entry.kind { return "imported" }
    let (origin, command) = origin(of: entry)
    switch origin?.kind {
    case .delivery(let from, let consumer, _, _): return "by \(consumer.name) ← \(from)"
    case .timerFired(let key, _, _): return "by \(key.owner.saga), T \(key.name)"
    default: return command.map { "by you: \($0)" } ?? "by you"
    }
  }

  /// What made an event that nobody asked for by hand: `PaymentSaga: MarkOrderPaid`.
  func cause(of entry: JournalEntry) -> String? {
    let (origin, command) = origin(of: entry)
    let by = command.map { ": \($0)" } ?? ""
    switch origin?.kind {
    case .delivery(_, let consumer, _, _): return "\(consumer.name)\(by)"
    case .timerFired(let key, _, _): return "T \(key.name)\(by)"
    default: return nil
    }
  }

  /// The delivery or timer behind an event, and the command between; a person's when there is none.
  private func origin(of entry: JournalEntry) -> (JournalEntry?, command: String?) {
    var command: String?
    var next: JournalEntry? = entry
    // An event is made by a command, a delivery or a timer, and a command by one of the latter.
    for _ in 0..<3 {
      guard let cause = next?.cause, let origin = timeline.entry(cause) else { break }
      switch origin.kind {
      case .command(let type, _, _, _): command = command ?? type
      case .delivery, .timerFired: return (origin, command)
      default: break
      }
      next = origin
    }
    return (nil, command)
  }

  /// The moment in which nothing is left to do: `nothing waits, 5 consumers up to date · …`.
  package func rest(_ world: World, _ keys: KeyNames = KeyNames()) -> String {
    let count = domain.views.count + domain.sagas.count + domain.adapters.count
    var parts = ["nothing waits"]
    // One that was stopped or moved is behind although nothing is queued for it.
    let groups =
      domain.views.map(\.group) + domain.sagas.map(\.group) + domain.adapters.map(\.group)
    if groups.allSatisfy({ world.group($0)?.isInStep ?? true }) {
      parts[0] += ", \(count) \(count == 1 ? "consumer" : "consumers") up to date"
    }
    if let timer = world.timers.next {
      let wait = timer.due - world.clock
      let when = wait.milliseconds > 0 ? "in \(wait.brief)" : "now"
      parts.append("\(keys.fire) fires \(timer.key.name) (\(when))")
    }
    return (parts + ["\(keys.command) gives a command"]).joined(separator: " · ")
  }

  /// What a moment lacks, by the first entry of the step after it: `before #4 PaymentDeclined → S
  /// PaymentSaga order-1 · it is awaitingPayment`.
  package func undone(_ index: JournalIndex) -> StepMessage? {
    guard let entry = timeline.entry(index), let step = first(of: index) else { return nil }
    let key: SagaKey? =
      switch entry.kind {
      case .delivery(_, let consumer, let instance?, _): SagaKey(consumer.name, instance)
      case .timerFired(let key, _, _): key.owner
      default: nil
      }
    guard let key, let change = sagaChange(of: key, in: entry) else {
      return StepMessage("before \(step.head)")
    }
    var message = StepMessage("before \(step.head.cut(before: ": "))")
    guard let old = change.old else {
      message.parts = [.words("it has not started")]
      return message
    }
    if let status = Self.status(old) { message.parts.append(.words("it is \(status)")) }
    let fields = differences(from: change.new?.data, to: old.data)
      .filter { $0.path.description != "status" && $0.new != nil }
    let words = fields.map { "\($0.path) \(Self.word($0.new ?? .null))" }
    if !words.isEmpty { message.parts.append(.fields(Array(words.prefix(4)))) }
    return message
  }
}

extension String {
  /// The text up to a word; all of it when the word is not there.
  fileprivate func cut(before word: String) -> String {
    firstRange(of: word).map { String(self[..<$0.lowerBound]) } ?? self
  }
}
