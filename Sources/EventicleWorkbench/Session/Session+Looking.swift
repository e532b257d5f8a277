import EventicleCore

extension Session {
  /// Answers a looking verb from the world at the time cursor; `nil` for other verbs.
  func look(_ instruction: Instruction) throws(LanguageError) -> Reply? {
    var reply = Reply()
    switch instruction {
    case .events(let filter):
      guard let found = events(filter?.value) else {
        return Reply(problem: Reply.Problem("Ended by you; nothing is shown."))
      }
      reply.output = found
      reply.requests = [.show(.events)]
    case .streams:
      reply.output = .array(
        shown.log.streamNames.map {
          Summary.of(
            $0.workspace, ["stream": .string($0.text), "events": .int(shown.log.count(of: $0))])
        })
      reply.requests = [.show(.streams)]
    case .journal(let range): return journal(range?.value)
    case .flow(let place): return try flow(place)
    case .queue:
      // In the past a delivery may wait for an event that the cursor still hides.
      let (queue, log) = (shown.queue, timeline.head.log)
      reply.output = .array(
        (0..<queue.count).map { Summary.delivery($0, of: queue, at: shown.clock, in: log) })
      reply.requests = [.show(.queue)]
    case .timers:
      var timers: [JSON] = []
      shown.timers.forEach { timer in
        timers.append(Summary.timer(timer, in: shown))
        return true
      }
      reply.output = .array(timers)
      reply.requests = [.show(.timers)]
    case .aggregate(let reference, let version): return try aggregate(reference, version)
    case .aggregates(let type):
      reply.output = .array(
        inEachWorkspace(domain.aggregates.map(\.type)) { type, workspace in
          let count = shown.histories.count(of: type, in: workspace)
          return (["type": .string(type), "count": .int(count)], count)
        })
      reply.requests = [.show(.aggregates(type?.value))]
    case .saga(let reference): return try saga(reference)
    case .sagas:
      reply.output = .array(
        domain.sagas.map {
          ["saga": .string($0.name), "count": .int(shown.sagas.count(of: $0.name))]
        })
      reply.requests = [.show(.sagas)]
    case .view(let name, let key): return try view(name, key)
    case .views:
      reply.output = .array(
        inEachWorkspace(domain.views.map(\.name)) { name, workspace in
          let count = shown.recordCount(of: name, in: workspace)
          return (["view": .string(name), "rows": .int(count)], count)
        })
      reply.requests = [.show(.views)]
    case .help(let verb):
      reply.output = Session.help(verb?.value)
      reply.requests = [.help(verb?.value)]
    case .info:
      reply.output = .array(
        domain.warnings.map { ["warning": .string($0)] }
          + Limits.all.map { ["limit": .string($0.name), "value": .int($0.value)] })
      reply.requests = [.info]
    case .commands:
      reply.output = .array(domain.commands.map { Session.summary($0) })
      reply.requests = [.show(.commands)]
    default: return nil
    }
    return reply
  }

  /// One summary for each name in the system workspace, and one for each tenant that has any.
  private func inEachWorkspace(
    _ names: [String], _ summary: (String, Workspace) -> (json: JSON, count: Int)
  ) -> [JSON] {
    let tenants = shown.tenants
    return names.flatMap { name -> [JSON] in
      let others = tenants.compactMap { tenant -> JSON? in
        let (json, count) = summary(name, tenant)
        return count > 0 ? Summary.of(tenant, json) : nil
      }
      return [summary(name, .system).json] + others
    }
  }

  private static func help(_ verb: Verb?) -> JSON {
    func summary(_ verb: Verb) -> JSON {
      [
        "verb": .string(verb.name.rawValue), "signature": .string(verb.signature),
        "summary": .string(verb.summary), "example": .string(verb.example),
      ]
    }
    return verb.map { summary($0) } ?? .array(Verb.all.map { summary($0) })
  }

  private static func summary(_ command: Command) -> JSON {
    [
      "command": .string(command.type), "stream": .string(command.stream.text),
      "fields": .array(command.fields.map { .string($0.isRequired ? $0.name : "[\($0.name)]") }),
      "summary": .string(command.summary),
    ]
  }

  /// The events that pass a filter; `nil` when a person ended the work.
  private func events(_ filter: FilterExpression?) -> JSON? {
    var found: [JSON] = []
    let look = moment
    let folds = StateFolds(look)
    for number in 1..<(shown.log.count + 1) {
      guard goesOn(WorkProgress("looking at events", done: number, of: shown.log.count)) else {
        return nil
      }
      let position = Position(number)
      if let filter, !filter.isAll {
        guard let facts = EventFacts(position, folds), filter.matches(facts) else {
          continue
        }
      }
      if let event = shown.log.event(at: position) {
        found.append(Summary.event(event, position, in: shown.log))
      }
    }
    return .array(found)
  }

