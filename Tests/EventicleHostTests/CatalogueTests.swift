import EventicleCore
import EventicleHost
import Synchronization
import TestSupport
import Testing

/// The output of the program below.
private enum Printed {
  static let lines = Mutex<[String]>([])
}

/// Shadows the standard library's `print`, so that a test can read the output.
private func print(_ items: Any...) {
  let line = items.map { "\($0)" }.joined(separator: " ")
  Printed.lines.withLock { $0.append(line) }
}

/// The program of the catalogue, verbatim.
private func program() async throws {
  // host begins
  let reminder = Saga("Reminder", streams: ["orders"])
    .startOn("Ordered") { step, _ in try step.upsertTimer("unpaid", after: .minutes(15)) }
    .onTimer("unpaid") { step in
      try step.transaction.emit("Reminded", to: "orders")
      step.end()
    }
  let clock = ManualClock()
  let host = try EventicleHost(Domain("shop", sagas: [reminder]), clock: clock)

  try await host.emit([NewEvent("Ordered")], to: "orders")
  clock.advance(by: .minutes(15))
  await host.settle()
  for await event in host.events(in: "orders", until: .now) { print(event.type) }
  await host.shutdown()
  // host ends
}

@Suite(.timeLimit(.minutes(5))) struct CatalogueTests {
  @Test func `the program of the catalogue compiles and prints what the page says`()
    async throws
  {
    let page = "Sources/EventicleHost/EventicleHost.docc/EventicleHost.md"
    let own = try #require(Snippet.compiled("host", in: #filePath))
    #expect(Snippet.shown("program: host", on: page) == own)
    try await program()
    let printed = Printed.lines.withLock { $0.map { $0 + "\n" }.joined() }
    #expect(Snippet.shown("it prints: host", on: page) == printed)
  }
}
