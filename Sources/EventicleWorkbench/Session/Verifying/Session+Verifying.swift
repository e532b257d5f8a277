import EventicleCore

extension Session {
  /// `verify [A..B]`: performs the recorded inputs again with the code of now, by default all of
  /// them, and says which steps come out differently.
  mutating func verify(_ range: Located<MomentRange>?) throws(LanguageError) -> Reply {
    guard let program = domain.program else { return try performAgain(range) }
    // What a program holds in memory now is not what it held then.
    let outcome = program.rehearse {
      Result { () throws(LanguageError) in try performAgain(range) }
    }
    return try outcome.get()
  }

  private mutating func performAgain(
    _ range: Located<MomentRange>?
  ) throws(LanguageError) -> Reply {
    let span = range?.span ?? .start
    let first = try range?.value.first.map { place throws(LanguageError) in
      try resolve(Located(place, span))
    }
    let last = try range?.value.last.map { place throws(LanguageError) in
      try resolve(Located(place, span))
    }
    let start = first ?? TimeCursor(entry: JournalIndex(0))
    let end = last ?? timeline.headCursor
    guard start.entry <= end.entry else {
      throw span.error(
        "A stretch of history is written A..B with A before B; here "
          + "\(timeline.name(of: start)) comes after \(timeline.name(of: end)).")
    }
    let all = timeline.stepCount(after: start.entry, upTo: end.entry)
    let watch = watch
    let found = used.branch.verify(from: start, upTo: end) { steps in
      steps % WorkWatch.interval != 0
        || watch.goesOn(WorkProgress("doing it again", done: steps, of: all))
    }
    if let fault = timeline.fault { return Reply(problem: Reply.Problem("\(fault)")) }
    let notice = VerificationNotice(
      first: timeline.name(of: start), last: timeline.name(of: end), steps: found.steps,
      same: found.same, skipped: found.skipped.count + found.foreign,
      differences: found.differences.map { explained($0) }, isWhole: found.isWhole)
    var reply = Reply()
    reply.output = notice.json
    reply.message = notice.sentence
    if let difference = notice.differences.first {
      let count = "\(notice.differences.count) of \(notice.steps) steps"
      reply.shorter = [
        "✗ \(count) differ · the first: \(difference.step)", "✗ \(count) differ",
      ]
    }
    reply.requests = [.show(.verification(notice))]
    return reply
  }

  /// Which handler did something else, what it was given, and what it did then and now.
  private func explained(_ difference: Verification.Difference) -> VerificationNotice.Difference {
    let before = TimeCursor(entry: JournalIndex(difference.entry.number - 1))
    let world = timeline.world(at: before, nearby: (cursor, shown))
    let kind = difference.recorded.entries.last.flatMap { timeline.entry($0.stepStart)?.kind }
    let recorded = StepReader(momentAtHead).step(difference.entry)
    let action = difference.recorded.input.action
    // What it does now is done in a fork, so that nothing leaves the process.
    var trial = used.branch.fork("verify", at: before)
    let handler = trial.engine.handler(of: action)
    let start = trial.timeline.count
    _ = trial.perform(Input(difference.recorded.input))
    trial.arrive()
    let view = MomentView(
      cursor: trial.cursor, world: trial.shown, timeline: trial.timeline, domain: domain)
    let now = StepReader(view).step(JournalIndex(start + 1))
    let changes = EventicleCore.differences(
      from: Summary.step(difference.recorded, in: world),
      to: Summary.step(difference.now, in: world))
    return VerificationNotice.Difference(
      entry: difference.entry,
      moment: timeline.name(of: timeline.moment(of: difference.entry)),
      step: recorded?.head.before(": ") ?? difference.phrase,
      handler: handler.map { "\($0)" } ?? "", read: given(kind, world),
      recorded: words(recorded, difference.recorded), now: words(now, difference.now),
      changes: Self.telling(changes).map {
        ComparisonNotice.Change(path: $0.path.description, left: $0.old, right: $0.new)
      })
  }

  /// The differences that say most first: what became of sagas, rows and timers, then of entries.
  private static func telling(_ changes: [Difference]) -> [Difference] {
    func isEntry(_ change: Difference) -> Bool {
      change.path.steps.first == .member("entries")
    }
    return changes.filter { !isEntry($0) } + changes.filter(isEntry)
  }

  private func words(_ message: StepMessage?, _ step: StoredStep) -> String {
    if let problem = step.entries.compactMap({ $0.kind.problem }).first { return "✗ \(problem)" }
    guard let message else { return "\(step.entries.count) entries" }
    var rest = StepMessage(message.head.range(after: ": "))
    rest.parts = message.parts
    let words = rest.head.isEmpty ? String(rest.text.dropFirst(3)) : rest.text
    return words.isEmpty ? "nothing" : words
  }

  private func given(
    _ kind: JournalEntry.Kind?, _ world: World
  ) -> [VerificationNotice.Given] {
    var found: [VerificationNotice.Given] = []
    func add(_ position: Position) {
      guard let event = timeline.head.log.event(at: position) else { return }
      found.append(.init(name: "\(position) \(event.type.text)", value: event.data.value))
    }
    func add(_ key: SagaKey) {
      guard let instance = world.sagas.instance(key) else { return }
      found.append(.init(name: world.title(of: key), value: instance.data))
    }
    switch kind {
    case .delivery(let position, let consumer, let instance, _):
      add(position)
      if let instance { add(SagaKey(consumer.name, instance)) }
    case .timerFired(let key, _, _): add(key.owner)
    case .command(let type, let data, _, _):
      found.append(.init(name: "C \(type)", value: data.value))
    default: break
    }
    return found
  }
}

extension String {
  /// The text before a word; all of it when the word is not there.
  fileprivate func before(_ word: String) -> String {
    firstRange(of: word).map { String(self[..<$0.lowerBound]) } ?? self
  }

  /// The text after a word; empty when the word is not there.
  fileprivate func range(after word: String) -> String {
    firstRange(of: word).map { String(self[$0.upperBound...]) } ?? ""
  }
}
