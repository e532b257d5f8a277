import EventicleCore

extension Session {
  /// `step cascade` and `back cascade`: to where all that followed from the first cause is done, or
  /// to the moment before that cause.
  ///
  /// Deliveries keep their order: what waits in front of the last one of the cascade is made too.
  mutating func moveByCascade(_ direction: Direction) -> Reply {
    direction == .forward ? finishCascade() : leaveCascade()
  }

  private mutating func finishCascade() -> Reply {
    var reply = Reply()
    guard var cascade = unfinishedCascade else {
      reply.message = StepReader(moment).rest(shown, keyNames)
      return reply
    }
    let start = cursor.entry
    let recorded = cascade.record(in: timeline, after: start, upTo: timeline.last).last
    if recorded > start { look(from: timeline.moment(of: recorded)) }
    if isHeld, cascade.firstPlace(in: engine.world) != nil {
      look(from: timeline.headCursor)
      let driver = deliver(&cascade)
      arrive()
      reply.problem = problem(of: driver).map { Reply.Problem($0) }
    }
    reply.say(end(of: cascade, since: start))
    return reply
  }

  /// The cascade that the step at the cursor belongs to while something of it waits, else the one
  /// of the next delivery; `nil` when nothing waits.
  private var unfinishedCascade: Cascade? {
    guard !shown.queue.isEmpty else { return nil }
    var own = Cascade(of: positionAtCursor, in: timeline)
    return own.firstPlace(in: shown) == nil
      ? Cascade(of: shown.queue[0].position, in: timeline) : own
  }

  /// The event that the step at the cursor is about.
  private var positionAtCursor: Position {
    timeline.entry(timeline.stepStart(of: cursor.entry))?.kind.position
      ?? timeline.lastEvent(at: cursor)
  }

  /// Makes held deliveries until none of the cascade waits.
  private mutating func deliver(_ cascade: inout Cascade) -> Driver {
    var driver = Driver()
    // The place is looked for again only when the delivery that was found there is made, so that a
    // long queue is gone through once.
    var left = 0
    while left > 0 || cascade.waits(in: engine.world, &left),
      let input = driver.next(used.branch.engine)
    {
      guard !stopsBefore(input) else {
        driver.stop(at: timeline.last)
        break
      }
      driver.took(perform(input))
      left -= 1
      showMoment()
      if stopsAfterStep() {
        driver.stop(at: timeline.last)
      } else if !goesOn(WorkProgress("delivering", done: driver.steps)) {
        driver.interrupt()
      }
    }
    return driver
  }

  /// `#4 and all that followed: 3 steps, now #5.1 · Order order-1 onHold · nothing waits`.
  private func end(of cascade: Cascade, since start: JournalIndex) -> StepMessage {
    let reader = StepReader(moment)
    let steps = cascade.record(in: timeline, after: start, upTo: cursor.entry).steps
    var message = StepMessage(
      "\(cascade.root) and all that followed: \(steps) \(steps == 1 ? "step" : "steps"), "
        + "now \(moment.name)")
    var troubles = reader.consequences(in: start.number + 1..<cursor.entry.number + 1)
    (troubles.sagas, troubles.hiddenSagas) = ([], 0)
    reader.add(troubles, to: &message)
    let names = aggregates(changedAfter: start)
    if !names.isEmpty { message.parts.append(.fields(names)) }
    let waiting = shown.queue.count
    message.parts.append(
      .words(waiting == 0 ? "nothing waits" : "\(waiting) \(waiting == 1 ? "waits" : "wait")"))
    return message
  }

  /// `Order order-1 onHold`, of the aggregates whose events were appended last.
  private func aggregates(changedAfter start: JournalIndex) -> [String] {
    let first = timeline.lastEvent(at: TimeCursor(entry: start)).number
    let last = timeline.lastEvent(at: cursor).number
    var keys: [AggregateKey] = []
    for number in (max(first, last - 16)..<last).reversed() {
      guard let event = timeline.head.log.event(at: Position(number + 1)),
        let key = timeline.head.aggregateKey(of: event, in: domain), !keys.contains(key)
      else { continue }
      keys.append(key)
    }
    return keys.prefix(3).map { key in
      let version = shown.histories.version(of: key).number
      let state = version <= StepReader.mostFolded ? moment.aggregate(key)?.state : nil
      let status = state?.object?["status"]?.string
      return "\(key.type) \(key.id.text)" + (status.map { " \($0)" } ?? "")
    }
  }

  private mutating func leaveCascade() -> Reply {
    var reply = Reply()
    let root = Cascade(of: positionAtCursor, in: timeline).root
    guard root.number > 0, let append = timeline.appendEntry(of: root) else {
      reply.say(place())
      return reply
    }
    look(from: TimeCursor(entry: JournalIndex(timeline.stepStart(of: append).number - 1)))
    reply.say(
      StepMessage("before \(StepReader(moment).title(of: root)) and all that followed from it"))
    return reply
  }
}

extension Cascade {
  /// Whether a delivery of the cascade waits, and how many are made until it is made.
  mutating func waits(in world: World, _ left: inout Int) -> Bool {
    guard let place = firstPlace(in: world) else { return false }
    left = place + 1
    return true
  }
}
