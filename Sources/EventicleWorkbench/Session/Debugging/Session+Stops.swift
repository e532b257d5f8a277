import EventicleCore

extension Session {
  /// Performs a verb on stops; `nil` for other verbs.
  mutating func stop(_ instruction: Instruction) throws(LanguageError) -> Reply? {
    switch instruction {
    case .stop(.add(let stop)): return try add(stop)
    case .stop(.turn(let isOn, let number)):
      try check(number)
      stops.turn(on: isOn, number?.value)
      return said("\(name(of: number)) \(number == nil ? "are" : "is") \(isOn ? "on" : "off")")
    case .stop(.remove(let number)):
      try check(number)
      stops.remove(number?.value)
      return said("\(name(of: number)) \(number == nil ? "are" : "is") gone")
    case .stops: return listStops()
    case .runBack(let selector, let condition): return try runBack(to: selector, if: condition)
    default: return nil
    }
  }

  private func said(_ message: String) -> Reply {
    var reply = Reply()
    reply.message = message
    return reply
  }

  private func name(of number: Located<Int>?) -> String {
    number.map { "stop \($0.value)" } ?? "all stops"
  }

  private func check(_ number: Located<Int>?) throws(LanguageError) {
    guard let number, stops[number.value] == nil else { return }
    let known = stops.all.map { "\($0.number)" }.joined(separator: ", ")
    throw number.error(
      "There is no stop \(number.value); "
        + (known.isEmpty ? "none is set." : "there are \(known)."))
  }

  private mutating func add(_ located: Located<Stop>) throws(LanguageError) -> Reply {
    let stop = located.value
    if let known = stops.all.first(where: { $0.stop == stop }) {
      stops.turn(on: true, known.number)
      return told(known.number, stop, hits: known.hits)
    }
    guard stops.all.count < Limits.stops else {
      throw located.error("There are \(Limits.stops) stops already; remove one first.")
    }
    countHits()
    guard let hits = hits(of: stop) else {
      return Reply(problem: Reply.Problem("Ended by you; no stop was set."))
    }
    return told(stops.add(stop, hits: hits), stop, hits: hits)
  }

  private func told(_ number: Int, _ stop: Stop, hits: [Int32]) -> Reply {
    let count = hits.count
    var message = "stop \(number) on \(stop)"
    message +=
      count == 0 ? " · no hit so far" : " · \(count) \(count == 1 ? "hit" : "hits") already"
    if let last = hits.last, let position = position(ofHit: JournalIndex(Int(last))) {
      message += ", last at \(position)"
    }
    var reply = said(message)
    reply.output = json(of: number)
    return reply
  }

  /// The event of a hit, or else its moment.
  private func position(ofHit entry: JournalIndex) -> String? {
    timeline.entry(entry)?.kind.position.map { "\($0)" }
      ?? "\(timeline.name(of: timeline.moment(of: entry)))"
  }

  private func json(of number: Int) -> JSON? {
    guard let item = stops[number] else { return nil }
    return [
      "stop": .int(number), "on": .string("\(item.stop.selector)"),
      "if": item.stop.condition.map { JSON.string("\($0)") } ?? .null,
      "from": .int(item.stop.from), "once": .bool(item.stop.isOnce),
      "then": .string(item.stop.then.word), "isOn": .bool(item.isOn),
      "hits": .int(item.hits.count),
      "last": item.hits.last.map { JSON.int(Int($0)) } ?? .null,
    ]
  }

  private func listStops() -> Reply {
    var reply = Reply()
    reply.output = .array(stops.all.compactMap { json(of: $0.number) })
    let shown = stops.all.prefix(6).map { "\($0.number) \($0.stop)\($0.isOn ? "" : ", off")" }
    let rest = stops.all.count - shown.count
    reply.message =
      shown.isEmpty
      ? "nothing stops the engine; stop SELECTOR sets a stop"
      : shown.joined(separator: " · ") + (rest > 0 ? " · and \(rest) more" : "")
    reply.requests = [.show(.stops)]
    return reply
  }

  // MARK: - Running to and fro

  /// `run`: to the next hit of a stop, or to the end.
  mutating func runToStop() -> Reply {
    countHits()
    let (start, from) = (cursor.entry, timeline.count)
    if let hit = nextHit(forward: true) {
      look(from: hit.moment)
      return arrived(atHit: hit.number, hit.entry, from: start)
    }
    look(from: timeline.headCursor)
    guard refusal == nil else { return ended(from: start) }
    // What a person runs into is passed; a held engine stays held afterwards.
    let wasHeld = isHeld
    var driver = Driver(firingUpTo: engine.world.clock)
    drive(&driver) { WorkProgress("running", done: $1.steps) }
    arrive()
    if let hit = stopped {
      stopped = nil
      return arrived(at: hit, from: start)
    }
    if let problem = problem(of: driver) {
      isHeld = isHeld || engine.hasWork
      return Reply(problem: Reply.Problem(problem))
    }
    isHeld = wasHeld
    guard timeline.count > from || timeline.last > start else {
      var reply = Reply()
      reply.message = StepReader(moment).rest(shown, keyNames)
      return reply
    }
    return ended(from: start)
  }

  /// `rrun [to SELECTOR] [if FILTER]`: back to the last hit, of the stops or of a selector.
  private mutating func runBack(
    to selector: Located<Selector>?, if condition: Located<FilterExpression>?
  ) throws(LanguageError) -> Reply {
    countHits()
    let start = cursor.entry
    if let selector {
      let stop = Stop(selector.value, if: condition?.value)
      guard let hits = hits(of: stop) else {
        return Reply(problem: Reply.Problem("Ended by you; the time cursor has not moved."))
      }
      let before = hits.last { moment(ofHit: JournalIndex(Int($0)), stop).entry < start }
      guard let before else { return nothingBefore() }
      let entry = JournalIndex(Int(before))
      look(from: moment(ofHit: entry, stop))
      return said("\(words(ofHit: entry, stop)) · \(steps(from: cursor.entry, to: start)) back")
    }
    guard let hit = nextHit(forward: false) else { return nothingBefore() }
    look(from: hit.moment)
    return arrived(atHit: hit.number, hit.entry, from: start)
  }

  private func nothingBefore() -> Reply {
    said(stops.isEmpty ? "no stop is set; stop SELECTOR sets one" : "no stop before this")
  }

  private func arrived(atHit number: Int, _ entry: JournalIndex, from start: JournalIndex) -> Reply
  {
    let text = stops[number].map { words(ofHit: entry, $0.stop) } ?? ""
    let isBack = cursor.entry < start
    let count =
      isBack ? steps(from: cursor.entry, to: start) : steps(from: start, to: cursor.entry)
    return said("stop \(number) hit at \(text) · \(count) \(isBack ? "back" : "on")")
  }

  private func arrived(at hit: StopHit, from start: JournalIndex) -> Reply {
    said("\(hit.sentence) · \(steps(from: start, to: cursor.entry)) on")
  }

  private func ended(from start: JournalIndex) -> Reply {
    said("no stop before the end · \(steps(from: start, to: timeline.last)) on")
  }

  private func steps(from low: JournalIndex, to high: JournalIndex) -> String {
    let count = timeline.stepCount(after: low, upTo: high)
    return "\(count) \(count == 1 ? "step" : "steps")"
  }
}