  /// The events of a file of events that pass a filter; `nil` when a person ended the work.
  func eventLines(_ filter: FilterExpression?) -> [[UInt8]]? {
    var found: [[UInt8]] = []
    let look = moment
    let folds = StateFolds(look)
    for number in 1..<(shown.log.count + 1) {
      guard goesOn(WorkProgress("looking at events", done: number, of: shown.log.count)) else {
        return nil
      }
      let position = Position(number)
      guard let event = shown.log.event(at: position) else { continue }
      if let filter, !filter.isAll {
        guard let facts = EventFacts(position, folds), filter.matches(facts) else {
          continue
        }
      }
      found.append(Array(event.json))
    }
    return found
  }

  private func journal(_ range: JournalRange?) -> Reply {
    var reply = Reply()
    let first = max(range?.first?.number ?? 1, 1)
    let last = min(range?.last?.number ?? cursor.entry.number, timeline.count)
    var entries: [JSON] = []
    if first <= last {
      for number in first...last {
        let index = JournalIndex(number)
        if let entry = timeline.entry(index) {
          entries.append(Summary.entry(entry, index, in: timeline.head))
        }
      }
    }
    reply.output = .array(entries)
    reply.requests = [.show(.journal(range?.first))]
    return reply
  }

  // MARK: - Things by name

  private func aggregate(
    _ reference: Located<AggregateReference>, _ version: Located<Version>?
  ) throws(LanguageError) -> Reply {
    let name = reference.value
    let key = AggregateKey(stored: name.type, name.id)
    guard domain.aggregate(key.type) != nil else {
      throw unknown(
        "aggregate type", name.type, among: domain.aggregates.map(\.type), at: reference.span)
    }
    if let version, version.value.number < 1 {
      throw version.error("Versions begin at 1, with the first event of \(key).")
    }
    guard let (state, reached) = moment.aggregate(key, upTo: version?.value) else {
      let count = shown.histories.count(of: key.type, in: key.workspace)
      let known = (0..<min(count, 200)).compactMap {
        shown.histories.id(of: key.type, at: $0, in: key.workspace)?.text
      }
      throw unknown(name.type, name.id.text, among: known, at: reference.span)
    }
    if let version, version.value > reached {
      throw version.error("\(key) has no version \(version.value); it is at \(reached).")
    }
    var reply = Reply()
    reply.output = Summary.aggregate(key, state, reached)
    reply.requests = [.show(.aggregate(key, version?.value))]
    return reply
  }

  private func saga(_ reference: Located<SagaReference>) throws(LanguageError) -> Reply {
    let name = reference.value.name
    guard domain.saga(name) != nil else {
      throw unknown("saga", name, among: domain.sagas.map(\.name), at: reference.span)
    }
    var reply = Reply()
    if let text = reference.value.key {
      let instance = try instance(name, text, at: reference.span)
      reply.output = .array([Summary.saga(instance, in: shown)])
      reply.requests = [.show(.saga(instance.key))]
    } else {
      reply.output = .array(
        (0..<shown.sagas.count(of: name)).compactMap {
          shown.sagas.instance(of: name, at: $0).map { Summary.saga($0, in: shown) }
        })
      reply.requests = [.show(.sagas)]
    }
    return reply
  }

  /// The saga instance with an id or correlation at the time cursor.
  func instance(
    _ saga: String, _ text: String, at span: Span
  ) throws(LanguageError) -> SagaInstance {
    if let instance = shown.sagas.find(saga, text) { return instance }
    let known = (0..<min(shown.sagas.count(of: saga), 200)).compactMap {
      shown.sagas.instance(of: saga, at: $0).map { $0.correlation ?? $0.key.instanceID }
    }
    throw unknown("instance of \(saga)", text, among: known, at: span)
  }

  private func view(
    _ name: Located<String>, _ key: Located<String>?
  ) throws(LanguageError) -> Reply {
    let names = domain.views.map(\.name)
    let types = names + shown.recordTypes.filter { !names.contains($0) }
    guard types.contains(where: { isSameText($0, name.value) }) else {
      throw unknown("view", name.value, among: types, at: name.span)
    }
    var reply = Reply()
    reply.requests = [.show(.view(name.value, key: key?.value))]
    let workspaces = [.system] + shown.tenants
    if let key {
      let places = workspaces.lazy.map { RecordKey(name.value, key.value, in: $0) }
      guard let record = places.compactMap({ shown.record($0) }).first else {
        var known: [String] = []
        shown.forEachRecord(of: name.value) { record in
          known.append(record.id)
          return known.count < 200
        }
        throw unknown("row of \(name.value)", key.value, among: known, at: key.span)
      }
      reply.output = Summary.row(record)
    } else {
      var rows: [JSON] = []
      for workspace in workspaces {
        shown.forEachRecord(of: name.value, in: workspace) { record in
          rows.append(Summary.row(record))
          return true
        }
      }
      reply.output = .array(rows)
    }
    return reply
  }
}
