import TestSupport
import Testing

@testable import EventicleCore

/// Reads the fields of an event one by one, without making the event.
@Suite struct EventFieldsTests {
  @Test(arguments: seeds(30))
  func `fields equal those of the event and are nil outside the log`(seed: UInt64) throws {
    let bench = try RandomShop.workbench(seed: seed, count: 8, remembering: false)
    let log = bench.world.log
    for number in -1...(log.count + 2) {
      let position = Position(number)
      let event = log.event(at: position)
      #expect((event != nil) == (number >= 1 && number <= log.count))
      #expect(log.id(at: position) == event?.id)
      #expect(log.type(at: position) == event?.type)
      #expect(log.stream(at: position) == event?.stream)
      #expect(log.domainID(at: position) == event?.domainID)
      #expect(log.createdAt(at: position) == event?.createdAt)
      #expect(log.data(at: position) == event?.data)
      #expect(log.causeID(at: position) == event?.causedByID)
      let cause = event?.causedByID.flatMap { log.position(of: $0) }
      #expect(log.causePosition(at: position) == cause)
    }
  }

  @Test func `histories use a bounded amount of memory per event`() {
    var world = World(startingAt: .standardStart, seed: 0)
    let empty = world.histories.bytesHeld
    for number in 0..<20_000 {
      let key = AggregateKey(number % 2 == 0 ? "Order" : "Cart", DomainID("id-\(number % 500)"))
      world.append(EventLogTests.event(number, in: "s"), key, by: JournalIndex(1))
    }
    let held = world.histories.bytesHeld - empty
    #expect(held >= 20_000 * 4)
    #expect(held < 20_000 * 64)
  }
}
