import Testing

@testable import EventicleCore

/// An engine reuses the memory of its last step, but does not keep large steps alive.
@Suite struct StepMemoryTests {
  /// Emits a batch, drops the step, and tells whether the engine still holds the data of the batch.
  private func holdsBatch(of count: Int) throws -> Bool {
    var engine = try Engine(Domain("memory"))
    weak var data: AnyObject?
    do {
      let events = (0..<count).map { NewEvent("Noted", "note-\($0)", data: ["n": .int($0)]) }
      data = Mirror(reflecting: events[0].data).descendant("block").map { $0 as AnyObject }
      #expect(data != nil)
      _ = engine.perform(.emit(events, to: "notes"))
    }
    #expect(engine.world.log.count == count)
    return withExtendedLifetime(engine) { data != nil }
  }

  @Test func `the events of a large batch are let go with its step`() throws {
    #expect(try !holdsBatch(of: 1_000))
  }

  @Test func `the memory of a small step waits for the next one`() throws {
    #expect(try holdsBatch(of: 8))
  }
}
