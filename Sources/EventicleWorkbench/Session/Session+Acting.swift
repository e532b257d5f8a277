import EventicleCore

extension Session {
  // MARK: - emit

  /// `emit STREAM TYPE [ID] items…`: appends an event, or several.
  mutating func emit(_ emission: Emission) throws(LanguageError) -> Reply {
    var filler = filler()
    let event = try newEvent(try emission.filled(&filler))
    let (count, pause) = try repetition(emission.repetition)
    try check(emission.repetition, of: event.data.utf8.count)
    if count > 1, let id = emission.items.id {
      throw id.error(
        "One id cannot serve \(count) events; leave id: out, or write it with {{Count}}.")
    }
    let stream = moment.stream(named: emission.stream.value)
    return act(count, pause) { session, round throws(LanguageError) in
      let event =
        round == 1 || !emission.hasBlanks
        ? event : try session.newEvent(of: emission, round: round)
      let before = session.engine.world.log.count
      let step = session.perform(.emit([event], to: stream).by(.person))
      let position = Position(session.engine.world.log.count)
      let id = session.engine.world.log.event(at: position)?.id.text ?? ""
      let isKnown = step.problem == nil && position.number == before
      return ActReply(
        problem: step.problem,
        output: ["position": .int(position.number), "id": .string(id)],
        message: isKnown ? "this event is in the log already; nothing was written" : nil)
    }
  }

  private func newEvent(of emission: Emission, round: Int) throws(LanguageError) -> NewEvent {
    var filler = filler(round: round)
    return try newEvent(try emission.filled(&filler))
  }

  func newEvent(_ emission: Emission) throws(LanguageError) -> NewEvent {
    let items = emission.items
    var event = NewEvent(
      emission.type.value, emission.id?.value ?? items.domainID?.value,
      data: try items.data(), id: items.id?.value)
    event.source = items.source?.value
    event.createdAt = items.createdAt?.value.instant(now: engine.world.clock)
    if let additional = items.additional { event.additionalMembers = additional.value }
    if let cause = items.causedBy { (event.causedByID, event.causedByType) = try resolve(cause) }
    return event
  }

  private func resolve(
    _ cause: Located<CauseReference>
  ) throws(LanguageError) -> (EventID?, EventType?) {
    let log = engine.world.log
    let position: Position? =
      switch cause.value {
      case .position(let position): position
      case .id(let id): log.position(of: id)
      }
    guard let event = position.flatMap({ log.event(at: $0) }) else {
      throw cause.error(
        "There is no event \(cause.value) to be the cause; the log has \(log.count) events.")
    }
    return (event.id, event.type)
  }

  // MARK: - do

  /// `do COMMAND items…`: dispatches a command, or several.
  mutating func dispatch(_ request: CommandRequest) throws(LanguageError) -> Reply {
    let name = request.command.value
    guard domain.command(name) != nil else {
      throw unknown("command", name, among: domain.commands.map(\.type), at: request.command.span)
    }
    let hasBlanks = request.items.hasBlanks
    let data = try filledData(of: request, round: 1)
    try check(data, of: request.command)
    let (count, pause) = try repetition(request.repetition)
    try check(request.repetition, of: data.utf8.count)
    let extra = undeclared(data, in: name)
    return act(count, pause) { session, round throws(LanguageError) in
      let data = hasBlanks && round > 1 ? try session.filledData(of: request, round: round) : data
      let step = session.perform(.dispatch(CommandIntent(name, data)).by(.person))
      return ActReply(
        problem: step.problem, output: step.response,
        message: step.waitsUntil.map { "\(name) waits for a lock, until \($0)" }, remark: extra)
    }
  }

  private func filledData(
    of request: CommandRequest, round: Int
  ) throws(LanguageError) -> JSON {
    var filler = filler(round: round)
    return try request.items.filled(&filler).data()
  }

  /// A remark about arguments that a command does not declare but that are passed on all the same.
  func undeclared(_ data: JSON, in name: String) -> String {
    guard let command = domain.command(name), !command.fields.isEmpty else { return "" }
    let known = command.fields.map(\.name)
    let extra = (data.object?.keys ?? []).filter { !known.contains($0) }
    return extra.isEmpty
      ? ""
      : "\(name) knows no \(extra.joined(separator: ", ")); "
        + "it takes \(known.joined(separator: ", "))"
  }

  // MARK: - Repetition

  struct ActReply {
    var problem: String?
    var output: JSON?
    /// What to say instead of what the step came to.
    var message: String?
    /// What to say besides.
    var remark = ""
  }

  private func repetition(
    _ repetition: Repetition
  ) throws(LanguageError) -> (count: Int, pause: Interval?) {
    (repetition.count?.value ?? 1, repetition.every?.value)
  }

  private mutating func act(
    _ count: Int, _ pause: Interval?,
    _ body: (inout Session, _ round: Int) throws(LanguageError) -> ActReply
  ) -> Reply {
    var reply = Reply()
    let prefix = goToHead()
    var (last, start): (ActReply?, Int) = (nil, timeline.count)
    for round in 0..<count {
      if round > 0 {
        if !goesOn(WorkProgress("repeating", done: round, of: count)) {
          reply.problem = Reply.Problem(
            "Ended by you after \(round) of \(count) times; what was done is kept.")
          break
        }
        if let pause, let problem = advance(to: engine.world.clock + pause).problem {
          reply.problem = Reply.Problem(problem)
          break
        }
      }
      start = timeline.count
      let part: ActReply
      do throws(LanguageError) {
        part = try body(&self, round + 1)
      } catch {
        // What was done in the times before is kept, so the line counts as done up to here.
        reply.problem = Reply.Problem(
          error.message, column: error.column, length: error.length)
        break
      }
      reply.output = part.output ?? reply.output
      last = part
      showMoment()
      let driver = drive()
      guard stopped == nil else { break }
      var loop = problem(of: driver)
      if driver.outcome == .interrupted, count > 1, !isHeld {
        loop = "Ended by you after \(round + 1) of \(count) times; what was done is kept."
      }
      if let problem = part.problem ?? loop {
        reply.problem = Reply.Problem(problem)
        break
      }
    }
    arrive()
    if let last { say(last, since: start, prefix, times: count, &reply) }
    return reply
  }

  /// Says what the last round came to, with all that followed from it.
  private func say(
    _ part: ActReply, since start: Int, _ prefix: String, times count: Int, _ reply: inout Reply
  ) {
    if let message = part.message {
      reply.message = prefix + message
    } else if timeline.count > start {
      let waiting = isHeld ? head.queue.count : 0
      var message = StepReader(moment).line(start + 1...timeline.count, waiting: waiting)
      if count > 1, reply.problem == nil { message?.parts.append(.words("\(count) times")) }
      if !part.remark.isEmpty { message?.parts.append(.words(part.remark)) }
      reply.say(message, after: prefix)
    }
  }
}
