package import EventicleCore

extension Session {
  /// Tries a command line in a throw-away fork of the branch in use, at its head.
  ///
  /// The session stays as it is, and nothing leaves the process. Only lines are tried whose verbs
  /// are all inputs for the engine: none that goes through time, looks, or touches a file or the
  /// program; and none where handlers run elsewhere, because that program cannot know that it is
  /// only tried.
  ///
  /// - Parameters:
  ///   - moment: Where it is tried; at the head when absent.
  ///   - steps: The most steps of the engine.
  ///   - goesOn: Asked after each step; `false` ends the trial there.
  /// - Returns: What the line would do; `nil` when it is not tried, or is mistyped.
  /// - Complexity: O(consumers + steps).
  package func preview(
    of line: String, at moment: TimeCursor? = nil, steps: Int = Limits.previewSteps,
    goesOn: @escaping @Sendable () -> Bool = { true }
  ) -> PreviewNotice? {
    try? tried(line, at: moment, steps: steps, goesOn: goesOn)
  }

  /// Tries a command line as a preview does, and says what is wrong with one that is mistyped.
  ///
  /// - Returns: What the line would do; `nil` when it is not tried.
  /// - Throws: ``LanguageError`` about a place in the line.
  func tried(
    _ line: String, at moment: TimeCursor?, steps: Int = Limits.previewSteps,
    goesOn: @escaping @Sendable () -> Bool = { true }
  ) throws(LanguageError) -> PreviewNotice? {
    let instructions = try Instruction.parseLocated(line, names: DomainNames(momentAtHead))
    guard engine.runsHandlersInPlace, Instruction.areTriable(instructions.map(\.value)) else {
      return nil
    }
    if let refusal, instructions.contains(where: \.value.changesHistory) {
      var notice = PreviewNotice()
      notice.problem = refusal.description
      return notice
    }
    let budget = StepBudget(steps)
    var trial = self
    trial.others = []
    trial.used = used.fork("preview", at: moment ?? timeline.headCursor)
    // What waits in the past is made, so that what follows from the line is seen.
    trial.used.branch.isHeld = isHeld && trial.timeline.count == timeline.count
    trial.watch = WorkWatch(asking: { _ in budget.takesStep(if: goesOn()) })
    let (first, queued) = (trial.timeline.count, trial.engine.world.queue.count)
    var problem: String?
    for instruction in instructions where problem == nil && !budget.isSpent {
      problem = try trial.perform(instruction.value).problem?.message
    }
    var notice = PreviewNotice()
    notice.isWhole = !budget.isSpent
    // An end for want of steps says so by itself.
    if notice.isWhole { notice.problem = problem }
    if trial.isHeld { notice.waiting = max(0, trial.engine.world.queue.count - queued) }
    trial.arrive()
    let reader = StepReader(trial.momentAtHead)
    // What waited at the moment is made as well; that a command or an event does not do.
    let isNew = instructions.allSatisfy { $0.value.bringsNews }
    var others: Set<JournalIndex> = []
    for index in first..<trial.timeline.count {
      let index = JournalIndex(index + 1)
      guard let entry = trial.timeline.entry(index) else { continue }
      if isNew, entry.isDelivery(ofWhatCameBefore: first, others) {
        others.insert(index)
        if case .delivery = entry.kind, entry.cause?.number ?? 0 <= first { notice.madeAnyway += 1 }
        continue
      }
      notice.take(entry, in: trial.head)
      notice.tell(entry, index, reader)
    }
    return notice
  }
}

extension Instruction {
  /// Whether it adds something, and does not deal with what is there.
  fileprivate var bringsNews: Bool {
    switch self {
    case .emit, .dispatch: true
    default: false
    }
  }
}

extension JournalEntry {
  /// Whether it is a delivery of an event that was there before, or follows from such a delivery.
  fileprivate func isDelivery(
    ofWhatCameBefore first: Int, _ others: Set<JournalIndex>
  ) -> Bool {
    guard let cause else { return false }
    if others.contains(cause) { return true }
    if case .delivery = kind { return cause.number <= first }
    return false
  }
}

extension PreviewNotice {
  /// Counts a journal entry.
  fileprivate mutating func take(_ entry: JournalEntry, in world: World) {
    switch entry.kind {
    case .append(let position, let type):
      events += 1
      guard appended.count < Self.listed, let event = world.log.event(at: position) else { return }
      appended.append(
        Appended(position: position, type: type, id: event.domainID, stream: event.stream))
    case .delivery(_, let consumer, _, _) where consumer.kind.isOutside:
      if !called.contains(consumer.name) { called.append(consumer.name) }
    case .delivery(_, let consumer, _, let outcome):
      deliveries += 1
      note(outcome.problem, of: "\(consumer)")
    case .timerArmed: armed += 1
    case .timerFired(let key, _, let outcome):
      fired += 1
      note(outcome.problem, of: "T \(key.name)")
    case .command(_, _, _, .rejected(let reason)):
      if refusals.count < Self.listed { refusals.append(reason) }
    case .command(let type, _, _, .failed(let reason)): note(reason, of: "C \(type)")
    default: break
    }
  }

  private mutating func note(_ problem: String?, of name: String) {
    guard let problem, failures.count < Self.listed else { return }
    failures.append("\(name): \(problem)")
  }
}

/// How many steps a trial may still take.
// Used by one thread, as the session is that it belongs to.
private final class StepBudget: @unchecked Sendable {
  private var left: Int
  private(set) var isSpent = false

  init(_ steps: Int) { left = steps }

  /// Takes a step; `false` when it was the last one.
  func takesStep(if goesOn: Bool) -> Bool {
    left -= 1
    isSpent = isSpent || left <= 0 || !goesOn
    return !isSpent
  }
}
