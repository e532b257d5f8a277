import EventicleCore

extension Session {
  /// Answers a verb that explains; `nil` for other verbs.
  mutating func explain(_ instruction: Instruction) throws(LanguageError) -> Reply? {
    switch instruction {
    case .compare(let first, let second):
      return try compare(first, second, at: first?.span ?? second?.span ?? .start)
    case .verify(let range): return try verify(range)
    case .why(let field): return try why(field)
    case .readers(let type): return readers(of: type)
    case .whatIf(let line): return try tried(line)
    case .probe(let probe): return self.probe(probe)
    case .watch(let change): return try watch(change)
    default: return nil
    }
  }

  /// `why TYPE/ID.path`: every step up to the time cursor that changed it.
  private func why(_ field: Located<FieldReference>) throws(LanguageError) -> Reply {
    guard let notice = try whyNotice(field) else {
      return Reply(problem: Reply.Problem("Ended by you; nothing is shown."))
    }
    var reply = Reply()
    reply.output = notice.json
    reply.message = notice.sentence
    reply.requests = [.show(.why(notice))]
    return reply
  }

  /// Every step up to the time cursor that changed something; `nil` when a person ended the work.
  func whyNotice(_ field: Located<FieldReference>) throws(LanguageError) -> WhyNotice? {
    let name = field.value.name
    let found: (rows: [WhyNotice.Row], earlier: Int)?
    if domain.aggregate(name) != nil {
      found = try whyAggregate(field)
    } else if domain.saga(name) != nil {
      found = whySaga(try instance(name, field.value.key, at: field.span), field.value.path)
    } else if domain.view(name) != nil || shown.recordTypes.contains(name) {
      found = try whyRow(field)
    } else {
      let known =
        domain.aggregates.map(\.type) + domain.sagas.map(\.name) + domain.views.map(\.name)
      throw unknown("aggregate, saga or view", name, among: known, at: field.span)
    }
    return found.map {
      WhyNotice(subject: Self.subject(of: field.value), rows: $0.rows, earlier: $0.earlier)
    }
  }

  /// The differences at a place or within it, or of something around it.
  private func changes(
    _ old: JSON?, _ new: JSON?, at path: JSONPath
  ) -> [WhyNotice.Change] {
    differences(from: old, to: new).compactMap { change in
      let steps = change.path.steps
      guard steps.starts(with: path.steps) || path.steps.starts(with: steps) else { return nil }
      return WhyNotice.Change(path: change.path.description, old: change.old, new: change.new)
    }
  }

  private func row(
    _ entry: JournalIndex, _ event: Position?, _ changes: [WhyNotice.Change], by: String,
    causesOf: JournalIndex
  ) -> WhyNotice.Row {
    let reader = StepReader(moment)
    return WhyNotice.Row(
      entry: entry, event: event, moment: timeline.name(of: timeline.moment(of: entry)),
      instant: timeline.entry(entry).map { moment.instant(of: $0) } ?? shown.clock,
      changes: changes, by: by, causes: reader.causes(of: causesOf))
  }

  private func whyAggregate(
    _ field: Located<FieldReference>
  ) throws(LanguageError) -> (rows: [WhyNotice.Row], earlier: Int)? {
    let id = DomainID(field.value.key)
    let key = AggregateKey(stored: field.value.name, id)
    guard let (_, last) = moment.aggregate(key) else {
      let count = shown.histories.count(of: key.type, in: key.workspace)
      let known = (0..<min(count, 200)).compactMap {
        shown.histories.id(of: key.type, at: $0, in: key.workspace)?.text
      }
      throw unknown(field.value.name, field.value.key, among: known, at: field.span)
    }
    let first = max(1, last.number - WhyNotice.most + 1)
    let versions = (first - 1...last.number).map { Version($0) }
    let states =
      try? domain.aggregate(key.type)?.states(
        of: key, at: versions, in: shown, opening: domain.upcast
      ) { _ in }
    guard let states, states.count == versions.count else {
      throw field.error("The states of \(key) cannot be folded.")
    }
    var rows: [WhyNotice.Row] = []
    for number in first...max(first, last.number) {
      let version = Version(number)
      let place = number - first
      let old: JSON? = number == 1 ? JSON?.none : states[place]
      let new: JSON? = states[place + 1]
      let changes = changes(old, new, at: field.value.path)
      guard !changes.isEmpty, let (event, position) = shown.event(of: key, at: version) else {
        continue
      }
      let entry = position.flatMap { timeline.appendEntry(of: $0) }
      let by = position.map { "\($0) \(event.type)" } ?? "\(event.type), not published"
      rows.append(
        row(entry ?? timeline.last, position, changes, by: by, causesOf: entry ?? timeline.last))
    }
    return (rows, first - 1)
  }

  private func whySaga(
    _ instance: SagaInstance, _ path: JSONPath
  ) -> (rows: [WhyNotice.Row], earlier: Int)? {
    let history = moment.history(
      of: instance.key, around: Int.max - 1, reach: WhyNotice.most)
    var rows: [WhyNotice.Row] = []
    for step in history.steps where !step.isAhead {
      let changes = step.changes.filter {
        $0.path.steps.starts(with: path.steps) || path.steps.starts(with: $0.path.steps)
      }
      .map { WhyNotice.Change(path: $0.path.description, old: $0.old, new: $0.new) }
      guard !changes.isEmpty else { continue }
      let (by, event): (String, Position?) =
        switch step.trigger {
        case .event(let position, let type):
          ("S \(instance.key.saga) on \(position) \(type)", position)
        case .timer(let name): ("S \(instance.key.saga) on T \(name)", nil)
        }
      rows.append(row(step.entry, event, changes, by: by, causesOf: step.entry))
    }
    return (rows, history.skipped)
  }

