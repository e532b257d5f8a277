import EventicleCore

extension Session {
  /// The direction of a step in time.
  enum Direction {
    case forward
    case backward
  }

  /// `step [N] [UNIT]` and `back [N] [UNIT]`.
  mutating func move(
    _ count: Int, _ unit: Located<StepUnit>, _ direction: Direction
  ) throws(LanguageError) -> Reply {
    var reply = Reply()
    if unit.value == .cascade {
      for round in 0..<count {
        let before = (cursor, timeline.count)
        reply = moveByCascade(direction)
        guard (cursor, timeline.count) != before, stopped == nil, goesOn(round, of: count) else {
          break
        }
      }
      return reply
    }
    for round in 0..<count {
      guard goesOn(round, of: count), stopped == nil else { break }
      let wasMoved =
        switch direction {
        case .forward: try stepForward(unit)
        case .backward: try stepBackward(unit)
        }
      guard wasMoved else {
        reply.message = ending(unit.value, direction)
        return reply
      }
    }
    reply.say(arrival(by: unit.value, direction))
    return reply
  }

  private func goesOn(_ round: Int, of count: Int) -> Bool {
    count == 1 || goesOn(WorkProgress("stepping", done: round, of: count))
  }

  /// What a step in time shows: the event of the moment, or the step of the engine behind it.
  private func arrival(by unit: StepUnit, _ direction: Direction) -> StepMessage {
    switch unit {
    case .event, .aggregate: return place()
    case .delivery, .cascade, .entry, .timer, .saga:
      let reader = StepReader(moment)
      if direction == .backward, unit == .delivery || unit == .entry { return before(reader) }
      guard var message = reader.first(of: timeline.stepStart(of: cursor.entry)) else {
        return place()
      }
      if let waiting { message.parts.append(.words(waiting)) }
      return message
    }
  }

  /// The moment before a step: `before #4 PaymentDeclined → S PaymentSaga order-1 · …`.
  private func before(_ reader: StepReader) -> StepMessage {
    let next = JournalIndex(cursor.entry.number + 1)
    guard var message = reader.undone(next) else { return place() }
    if let waiting { message.parts.append(.words(waiting)) }
    return message
  }

  /// The message when there is nothing to step to.
  private func ending(_ unit: StepUnit, _ direction: Direction) -> String {
    switch unit {
    case .event, .delivery, .cascade, .entry:
      return direction == .backward
        ? "this is the start: nothing has happened yet" : StepReader(moment).rest(shown, keyNames)
    case .saga(let saga):
      return "no \(direction == .backward ? "earlier" : "later") step of \(saga)"
    case .aggregate(let aggregate):
      return "no \(direction == .backward ? "earlier" : "later") event of \(aggregate)"
    case .timer: return "no timer fired \(direction == .backward ? "before" : "after") this"
    }
  }

  /// The event of the moment, why it is there and what it made of its aggregate.
  func place() -> StepMessage {
    let position = timeline.lastEvent(at: cursor)
    guard position.number > 0 else {
      return StepMessage("this is the start: nothing has happened yet")
    }
    var message = StepReader(moment).foldedEvent(position)
    if let waiting { message.parts.append(.words(waiting)) }
    return message
  }

  /// `3 wait`; `nil` when no delivery does at the cursor.
  private var waiting: String? {
    let count = shown.queue.count
    return count == 0 ? nil : "\(count) \(count == 1 ? "waits" : "wait")"
  }

  /// Moves the time cursor and shows the world there.
  mutating func look(from target: TimeCursor) {
    guard target != cursor else { return }
    let world =
      target == timeline.headCursor
      ? engine.world : timeline.visit(target, nearby: (cursor, shown))
    // The line that asked for it ends with the fault.
    guard timeline.fault == nil else { return }
    shown = world
    cursor = target
  }

  // MARK: - goto, live, hold

  /// `goto POSITION`: moves the time cursor there.
  mutating func go(to position: Located<PositionExpression>) throws(LanguageError) -> Reply {
    look(from: try resolve(position))
    var reply = Reply()
    reply.say(place())
    return reply
  }

