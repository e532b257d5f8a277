import EventicleHost
import EventicleSamples
import Synchronization
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite

/// A service of a program keeps what it does in a store, and goes on there after it ended.
@Suite struct ServiceStoreTests {
  private static let accounts = AggregateRoot(
    "Account", stream: "accounts",
    reducers: [
      "Deposited": { state, event in
        state["sum"] = .int((state["sum"].integer ?? 0) + (event.data["amount"].integer ?? 0))
      }
    ])

  private static let domain = Domain(
    "ledger", aggregates: [accounts],
    commands: [
      Command("Deposit", stream: "accounts") { data, transaction in
        let id = DomainID(data["account"].string ?? "")
        var account = transaction.load(accounts, id) ?? transaction.new(accounts, id: id)
        account.raise("Deposited", ["amount": data["amount"]])
        try transaction.persist(&account)
        return CommandResult()
      }
    ],
    views: [
      EventView(
        "Sums", streams: ["accounts"],
        on: [
          "Deposited": { event, transaction in
            try transaction.change("Sums", event.key) { row in
              row["sum"] = .int(
                (row["sum"].integer ?? 0) + (event.data["amount"].integer ?? 0))
            }
          }
        ])
    ])

  private func deposit(_ amount: Int) -> CommandIntent {
    CommandIntent("Deposit", ["account": "a-1", "amount": .int(amount)])
  }

  private func sum(_ world: World) -> Int? {
    world.record(RecordKey("Sums", "a-1"))?.content["sum"].integer
  }

  @Test func `a library engine goes on with what its store has`() throws {
    let bench = try StoreBench()
    let path = bench.path("ledger")
    for round in 1...3 {
      let app = try Eventicle(Self.domain, store: .open(path))
      #expect(sum(app.world) ?? 0 == (round - 1) * 12)
      try app.dispatch(deposit(5))
      try app.dispatch(deposit(7))
      #expect(app.world.log.count == round * 2)
      try app.shutdown()
    }
    #expect(try Store.verify(path) == [])
  }

  @Test func `what returned is in the store without a shutdown`() throws {
    let bench = try StoreBench()
    let app = try Eventicle(Self.domain, store: .open(bench.path("ledger")))
    for amount in 1...4 {
      try app.dispatch(deposit(amount))
      try bench.copy("ledger", as: "copy\(amount)")
      let again = try Eventicle(Self.domain, store: .open(bench.path("copy\(amount)")))
      #expect(again.world.log.count == amount)
      #expect(sum(again.world) == (1...amount).reduce(0, +))
      try again.shutdown()
    }
    try app.shutdown()
  }

  @Test func `a subscription goes on behind the last event that it was offered`() throws {
    let bench = try StoreBench()
    let path = bench.path("ledger")
    var seen: [Int] = []
    for round in 0..<3 {
      let app = try Eventicle(Self.domain, store: .open(path))
      try app.dispatch(deposit(10 * round + 1))
      try app.eventClient.coldHotStream("accounts", group: "reader") { event in
        seen.append(event.data["amount"].integer ?? 0)
      }
      try app.dispatch(deposit(10 * round + 2))
      try app.shutdown()
    }
    #expect(seen == [1, 2, 11, 12, 21, 22])
  }

  @Test func `inputs that handlers defer are kept as steps of their own`() throws {
    let bench = try StoreBench()
    let app = try Eventicle(Self.domain, store: .open(bench.path("ledger")))
    try app.eventClient.hotStream("accounts", group: "echo") { event in
      guard event.data["amount"].integer == 3 else { return }
      try app.eventClient.emit([NewEvent("Echoed", data: event.data.value)], to: "notes")
      try app.dispatch("Nonsense")
    }
    try app.dispatch(deposit(3))
    let count = app.world.log.count
    #expect(count == 2)
    try app.shutdown()
    let again = try Eventicle(Self.domain, store: .open(bench.path("ledger")))
    #expect(again.world.log.count == count)
    #expect(again.world.log.event(at: Position(2))?.type == "Echoed")
    try again.shutdown()
    #expect(try Store.verify(bench.path("ledger")) == [])
  }

