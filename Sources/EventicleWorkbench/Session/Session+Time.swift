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
    for _ in 0..<count {
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
    reply.message = place()
    return reply
  }

  /// The message when there is nothing to step to.
  private func ending(_ unit: StepUnit, _ direction: Direction) -> String {
    switch unit {
    case .event, .delivery, .entry:
      return direction == .backward ? "start of history" : endOfHistory()
    case .saga(let saga):
      return "no \(direction == .backward ? "earlier" : "later") step of \(saga)"
    case .aggregate(let aggregate):
      return "no \(direction == .backward ? "earlier" : "later") event of \(aggregate)"
    case .timer: return "no timer fired \(direction == .backward ? "before" : "after") this"
    }
  }

  private func endOfHistory() -> String {
    let timers = shown.timers.count
    switch timers {
    case 0: return "end of history"
    case 1: return "end of history, 1 timer armed: t fires it"
    default: return "end of history, \(timers) timers armed: t fires the next"
    }
  }

  /// The cursor's place in a few words.
  private func place() -> String {
    if isAtHead { return "at the head, \(moment.name)" }
    if cursor.entry.number == 0 { return "at the start" }
    let waiting = shown.queue.count
    return "at \(moment.name)" + (waiting == 0 ? "" : ", \(waiting) wait in the queue")
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
    reply.message = place()
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
    reply.message = "the engine is held: events append, deliveries wait"
    return reply
  }

  /// `release [N]`: makes N held deliveries, or all of them and ends the hold.
  mutating func release(_ count: Int?) -> Reply {
    var reply = Reply()
    let prefix = goToHead()
    let waiting = engine.world.queue.count
    guard let count else {
      isHeld = false
      reply.problem = problem(of: drive()).map { Reply.Problem($0) }
      arrive()
      reply.message = "\(prefix)released, \(waiting) waited"
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
    reply.message = "\(prefix)\(driver.steps) delivered, \(engine.world.queue.count) wait"
    return reply
  }

  /// `live`: moves to the head and ends the hold.
  mutating func goLive() -> Reply {
    let waiting = isHeld ? engine.world.queue.count : 0
    let wasHeld = isHeld
    var reply = isHeld ? release(nil) : Reply()
    look(from: timeline.headCursor)
    reply.message = wasHeld ? "live: the engine is released, \(waiting) waited" : "live"
    return reply
  }
}
