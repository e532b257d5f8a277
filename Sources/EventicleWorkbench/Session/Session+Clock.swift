import EventicleCore

extension Session {
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
      } else if stopsBefore(input) {
        driver.stop(at: timeline.last)
        break
      }
      let step = perform(input)
      if case .fire = input.action { failure = step.problem ?? failure }
      driver.took(step)
      showMoment()
      if !isAsked, stopsAfterStep() {
        driver.stop(at: timeline.last)
      } else if !goesOn(WorkProgress("firing what is due earlier", done: driver.steps)) {
        driver.interrupt()
      }
    }
    let asked = isAsked ? JournalIndex(timeline.count) : nil
    let end = isAsked ? drive() : driver
    if !isAsked, driver.outcome == .idle || driver.outcome == .held {
      // A timer due earlier has cancelled it or armed it again for later.
      failure =
        "\(timer.key.name) of \(title(of: timer.key.owner)) was called off by a timer due earlier."
    }
    arrive()
    var reply = Reply()
    reply.problem = (problem(of: end) ?? failure).map { Reply.Problem($0) }
    let fired = driver.fired
    if let asked {
      let reader = StepReader(moment)
      let start = timeline.stepStart(of: asked)
      var message = reader.fired(start, moved: engine.world.clock - before)
      if fired > 1 { message?.parts.append(.words("\(fired - 1) due earlier fired before it")) }
      if var whole = message, timeline.count > asked.number {
        reader.add(reader.consequences(in: asked.number + 1..<timeline.count + 1), to: &whole)
        message = whole
      }
      reply.say(message, after: prefix)
    }
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
    let start = timeline.count
    let (fired, problem) = advance(to: target)
    arrive()
    var reply = Reply()
    reply.problem = problem.map { Reply.Problem($0) }
    let reader = StepReader(moment)
    var message = reader.clock(from: now, to: target)
    if fired > 2 { message.parts.append(.words("\(fired) timers fired")) }
    reader.add(reader.consequences(in: start + 1..<timeline.count + 1), to: &message)
    reply.say(message, after: prefix)
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