  @Test func `closures, time and other domains are kept too`() throws {
    let bench = try StoreBench()
    let path = bench.path("ledger")
    let app = try Eventicle(Self.domain, store: .open(path))
    try app.dispatch(on: "notes", named: "Note") { _ in
      CommandResult(events: [NewEvent("Noted", "n-1")])
    }
    try app.advance(by: .minutes(120))
    let clock = app.world.clock
    try app.adopt(Domain("ledger", aggregates: [Self.accounts]))
    #expect(throws: OperationError.self) { try app.dispatch(deposit(1)) }
    try app.shutdown()
    let again = try Eventicle(Self.domain, store: .open(path))
    #expect(again.world.clock == clock && again.world.log.count == 1)
    try again.dispatch(deposit(4))
    #expect(sum(again.world) == 4)
    try again.shutdown()
    #expect(throws: StoreError.self) {
      try Eventicle(Domain("other"), store: .open(path))
    }
  }

  @Test func `memory lets go of events that the store has`() throws {
    let bench = try StoreBench()
    let app = try Eventicle(Self.domain, store: .open(bench.path("ledger")))
    app.keeper?.residentEntries = 3
    let plain = try Eventicle(Self.domain)
    for amount in 1...40 {
      try app.dispatch(deposit(amount))
      try plain.dispatch(deposit(amount))
      #expect(app.world.log.count == amount && sum(app.world) == sum(plain.world))
    }
    func amounts(_ app: Eventicle) throws -> [Int] {
      var found: [Int] = []
      try app.eventClient.coldStream("accounts") { event in
        found.append(event.data["amount"].integer ?? 0)
      }
      return found
    }
    #expect(try amounts(app) == Array(1...40) && amounts(plain) == Array(1...40))
    let id = try #require(app.world.log.event(at: Position(2))?.id)
    #expect(app.world.log.position(of: id) == Position(2))
    try app.shutdown()
    #expect(try Store.verify(bench.path("ledger")) == [])
  }

  @Test func `what an engine protects is not kept openly`() throws {
    struct Seal: EventProtection {
      let name = "none"
      func seal(_ event: Event) throws -> Event { event }
      func open(_ event: Event) -> Event { event }
    }
    let bench = try StoreBench()
    let options = EngineOptions(protection: Seal())
    #expect(throws: StoreError.self) {
      try Eventicle(Self.domain, store: .open(bench.path("ledger")), options: options)
    }
  }

  @Test func `a host goes on with what its store has, and keeps a batch before it answers`()
    async throws
  {
    let bench = try StoreBench()
    let path = bench.path("ledger")
    for round in 1...2 {
      let host = try EventicleHost(
        Self.domain, store: .open(path), clock: ManualClock(),
        options: HostOptions(logLabel: nil, metricsLabel: nil))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for amount in 1...40 {
          group.addTask {
            try await host.dispatch("Deposit", ["account": "a-1", "amount": .int(amount)])
          }
        }
        try await group.waitForAll()
      }
      try bench.copy("ledger", as: "copy\(round)")
      #expect(host.world.log.count == 40 * round)
      #expect(sum(host.world) == 820 * round)
      #expect(host.storeFailure == nil)
      await host.shutdown()
      let copy = try Eventicle(Self.domain, store: .open(bench.path("copy\(round)")))
      #expect(copy.world.log.count == 40 * round)
      try copy.shutdown()
    }
    #expect(try Store.verify(path) == [])
  }

  @Test func `an adapter hears again of an event that it had not acknowledged`() async throws {
    let bench = try StoreBench()
    let seen = Mutex<[Int]>([])
    let (started, start) = AsyncStream.makeStream(of: Void.self)
    func adapter(answers: Bool) -> AsyncEventAdapter {
      AsyncEventAdapter("Mailer", streams: ["accounts"], from: .beginning) { event, _ in
        seen.withLock { $0.append(event.data["amount"].integer ?? 0) }
        start.yield()
        if !answers { try await Task.sleep(for: .seconds(3_600)) }
      }
    }
    let options = HostOptions(logLabel: nil, metricsLabel: nil)
    let host = try EventicleHost(
      Self.domain, store: .open(bench.path("ledger")), adapters: [adapter(answers: false)],
      clock: ManualClock(), options: options)
    try await host.dispatch("Deposit", ["account": "a-1", "amount": 6])
    for await _ in started { break }
    // The program ends here without a word.
    try bench.copy("ledger", as: "copy")
    await host.shutdown(draining: false)
    let again = try EventicleHost(
      Self.domain, store: .open(bench.path("copy")), adapters: [adapter(answers: true)],
      clock: ManualClock(), options: options)
    for await _ in started { break }
    await again.shutdown()
    #expect(seen.withLock { $0 } == [6, 6])
  }
}
