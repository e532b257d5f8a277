import Testing

@testable import EventicleCore

/// Groups whose deliveries are taken by a worker outside the engine.
@Suite struct OfferTests {
  private func engine(_ options: ConsumerOptions = .standard) throws -> Engine {
    var engine = try Engine(Domain("test"))
    _ = try subscribe(&engine, options)
    return engine
  }

  private func subscribe(_ engine: inout Engine, _ options: ConsumerOptions) throws -> Step {
    try engine.subscribe(
      "mail", to: ["s"], options: options,
      .worker(adapter: "Mailer", WorkerReaction(types: nil, deadline: .seconds(30))))
  }

  /// Delivers what can be delivered, and returns what was offered.
  private func offers(_ engine: inout Engine) -> [OfferedDelivery] {
    var found: [OfferedDelivery] = []
    for _ in 0..<100 where engine.hasWork {
      let step = engine.perform(.deliver)
      found += engine.offered(by: step)
    }
    return found
  }

  private func emit(_ keys: String..., to engine: inout Engine) {
    _ = engine.perform(.emit(keys.map { NewEvent("E", DomainID($0)) }, to: "s"))
  }

  @Test func `one event a key is offered at once, and the next when it is acknowledged`() throws {
    var engine = try engine(ConsumerOptions(parallel: 2))
    emit("a", "a", "b", "c", to: &engine)
    let first = offers(&engine)
    #expect(first.map(\.offer.position) == [Position(1), Position(3)])
    #expect(engine.perform(.acknowledge(first[0].offer)).problem == nil)
    let second = offers(&engine)
    #expect(second.map(\.offer.position) == [Position(2)])
    for offer in [first[1], second[0]] { _ = engine.perform(.acknowledge(offer.offer)) }
    let last = offers(&engine)
    #expect(last.map(\.offer.position) == [Position(4)])
    _ = engine.perform(.acknowledge(last[0].offer))
    #expect(engine.world.group("mail")?.tally.handled == 4)
    #expect(engine.world.group("mail")?.isInStep == true)
  }

  @Test func `an answer counts once, and an answer to an earlier attempt not at all`() throws {
    var engine = try engine(ConsumerOptions(policy: .retry(1, after: .seconds(5))))
    emit("a", to: &engine)
    let first = offers(&engine)[0]
    _ = engine.perform(.fail(first.offer, reason: "Away."))
    #expect(engine.nextWake == .standardStart + .seconds(5))
    _ = engine.perform(.moveClock(.standardStart + .seconds(5)))
    let second = offers(&engine)[0]
    #expect(second.attempt == 2)
    #expect(engine.perform(.acknowledge(first.offer)).problem?.contains("no longer open") == true)
    #expect(engine.isOpen(second.offer))
    #expect(engine.perform(.acknowledge(second.offer)).problem == nil)
    #expect(engine.perform(.acknowledge(second.offer)).problem != nil)
    #expect(engine.world.group("mail")?.tally.handled == 1)
  }

  @Test func `an offer that is not answered before its deadline is a failure`() throws {
    var engine = try engine()
    emit("a", to: &engine)
    let offer = offers(&engine)[0].offer
    #expect(engine.nextWake == .standardStart + .seconds(30))
    _ = engine.perform(.moveClock(.standardStart + .seconds(30)))
    #expect(offers(&engine).isEmpty)
    #expect(engine.world.parked.map(\.reason) == ["It was not acknowledged within 30s."])
    #expect(engine.perform(.acknowledge(offer)).problem != nil)
  }

  @Test
  func `parked work is offered again with its edited data, and stays parked until it succeeds`()
    throws
  {
    var engine = try engine()
    emit("a", to: &engine)
    _ = engine.perform(.fail(offers(&engine)[0].offer, reason: "Away."))
    _ = engine.perform(.edit(1, JSONBytes(["x": 1])))
    #expect(engine.perform(.redrive(1)).problem == nil)
    let again = offers(&engine)[0]
    #expect(again.event.data.value["x"] == 1)
    _ = engine.perform(.fail(again.offer, reason: "Still away."))
    #expect(engine.world.parked.map(\.attempts) == [2])
    _ = engine.perform(.redrive(1))
    _ = engine.perform(.acknowledge(offers(&engine)[0].offer))
    #expect(engine.world.parkedCount == 0)
    #expect(engine.world.group("mail")?.position == Position(1))
  }

  @Test func `what was offered and not acknowledged is offered again after a restart`() throws {
    var engine = try engine()
    emit("a", "b", to: &engine)
    let lost = offers(&engine)[0]
    var resumed = try Engine(
      resuming: engine.world, Domain("test"), nextEntry: engine.nextEntry)
    _ = try subscribe(&resumed, .standard)
    let again = offers(&resumed)
    #expect(again.map(\.offer.position) == [Position(1)])
    #expect(resumed.perform(.acknowledge(lost.offer)).problem != nil)
    _ = resumed.perform(.acknowledge(again[0].offer))
    #expect(offers(&resumed).map(\.offer.position) == [Position(2)])
  }
}
