extension SwiftTestWriter {
  // MARK: - What every test needs

  static let support = """

    /// One event as it has to be.
    private struct Fact {
      let number: Int
      let type: String
      let domainID: String?
      let stream: String
      let at: String
      let id: String
      let data: String

      init(
        _ number: Int, _ type: String, _ domainID: String?, in stream: String, at: String,
        id: String, _ data: String
      ) {
        (self.number, self.type, self.domainID) = (number, type, domainID)
        (self.stream, self.at, self.id, self.data) = (stream, at, id, data)
      }
    }

    /// An engine, and what is asked of it.
    private struct Story {
      private var engine: Engine

      init(_ domain: Domain, from start: String, seed: UInt64) throws {
        engine = try Engine(domain, startingAt: instant(start), seed: seed)
      }

      /// Performs an input and everything that follows from it.
      mutating func perform(
        _ input: Input, refused problem: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
      ) throws {
        let step = engine.perform(input)
        drive(upTo: engine.world.clock)
        #expect(step.problem == problem, sourceLocation: sourceLocation)
      }

      /// Performs an input alone.
      mutating func performAlone(
        _ input: Input, at time: String? = nil, refused problem: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
      ) throws {
        var input = input
        input.instant = try time.map { try instant($0) }
        let step = engine.perform(input)
        #expect(step.problem == problem, sourceLocation: sourceLocation)
      }

      /// Moves the clock, firing what falls due on the way.
      mutating func advance(to time: String) throws {
        let end = try instant(time)
        drive(upTo: end)
        _ = engine.perform(.moveClock(end))
      }

      /// Makes so many of the deliveries that wait.
      mutating func deliver(_ count: Int) {
        for _ in 0..<count { _ = engine.perform(.deliver) }
      }

      private mutating func drive(upTo end: Instant) {
        var driver = Driver(firingUpTo: end)
        while let input = driver.next(engine) { driver.took(engine.perform(input)) }
      }

      /// Expects these events after so many others, and no more.
      func expect(_ facts: [Fact], after count: Int) throws {
        let log = engine.world.log
        #expect(log.last.number == count + facts.count)
        for fact in facts {
          let event = try #require(log.event(at: Position(fact.number)))
          #expect(event.type.text == fact.type, "#\\(fact.number)")
          #expect(event.domainID?.text == fact.domainID, "#\\(fact.number)")
          #expect(event.stream.text == fact.stream, "#\\(fact.number)")
          #expect(event.createdAt.description == fact.at, "#\\(fact.number)")
          #expect(event.id.text == fact.id, "#\\(fact.number)")
          #expect(try event.data.value == json(fact.data), "#\\(fact.number)")
        }
      }
    }

    private func instant(_ text: String) throws -> Instant {
      try #require(Instant(parsing: text))
    }

    private func json(_ text: String) throws -> JSON { try JSON(parsing: text) }

    private func with(_ event: NewEvent, _ change: (inout NewEvent) throws -> Void) rethrows -> NewEvent {
      var event = event
      try change(&event)
      return event
    }

    """
}
