import EventicleCore

extension Session {
  /// Performs a verb on groups, parked work, views or retention; `nil` for other verbs.
  mutating func keep(_ instruction: Instruction) throws(LanguageError) -> Reply? {
    switch instruction {
    case .group(let change): return try self.change(change)
    case .redrive(let number, let items):
      if !items.isEmpty {
        let input = try edit(number, items)
        let edited = keep(number, input, "")
        if edited.problem != nil { return edited }
      }
      _ = try parked(number)
      return keep(number, .redrive(number.value), "parked \(number.value) was done again")
    case .edit(let number, let items):
      let input = try edit(number, items)
      let what = items.isEmpty ? "has its own data again" : "will be done with other data"
      return keep(number, input, "parked \(number.value) \(what)")
    case .act(let verb, let delivery): return try act(verb, on: delivery)
    case .drop(let number, let isParked):
      if let reply = try drop(number, isParked: isParked) { return reply }
      _ = try parked(number)
      return keep(number, .dropParked(number.value), "parked \(number.value) was given up")
    case .rebuild(let view, let swaps, let anyway):
      return try rebuild(view, swaps: swaps, anyway: anyway)
    case .retain(let stream, let count, let anyway):
      return try retain(stream, count.value, anyway: anyway)
    default: return nil
    }
  }

  /// Performs an input at the head and everything that follows from it.
  mutating func act(
    _ input: Input, _ message: (Step, Session) -> String
  ) -> Reply {
    let prefix = goToHead()
    let step = perform(input.by(.person))
    let loop = problem(of: drive())
    arrive()
    var reply = Reply(problem: (step.problem ?? loop).map { Reply.Problem($0) })
    reply.output = step.response
    reply.message = prefix + message(step, self)
    return reply
  }

  // MARK: - Groups

  private mutating func change(_ change: GroupChange) throws(LanguageError) -> Reply {
    let group = change.group.value
    let known = engine.groupReports
    guard known.contains(where: { $0.group == group }) else {
      throw unknown("group", group.text, among: known.map(\.group.text), at: change.group.span)
    }
    let input: Input
    switch change.action {
    case .pause: input = .pause(group)
    case .resume: input = .resume(group)
    case .move(let expression):
      let cursor = try resolve(expression)
      let end = timeline.lastEvent(at: cursor)
      if case .event(let position) = expression.value {
        input = .move(group, after: position)
      } else {
        input = .move(group, after: end)
      }
    }
    return act(input) { step, session in
      guard let state = session.engine.world.group(group) else { return "" }
      let isSame = step.isEmpty && step.problem == nil
      return "\(group) is \(isSame ? "already " : "")\(state.status.word), at \(state.position)"
    }
  }

  // MARK: - Parked work

  /// Work that is parked now, or was in another world.
  func parked(
    _ number: Located<Int>, in world: World? = nil
  ) throws(LanguageError) -> Parked {
    if let parked = (world ?? engine.world).parked(number.value) { return parked }
    throw number.error(engine.unknownParked(number.value).description)
  }

  private mutating func keep(
    _ number: Located<Int>, _ input: Input, _ done: String
  ) -> Reply {
    var reply = act(input) { step, _ in step.problem == nil ? done : "" }
    reply.output = engine.world.parked(number.value).map { parkedSummary($0) }
    return reply
  }

  /// The edit of parked work: its current data with the given items set.
  private func edit(_ number: Located<Int>, _ items: Items) throws(LanguageError) -> Input {
    let parked = try parked(number)
    guard !items.isEmpty else { return .edit(number.value, nil) }
    guard case .delivery(let delivery, _) = parked.work else {
      throw number.error(EngineError.nothingToEdit(number.value).description)
    }
    let own = engine.world.log.event(at: delivery.position)?.data
    let base = (parked.editedData ?? own)?.value ?? .emptyObject
    let data = try items.data(over: base.object == nil ? .emptyObject : base)
    return .edit(number.value, JSONBytes(data))
  }

  // MARK: - Views and streams

  private mutating func rebuild(
    _ view: Located<String>, swaps: Bool, anyway: Bool
  ) throws(LanguageError) -> Reply {
    guard domain.view(view.value) != nil else {
      throw unknown("view", view.value, among: domain.views.map(\.name), at: view.span)
    }
    if swaps {
      return act(.swap(view: view.value, evenTrimmed: anyway)) { step, session in
        guard !step.isEmpty else {
          let isShared = (try? session.engine.rebuild(view.value))?.shared.isEmpty == false
          guard !isShared else { return "\(view.value) keeps its rows" }
          return "\(view.value) keeps its rows; rebuild \(Quoting.word(view.value)) swap anyway "
            + "replaces them"
        }
        let rows = step.response.map { Session.rowCount($0) } ?? 0
        return "\(view.value) was rebuilt; \(rows) \(rows == 1 ? "row was" : "rows were") replaced"
      }
    }
    var reply = Reply()
    do {
      let found = try engine.rebuild(view.value)
      reply.output = found.json
      reply.message =
        found.isEqual && found.failures.isEmpty
        ? "\(view.value) is what its \(found.events) events make: \(found.equal) rows are the same"
        : "\(view.value): \(found.equal) rows are the same, \(found.differing.count) differ, "
          + "\(found.missing.count) are missing, \(found.extra.count) are too many, "
          + "\(found.failures.count) events fail"
      if let shared = found.shared.first {
        let error = EngineError.viewSharesRows(view.value, shared.type, with: shared.views)
        reply.message += "; \(error)"
      } else if !found.isEqual || !found.failures.isEmpty {
        reply.message += "; rebuild \(Quoting.word(view.value)) swap puts it right"
      }
      if found.unseen > 0 {
        reply.message += "; \(found.unseen) more of its events are not handed out any more"
      }
    } catch {
      reply.problem = Reply.Problem("\(error)")
    }
    return reply
  }

  private static func rowCount(_ comparison: JSON) -> Int {
    ["differing", "missing", "extra"].reduce(0) { $0 + (comparison[$1].array?.count ?? 0) }
  }

  private mutating func retain(
    _ stream: Located<StreamName>, _ count: Int, anyway: Bool
  ) throws(LanguageError) -> Reply {
    let name = moment.stream(named: stream.value)
    let known = engine.world.log.streamNames
    guard known.contains(name) else {
      throw unknown("stream", name.text, among: known.map(\.text), at: stream.span)
    }
    let plan = engine.retention(of: name, newest: count, evenUnread: anyway)
    return act(.trim(name, keeping: count, evenUnread: anyway)) { _, _ in
      plan.heldBy == nil
        ? plan.description
        : "\(plan); let it go on, or write retain \(Quoting.word(name.text)) \(count) anyway"
    }
  }
}
