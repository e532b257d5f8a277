import EventicleCore

/// Counting hits, and stopping the engine at them.
extension Session {
  /// The stops of the branch in use.
  package internal(set) var stops: StopList {
    get { used.stops }
    set { used.stops = newValue }
  }

  // MARK: - While the engine runs

  /// Whether the engine stops before an input is performed, because its step would be a hit.
  ///
  /// The step is tried in a throw-away fork, as a line is before it is given. What reaches the outside
  /// is not tried; it stops the engine afterwards.
  mutating func stopsBefore(_ input: Input) -> Bool {
    guard !stops.isEmpty, passedStop != timeline.count else { return false }
    let places = stops.all.indices.filter { place in
      let item = stops.all[place]
      return item.isOn && item.stop.then == .stop && item.stop.isBeforeStep
        && mayHit(item.stop.selector, input)
    }
    guard !places.isEmpty else { return false }
    var trial = self
    trial.used = used.fork("trial", at: timeline.headCursor)
    let before = trial.timeline.count
    trial.perform(input)
    trial.timeline.arrive(at: trial.engine.world)
    for place in places {
      let item = stops.all[place]
      for index in before + 1..<trial.timeline.count + 1 {
        let entry = JournalIndex(index)
        guard trial.fits(entry, item.stop) else { continue }
        guard item.hits.count + 1 >= item.stop.from else { break }
        halt(at: place, entry, trial)
        passedStop = timeline.count
        return true
      }
    }
    return false
  }

  /// Counts what the last step hit, and stops the engine if it shall stop after it.
  mutating func stopsAfterStep() -> Bool {
    guard !stops.isEmpty else { return false }
    // What an entry says of an event is read in the newest world.
    timeline.arrive(at: engine.world)
    // A step that was passed over before, or tried and found harmless, does not stop afterwards.
    let wasAllowed = passedStop == stops.counted
    for (place, entry) in countHits() {
      let item = stops.all[place]
      if item.isOn { log(item.stop, at: entry) }
      guard item.isOn, item.stop.then == .stop, item.hits.count >= item.stop.from,
        !(item.stop.isBeforeStep && wasAllowed)
      else { continue }
      halt(at: place, entry, self)
      return true
    }
    return false
  }

  /// Counts the hits that are not counted yet; stops that log note those after an entry.
  mutating func logHits(after start: JournalIndex) {
    for (place, entry) in countHits() where entry > start && stops.all[place].isOn {
      log(stops.all[place].stop, at: entry)
    }
  }

  /// Notes the text of a stop that logs.
  private mutating func log(_ stop: Stop, at index: JournalIndex) {
    guard case .log(let template) = stop.then, logged.count < Limits.probeLines,
      let entry = timeline.entry(index)
    else { return }
    logged.append(StopLine(entry: index, text: template.filled(from: values(of: entry))))
  }

  private mutating func halt(at place: Int, _ entry: JournalIndex, _ session: Session) {
    let item = stops.all[place]
    isHeld = true
    stopped = StopHit(
      number: item.number, entry: entry, text: session.words(ofHit: entry, item.stop))
    if item.stop.isOnce { stops.turn(on: false, item.number) }
  }

  /// Whether the step of an input may be a hit, judged without performing it.
  private func mayHit(_ selector: Selector, _ input: Input) -> Bool {
    guard engine.runsHandlersInPlace else { return false }
    switch input.action {
    case .deliver:
      guard let consumer = engine.nextDelivery?.consumer else { return true }
      switch selector.kind {
      case .saga: return consumer.kind == .saga && selector.isNamed(consumer.name)
      case .view: return consumer.kind == .view && selector.isNamed(consumer.name)
      case .error, .failure: return consumer.kind == .saga || consumer.kind == .view
      default: return false
      }
    case .fire(let key):
      switch selector.kind {
      case .saga: return selector.isNamed(key.owner.saga)
      case .timer:
        return selector.isNamed(key.owner.saga)
          && (selector.timer.map { isSameText($0, key.name) } ?? true)
      case .error, .failure: return true
      default: return false
      }
    default: return false
    }
  }

  // MARK: - Counting

