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
    if isAtHead { return "at the head, \(cursor.entry)" }
    if let position = cursor.position {
      if let waiting = shown.queue.first, waiting.position <= position, position.number > 0 {
        return "after \(position), whose deliveries wait, \(cursor.entry)"
      }
      return position.number == 0
        ? "before the first event" : "after \(position) and its deliveries, \(cursor.entry)"
    }
    return cursor.entry.number == 0 ? "at the start" : "after \(cursor.entry)"
  }

  /// Moves the time cursor and shows the world there.
  mutating func look(from target: TimeCursor) {
    guard target != cursor else { return }
    shown =
      target == timeline.headCursor
      ? engine.world : timeline.world(at: target, nearby: (cursor, shown))
    cursor = target
  }

  // MARK: - Stepping

  private mutating func stepForward(_ unit: Located<StepUnit>) throws(LanguageError) -> Bool {
    let next: TimeCursor?
    switch unit.value {
    case .event: next = timeline.next(after: cursor)
    case .delivery: next = timeline.nextStep(after: cursor)
    case .entry:
      next = cursor.entry < timeline.last ? TimeCursor(entry: cursor.entry.next) : nil
    case .timer, .saga, .aggregate:
      next = try entry(of: unit, .forward).map { TimeCursor(entry: timeline.stepEnd(of: $0)) }
    }
    if let next {
      look(from: next == TimeCursor(entry: timeline.last) ? timeline.headCursor : next)
      return true
    }
    guard isHeld, engine.hasWork else { return false }
    deliverHeld(unit.value)
    return true
  }

  /// Makes held deliveries: one, or all those of the next event.
  private mutating func deliverHeld(_ unit: StepUnit) {
    guard let first = engine.nextDelivery else {
      perform(input: .deliver)
      return arrive()
    }
    perform(input: .deliver)
    if unit == .event {
      while engine.nextDelivery?.position == first.position { perform(input: .deliver) }
    }
    arrive()
  }

  private mutating func stepBackward(_ unit: Located<StepUnit>) throws(LanguageError) -> Bool {
    let previous: TimeCursor?
    switch unit.value {
    case .event: previous = timeline.previous(before: cursor)
    case .delivery: previous = timeline.previousStep(before: cursor)
    case .entry:
      previous =
        cursor.entry.number > 0 ? TimeCursor(entry: JournalIndex(cursor.entry.number - 1)) : nil
    case .timer, .saga, .aggregate:
      previous = try entry(of: unit, .backward).map { TimeCursor(entry: timeline.stepEnd(of: $0)) }
    }
    guard let previous else { return false }
    look(from: previous)
    return true
  }

  /// The nearest entry of a kind whose step ends after the cursor, or before it.
  private func entry(
    of unit: Located<StepUnit>, _ direction: Direction
  ) throws(LanguageError) -> JournalIndex? {
    let fits = try matcher(of: unit)
    var index = cursor.entry.number + (direction == .forward ? 1 : 0)
    if direction == .backward, let here = timeline.entry(cursor.entry) {
      index = here.stepStart.number - 1
    }
    while index >= 1, index <= timeline.count {
      if let entry = timeline.entry(JournalIndex(index)), fits(entry) {
        return JournalIndex(index)
      }
      index += direction == .forward ? 1 : -1
    }
    return nil
  }

  private func matcher(
    of unit: Located<StepUnit>
  ) throws(LanguageError) -> (JournalEntry) -> Bool {
    switch unit.value {
    case .timer:
      return { if case .timerFired = $0.kind { true } else { false } }
    case .saga(let reference):
      let key = try reference.key.map { text throws(LanguageError) in
        try instance(reference.name, text, at: unit.span).key
      }
      return { entry in
        switch entry.kind {
        case .delivery(_, let consumer, let instance?, _):
          consumer.name == reference.name && (key.map { $0.instanceID == instance } ?? true)
        case .timerFired(let timer, _, _):
          timer.owner.saga == reference.name && (key.map { $0 == timer.owner } ?? true)
        default: false
        }
      }
    case .aggregate(let reference):
      let key = AggregateKey(stored: reference.type, reference.id)
      let (log, domain) = (timeline.head.log, domain)
      return { entry in
        switch entry.kind {
        case .append(let position, _), .imported(let position, _):
          log.event(at: position).flatMap { domain.aggregateKey(of: $0) } == key
        default: false
        }
      }
    case .event, .delivery, .entry: return { _ in true }
    }
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
    case .entry(let index):
      guard index.number <= timeline.count else {
        throw expression.error(
          "There is no entry \(index); the journal ends at \(timeline.last).")
      }
      return TimeCursor(entry: timeline.stepEnd(of: index))
    case .time(let time): return cursor(at: time.instant(now: shown.clock))
    case .relative(let interval): return cursor(at: shown.clock + interval)
    case .percent(let percent):
      let share = Int((Double(timeline.count) * Double(percent) / 100).rounded())
      return TimeCursor(entry: timeline.stepEnd(of: JournalIndex(min(share, timeline.count))))
    case .mark(let name): throw expression.error("There is no mark \"\(name)\".")
    case .start: return TimeCursor(entry: JournalIndex(0))
    case .end, .live: return timeline.headCursor
    }
  }

  /// The cursor after the last entry made no later than an instant.
  private func cursor(at instant: Instant) -> TimeCursor {
    let count = (0..<timeline.count).partitioningIndex { index in
      timeline.entry(JournalIndex(index + 1)).map { $0.instant > instant } ?? true
    }
    return TimeCursor(entry: timeline.stepEnd(of: JournalIndex(count)))
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
      if let problem = deliverAll() {
        isHeld = true
        reply.problem = Reply.Problem(problem)
      }
      arrive()
      reply.message = "\(prefix)released, \(waiting) waited"
      return reply
    }
    var made = 0
    while made < count, engine.hasWork {
      perform(input: .deliver)
      made += 1
    }
    arrive()
    reply.message = "\(prefix)\(made) delivered, \(engine.world.queue.count) wait"
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