  func resolve(
    _ expression: Located<PositionExpression>
  ) throws(LanguageError) -> TimeCursor {
    let log = timeline.head.log
    switch expression.value {
    case .event(let position):
      guard position.number <= log.count else {
        throw expression.error("There is no event \(position); the log ends at #\(log.count).")
      }
      return timeline.cursor(after: position)
    case .moment(let name):
      guard let cursor = timeline.cursor(named: name) else {
        throw expression.error(missing(name))
      }
      return cursor
    case .entry(let index):
      guard index.number <= timeline.count else {
        throw expression.error(
          "There is no entry \(index); the journal ends at \(timeline.last).")
      }
      return timeline.moment(of: index)
    case .time(let time): return cursor(at: time.instant(now: shown.clock))
    case .relative(let interval): return cursor(at: shown.clock + interval)
    case .percent(let percent):
      let share = Int((Double(timeline.count) * Double(percent) / 100).rounded())
      return timeline.moment(of: JournalIndex(share))
    case .events, .entries, .last: return try resolveRelative(expression)
    case .mark(let name):
      guard let place = marks.cursor(named: name) else {
        throw unknown("mark", name, among: marks.all.map(\.name), at: expression.span)
      }
      guard place.entry <= timeline.last else {
        throw expression.error("What \"\(name)\" marks is not there any more.")
      }
      return place
    case .name(let name):
      guard marks.cursor(named: name) != nil else {
        throw PositionExpression.noPosition(
          name, at: expression.span, marks: marks.all.map(\.name))
      }
      return try resolve(Located(.mark(name), expression.span))
    case .start: return TimeCursor(entry: JournalIndex(0))
    case .end, .live: return timeline.headCursor
    }
  }

  /// Why there is no moment of a name.
  private func missing(_ name: MomentName) -> String {
    let log = timeline.head.log
    guard name.position.number <= log.count else {
      return "There is no event \(name.position); the log ends at #\(log.count)."
    }
    let last = timeline.name(of: timeline.cursor(after: name.position))
    let next =
      name.position.number < log.count ? "before the next event" : "so far"
    return "After \(last.position) there are \(last.steps) steps \(next); "
      + "\(last.position).\(last.steps) is the last moment."
  }

  /// The cursor after the last entry made no later than an instant.
  private func cursor(at instant: Instant) -> TimeCursor {
    let count = (0..<timeline.count).partitioningIndex { index in
      timeline.entry(JournalIndex(index + 1)).map { $0.instant > instant } ?? true
    }
    return timeline.moment(of: JournalIndex(count))
  }

  /// `hold`: events are appended, deliveries wait.
  mutating func hold() -> Reply {
    isHeld = true
    var reply = Reply()
    reply.message =
      "HELD at \(momentAtHead.name): events are still written, nothing is delivered until \(keyNames.deliver)"
    return reply
  }

  /// `release [N]`: makes N held deliveries, or all of them and ends the hold.
  mutating func release(_ count: Int?) -> Reply {
    var reply = Reply()
    let prefix = goToHead()
    let (start, from) = (timeline.count, timeline.name(of: timeline.headCursor))
    guard let count else {
      isHeld = false
      let driver = drive()
      reply.problem = problem(of: driver).map { Reply.Problem($0) }
      arrive()
      reply.say(released(driver.steps, from: from, since: start), after: prefix)
      return reply
    }
    var driver = Driver(budget: count)
    while let input = driver.next(used.branch.engine) {
      driver.took(perform(input))
      showMoment()
      if !goesOn(WorkProgress("delivering", done: driver.steps, of: count)) {
        driver.interrupt()
      }
    }
    arrive()
    reply.problem = problem(of: driver).map { Reply.Problem($0) }
    let left = engine.world.queue.count
    var message =
      driver.steps == 1
      ? StepReader(moment).first(of: timeline.stepStart(of: timeline.last)) ?? StepMessage("")
      : deliveries(driver.steps, from: from)
    message.parts.append(
      .words(left == 0 ? "nothing waits" : "\(left) \(left == 1 ? "waits" : "wait")"))
    reply.say(
      driver.steps == 0 ? StepMessage(StepReader(moment).rest(shown, keyNames)) : message,
      after: prefix)
    return reply
  }

  /// `5 deliveries done, #7 → #8.2`.
  private func deliveries(_ count: Int, from: MomentName) -> StepMessage {
    StepMessage("\(count) \(count == 1 ? "delivery" : "deliveries") done, \(from) → \(moment.name)")
  }

  /// `LIVE: 5 deliveries done, #7 → #8.2`, with what went wrong.
  private func released(_ count: Int, from: MomentName, since start: Int) -> StepMessage {
    let reader = StepReader(moment)
    guard count > 0 else {
      return StepMessage(
        isHeld ? "nothing was delivered" : "LIVE: \(reader.rest(shown, keyNames))")
    }
    var message = deliveries(count, from: from)
    if !isHeld { message.head = "LIVE: \(message.head)" }
    reader.add(reader.consequences(in: start + 1..<timeline.count + 1), to: &message)
    return message
  }

  /// `live`: moves to the head and ends the hold.
  mutating func goLive() -> Reply {
    guard !isHeld else { return release(nil) }
    var reply = Reply()
    look(from: timeline.headCursor)
    reply.message = "LIVE: \(StepReader(moment).rest(shown, keyNames))"
    return reply
  }
}