  /// Looks for hits in the entries that have not been looked at.
  ///
  /// - Returns: The new hits, each with the place of its stop.
  /// - Complexity: O(entries since the last time · stops)
  @discardableResult
  mutating func countHits() -> [(place: Int, entry: JournalIndex)] {
    guard !stops.isEmpty, stops.counted < timeline.count else {
      stops.count(upTo: timeline.count)
      return []
    }
    var found: [(place: Int, entry: JournalIndex)] = []
    let list = stops.all
    let folds = StateFolds(momentAtHead)
    timeline.forEachEntry(after: JournalIndex(stops.counted)) { index, entry in
      for place in list.indices where fits(index, entry, list[place].stop, folds) {
        found.append((place, index))
      }
      return true
    }
    for hit in found { stops.note(hit.entry, at: hit.place) }
    stops.count(upTo: timeline.count)
    return found
  }

  /// The hits of a stop in all that was looked at so far.
  ///
  /// - Returns: `nil` when a person ended it.
  func hits(of stop: Stop) -> [Int32]? {
    var hits: [Int32] = []
    var isEnded = false
    let folds = StateFolds(momentAtHead)
    let total = stops.counted
    timeline.forEachEntry(after: JournalIndex(0)) { index, entry in
      guard index.number <= total else { return false }
      if fits(index, entry, stop, folds) { hits.append(Int32(index.number)) }
      if index.number % 4_096 == 0 {
        isEnded = !goesOn(WorkProgress("counting hits", done: index.number, of: total))
      }
      return !isEnded
    }
    return isEnded ? nil : hits
  }

  private func fits(_ index: JournalIndex, _ stop: Stop) -> Bool {
    timeline.entry(index).map { fits(index, $0, stop, StateFolds(momentAtHead)) } ?? false
  }

  private func fits(
    _ index: JournalIndex, _ entry: JournalEntry, _ stop: Stop, _ folds: StateFolds
  ) -> Bool {
    fits(index, entry, stop.selector, stop.condition, folds)
  }

  // MARK: - Walking along hits

  /// The moment at which somebody stands who watches a hit: before its step, or after it.
  func moment(ofHit entry: JournalIndex, _ stop: Stop) -> TimeCursor {
    let start = timeline.stepStart(of: entry)
    let isBefore: Bool =
      switch timeline.entry(start)?.kind {
      case .delivery, .timerFired: stop.isBeforeStep
      default: false
      }
    return isBefore
      ? TimeCursor(entry: JournalIndex(start.number - 1)) : timeline.moment(of: entry)
  }

  /// The nearest hit of the stops that are on whose moment is after the one shown, or before it.
  ///
  /// - Complexity: O(stops · log hits) look-ups
  func nextHit(forward: Bool) -> (number: Int, entry: JournalIndex, moment: TimeCursor)? {
    var best: (number: Int, entry: JournalIndex, moment: TimeCursor)?
    for item in stops.all where item.isOn && item.stop.then == .stop {
      func place(_ index: Int) -> TimeCursor {
        moment(ofHit: JournalIndex(Int(item.hits[index])), item.stop)
      }
      let later = item.hits.indices.partitioningIndex {
        forward ? place($0).entry > cursor.entry : place($0).entry >= cursor.entry
      }
      let index = forward ? max(later, item.stop.from - 1) : later - 1
      guard item.hits.indices.contains(index), index + 1 >= item.stop.from else { continue }
      let there = place(index)
      if let known = best?.moment.entry, forward ? known <= there.entry : known >= there.entry {
        continue
      }
      best = (item.number, JournalIndex(Int(item.hits[index])), there)
    }
    return best
  }

  // MARK: - Words

  /// `#4: PaymentDeclined, amount 59 > 50`, of a hit that is recorded here.
  func words(ofHit entry: JournalIndex, _ stop: Stop) -> String {
    guard let kind = timeline.entry(entry)?.kind else { return "" }
    let log = timeline.head.log
    var text: String
    switch kind {
    case .append(let position, let type), .imported(let position, let type):
      text = "\(position): \(type)"
      if let path = stop.selector.path, let test = stop.selector.test,
        stop.selector.kind == .event,
        let value = log.event(at: position)?.data.value.value(at: path)
      {
        text += ", \(path) \(StepReader.word(value)) \(test)"
      }
    case .delivery(let position, let consumer, _, _):
      let type = log.type(at: position).map { " \($0)" } ?? ""
      text = "\(position)\(type) → \(StepReader.title(of: consumer))"
    case .timerFired(let key, _, _):
      text = "T \(key.name) of \(StepReader(momentAtHead).saga(key.owner))"
    case .command(let type, _, _, _): text = "C \(type)"
    default: text = "\(entry)"
    }
    if let problem = kind.problem { text += ": \(problem)" }
    return text
  }
}
