import Testing

@testable import EventicleCore
@testable import EventicleHost

@Suite struct HostMemoryTests {
  private static let saga = Saga("S", streams: ["s"])
    .keyed(by: "id") { .string($0.key) }
    .startOn("Start") { step, _ in try step.upsertTimer("t", after: .minutes(5)) }
    .on("Step") { step, _ in try step.upsertTimer("t", after: .minutes(5)) }
    .onTimer("t") { step in step.end() }

  @Test func `a host frees old states of its only instance`() async throws {
    let host = try EventicleHost(Domain("test", sagas: [Self.saga]))
    try await host.emit([NewEvent("Start", "a")], to: "s")
    let steps = (0..<100).map { _ in NewEvent("Step", "a") }
    for _ in 0..<60 { try await host.emit(steps, to: "s") }
    #expect(host.world.sagas.states.nextPlace < 5_000)
    #expect(host.world.timers.armings.count < 5_000)
    await host.shutdown()
  }
}