  private func whyRow(
    _ field: Located<FieldReference>
  ) throws(LanguageError) -> (rows: [WhyNotice.Row], earlier: Int)? {
    let key = RecordKey(field.value.name, field.value.key)
    var rows: [WhyNotice.Row] = []
    var old: JSON?
    var isWhole = true
    var isKnown = false
    let (watch, end) = (watch, cursor.entry.number)
    timeline.forEachStep(
      after: JournalIndex(0), upTo: cursor.entry, home: domain.home(in: timeline.head)
    ) { step in
      guard
        watch.goesOn(WorkProgress("looking back", done: step.first.number, of: end))
      else {
        isWhole = false
        return false
      }
      for part in step.parts {
        for change in part.changes.others {
          guard case .record(key, _, let new) = change else { continue }
          isKnown = true
          let found = changes(old, new?.content, at: field.value.path)
          old = new?.content
          guard !found.isEmpty, let first = part.entries.first else { continue }
          rows.append(self.row(by: first, step.first, found))
        }
      }
      return true
    }
    guard isWhole else { return nil }
    guard isKnown else {
      var known: [String] = []
      shown.forEachRecord(of: key.type) { record in
        known.append(record.id)
        return known.count < 200
      }
      throw unknown("row of \(key.type)", key.id, among: known, at: field.span)
    }
    return (Array(rows.suffix(WhyNotice.most)), max(0, rows.count - WhyNotice.most))
  }

  private func row(
    by entry: JournalEntry, _ index: JournalIndex, _ changes: [WhyNotice.Change]
  ) -> WhyNotice.Row {
    let reader = StepReader(moment)
    var (by, event): (String, Position?) = (reader.name(of: entry) ?? "a step", nil)
    if case .delivery(let position, _, _, _) = entry.kind {
      by += " on \(reader.title(of: position))"
      event = position
    }
    return row(entry.stepStart, event, changes, by: by, causesOf: entry.stepStart)
  }

  // MARK: - Readers

  /// `who reads TYPE`: what handles events of a type.
  private func readers(of type: Located<EventType>) -> Reply {
    let name = type.value
    var rows: [JSON] = []
    func add(_ kind: String, _ who: String, _ how: String) {
      rows.append(["kind": .string(kind), "name": .string(who), "how": .string(how)])
    }
    for root in domain.aggregates {
      if root.reducers[name] != nil { add("aggregate", root.type, "folds it into its state") }
    }
    for view in domain.views where domain.handles(ConsumerName(.view, view.name), name) {
      add("view", view.name, "folds it into its rows")
    }
    for saga in domain.sagas where saga.handles(name) {
      let starts = saga.startTypes.contains(name)
      add("saga", saga.name, starts ? "starts with it" : "handles it")
    }
    for adapter in domain.adapters
    where domain.handles(ConsumerName(.adapter, adapter.name), name) {
      add("adapter", adapter.name, "is called with it")
    }
    var reply = Reply()
    reply.output = .array(rows)
    let names = rows.compactMap { row in row["name"].string }
    reply.message =
      names.isEmpty ? nobody(reads: name) : "\(name) is read by \(TypoCorrection.list(names))"
    return reply
  }

  /// That nobody handles a type, and whether there is such a type at all.
  private func nobody(reads type: EventType) -> String {
    let (first, last) = (max(1, shown.log.count - Self.mostLookedAt), shown.log.count)
    let isThere =
      first <= last && (first...last).contains { shown.log.type(at: Position($0)) == type }
    guard !isThere else { return "nobody reads \(type)" }
    let known = Set(
      domain.views.flatMap { $0.reactions.byType.keys } + domain.sagas.flatMap(\.handledTypes)
        + domain.sagas.flatMap(\.startTypes) + domain.aggregates.flatMap(\.reducers.keys))
    let nearest = TypoCorrection.nearest(to: type.text, among: known.map(\.text).sorted())
    let question = nearest.map { "; did you mean \($0)?" } ?? ""
    return "nobody reads \(LanguageError.shortened(type.text))\(question)"
  }

  /// The newest events among which a type is looked for.
  private static let mostLookedAt = 4_096

  // MARK: - What if

  /// `what if COMMAND`: what a line would do at the moment that is shown.
  private func tried(_ line: Located<String>) throws(LanguageError) -> Reply {
    let notice: PreviewNotice?
    do throws(LanguageError) { notice = try tried(line.value, at: cursor) } catch {
      throw line.error(error.message)
    }
    guard let notice else {
      throw line.error(
        engine.runsHandlersInPlace
          ? "Only what is an input for the engine can be tried, such as a command or an event."
          : "It cannot be tried: handlers of \(domain.name) run in another program, which does not "
            + "take back what it did.")
    }
    var reply = Reply()
    reply.output = notice.json
    reply.message = "if at \(timeline.name(of: cursor)): " + notice.sentence
    return reply
  }
}
