package import EventicleCore

/// Taking the events of another system: they are history here, whoever looks at what.
extension Session {
  /// Turns a session without history into one that takes the events of another system.
  package mutating func attach(as name: String) { attachment = Attachment(name: name) }

  /// Takes events of the system that the session is attached to, in main, whichever branch is in use.
  ///
  /// Views and aggregates fold them; sagas and adapters hear nothing, so that nothing is done that
  /// the other system does itself. An event that is there already is counted. Who looks at the past
  /// goes on looking at it.
  ///
  /// - Parameter arrival: When they came.
  /// - Returns: The events that were taken.
  @discardableResult
  package mutating func take(_ wires: [WireEvent], arrivedAt arrival: Instant) -> [Event] {
    guard !wires.isEmpty, attachment?.isFull == false else { return [] }
    let readings = wires.map { WireReader.read($0, arrival: arrival) }
    return inMain { session in
      session.begin(with: readings, arrival)
      return session.staying { session in
        var taken: [Event] = []
        for (wire, reading) in zip(wires, readings) {
          if let event = session.take(wire, reading, arrival) { taken.append(event) }
          guard session.attachment?.isFull == false else { break }
        }
        return taken
      }
    }
  }

  /// Notes something about the connection as a row of its own, such as that events are gone.
  package mutating func note(remote sentence: String) {
    inMain { session in
      _ = session.staying { session in
        session.perform(Input(.report(sentence, cause: JournalIndex(0)), by: .backend))
      }
    }
  }

  /// Does something at the head and stays where the person looks.
  private mutating func staying<Result>(_ body: (inout Session) -> Result) -> Result {
    let (oldCursor, oldShown, wasAtHead) = (cursor, shown, isAtHead)
    let result = body(&self)
    arrive()
    if !wasAtHead { (cursor, shown) = (oldCursor, oldShown) }
    countHits()
    refreshWatches()
    return result
  }

  /// Lets the clock begin with the first event, which is long past perhaps.
  private mutating func begin(with readings: [Reading], _ arrival: Instant) {
    guard timeline.count == 0, others.isEmpty,
      let first = readings.map(\.event.createdAt).min()
    else { return }
    let clock = min(first, arrival)
    guard clock != start, let engine = try? Engine(domain, startingAt: clock, seed: seed) else {
      return
    }
    start = clock
    used = SessionBranch(Branch(engine))
  }

  private mutating func take(
    _ wire: WireEvent, _ reading: Reading, _ arrival: Instant
  ) -> Event? {
    var event = CapturedEvent.event(of: wire, reading)
    guard engine.world.log.position(of: event.id, in: event.workspace) == nil else {
      attachment?.seenAgain += 1
      return nil
    }
    let count = engine.world.log.count
    let problem = perform(input(event, arrival)).problem
    if engine.world.log.count == count {
      // What the engine does not take, such as one that is too large, is shown all the same.
      var damaged = wire
      damaged.damage = Self.reason(problem)
      damaged.body = wire.body.map { Array($0.prefix(Self.shownBytes)) }
      event = CapturedEvent.event(of: damaged, arrivedAt: arrival)
      guard perform(input(event, arrival)).problem == nil else { return nil }
      attachment?.opaque += 1
    } else if case .opaque = reading {
      attachment?.opaque += 1
    } else if case .event(_, let quirks) = reading, !quirks.isEmpty {
      attachment?.unusual += 1
    }
    attachment?.taken += 1
    let isFull = engine.world.log.count >= Limits.capturedEvents
    attachment?.isFull = isFull
    return event
  }

  /// How much is kept of the body of an event that cannot be taken, in bytes.
  private static let shownBytes = 4_096

  private static func reason(_ problem: String?) -> String {
    let sentence = problem ?? "it cannot be taken"
    return sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
  }

  /// The input that takes an event; one whose time is far ahead moves the clock by little.
  private func input(_ event: Event, _ arrival: Instant) -> Input {
    let take = InputAction.take(event, reaction: .viewsOnly)
    let latest = arrival + Limits.remoteLead
    guard event.createdAt > latest else { return Input(take, by: .backend) }
    return Input(
      take, by: .backend, at: max(latest, engine.world.clock + Interval(milliseconds: 1)))
  }
}
