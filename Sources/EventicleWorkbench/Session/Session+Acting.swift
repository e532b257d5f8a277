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
        message: isKnown
          ? "this event is in the log already; nothing was written"
          : "\(position) \(event.type) appended to \(stream)")
    }
  }

  private func newEvent(of emission: Emission, round: Int) throws(LanguageError) -> NewEvent {
    var filler = filler(round: round)
    return try newEvent(try emission.filled(&filler))
  }

  private func newEvent(_ emission: Emission) throws(LanguageError) -> NewEvent {
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
      let before = session.engine.world.log.count
      let step = session.perform(.dispatch(CommandIntent(name, data)).by(.person))
      let added = session.engine.world.log.count - before
      let answer = step.response.map { " → \($0)" } ?? ""
      return ActReply(
        problem: step.problem,
        output: step.response,
        message: step.waitsUntil.map { "\(name) waits for a lock, until \($0)" }
          ?? "\(name) done, \(added) \(added == 1 ? "event" : "events")\(answer)\(extra)")
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
      : " · \(name) knows no \(extra.joined(separator: ", ")); "
        + "it takes \(known.joined(separator: ", "))"
  }

  // MARK: - Repetition

  struct ActReply {
    var problem: String?
    var output: JSON?
    var message: String
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
      reply.message = prefix + part.message
      showMoment()
      let driver = drive()
      var loop = problem(of: driver)
      if driver.outcome == .interrupted, count > 1, !isHeld {
        loop = "Ended by you after \(round + 1) of \(count) times; what was done is kept."
      }
      if let problem = part.problem ?? loop {
        reply.problem = Reply.Problem(problem)
        break
      }
    }
    if count > 1, reply.problem == nil { reply.message += " (\(count) times)" }
    arrive()
    return reply
  }

  // MARK: - fire, clock

  /// `fire [TIMER]`: the clock moves to the timer's due time; timers due earlier fire first.
  mutating func fire(_ reference: Located<TimerReference>?) throws(LanguageError) -> Reply {
    let timer: Timer
    if let reference {
      timer = try resolve(reference)
    } else {
      guard let next = engine.nextTimer ?? engine.world.timers.next else {
        return Reply(problem: Reply.Problem("No timer is armed, so none can fire."))
      }
      timer = next
    }
    if let group = engine.holder(of: timer.key) {
      let name = "\(timer.key.name) of \(title(of: timer.key.owner))"
      return Reply(
        problem: Reply.Problem(
          "\(name) waits, because \(group) does; let it go on with group resume \(group)."))
    }
    let prefix = goToHead()
    let before = engine.world.clock
    var failure: String?
    var isAsked = false
    var driver = Driver(firingUpTo: timer.due, isHeld: isHeld)
    while !isAsked, var input = driver.next(used.branch.engine) {
      if case .fire(timer.key) = input.action {
        guard engine.world.timers.timer(timer.key)?.sequence == timer.sequence else { break }
        isAsked = true
        input.origin = .person
      }
      let step = perform(input)
      if case .fire = input.action { failure = step.problem ?? failure }
      driver.took(step)
      showMoment()
      if !goesOn(WorkProgress("firing what is due earlier", done: driver.steps)) {
        driver.interrupt()
      }
    }
    let end = isAsked ? drive() : driver
    if !isAsked, driver.outcome == .idle || driver.outcome == .held {
      // A timer due earlier has cancelled it or armed it again for later.
      failure =
        "\(timer.key.name) of \(title(of: timer.key.owner)) was called off by a timer due earlier."
    }
    arrive()
    var reply = Reply()
    reply.problem = (problem(of: end) ?? failure).map { Reply.Problem($0) }
    let moved = engine.world.clock - before
    let fired = driver.fired
    let others = fired > 1 ? ", and \(fired - 1) due earlier" : ""
    reply.message =
      "\(prefix)\(timer.key.name) of \(title(of: timer.key.owner)) fired\(others); "
      + "the clock moved \(moved.brief)"
    reply.output = ["timer": .string(timer.key.name), "fired": .int(fired)]
    return reply
  }

  func title(of key: SagaKey) -> String { engine.world.title(of: key) }

  func resolve(_ reference: Located<TimerReference>) throws(LanguageError) -> Timer {
    var found: Timer?
    engine.world.timers.forEach { timer in
      guard isSameText(timer.key.name, reference.value.name) else { return true }
      if let saga = reference.value.saga {
        guard isSameText(timer.key.owner.saga, saga.name) else { return true }
        if let key = saga.key, engine.world.owner(saga.name, key) != timer.key.owner { return true }
      }
      found = timer
      return false
    }
    if let found { return found }
    var names: [String] = []
    engine.world.timers.forEach { timer in
      names.append(engine.world.title(of: timer.key))
      return names.count < 12
    }
    throw unknown("timer", reference.value.description, among: names, at: reference.span)
  }

  /// `clock +5m`: the clock moves, and what falls due fires in due order.
  mutating func moveClock(_ change: Located<ClockChange>) throws(LanguageError) -> Reply {
    let now = engine.world.clock
    let target: Instant
    switch change.value {
    case .advance(let interval): target = now + interval
    case .set(let time): target = time.instant(now: now)
    }
    guard target >= now else {
      let refusal = EngineError.clockBackwards(now: now, asked: target)
      throw change.error("\(refusal) The verb back goes back in time.")
    }
    let prefix = goToHead()
    let (fired, problem) = advance(to: target)
    arrive()
    var reply = Reply()
    reply.problem = problem.map { Reply.Problem($0) }
    reply.message =
      "\(prefix)the clock moved \((target - now).brief)"
      + (fired == 0 ? "" : ", \(fired) \(fired == 1 ? "timer" : "timers") fired")
    reply.output = ["clock": .string(target.description), "fired": .int(fired)]
    return reply
  }

  /// Moves the clock to an instant, firing what falls due on the way.
  @discardableResult
  mutating func advance(to target: Instant) -> (fired: Int, problem: String?) {
    var failure: String?
    let driver = drive(firingUpTo: target) { step in
      if step.entries.contains(where: { $0.origin == .timer }) { failure = step.problem ?? failure }
      return nil
    }
    guard driver.outcome == .idle || driver.outcome == .held else {
      return (driver.fired, problem(of: driver))
    }
    failure = perform(.moveClock(target).by(.person)).problem ?? failure
    return (driver.fired, failure)
  }
}
