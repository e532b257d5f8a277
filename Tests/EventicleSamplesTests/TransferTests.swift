import EventicleCore
import EventicleSamples
import Testing

@Suite struct TransferTests {
  static let request: JSON = ["from": "acc-1", "to": "acc-2", "amount": 40]

  static func data(_ status: JSON) -> JSON {
    var data = request
    data["transferId"] = "tr-1"
    data["status"] = status
    return data
  }

  static func balances(_ world: World) -> [JSON?] {
    ["acc-1", "acc-2"].map { world.record(RecordKey("Balances", $0))?.content["balance"] }
  }

  static func outcome(_ outcome: JSON, reason: JSON? = nil) -> JSON {
    var row = request
    row["outcome"] = outcome
    if let reason { row["reason"] = reason }
    return row
  }

  /// A transfer whose deliveries are made one at a time.
  static func slowly(_ domain: Domain = .bank) throws -> Engine {
    var engine = try BankTests.accounts(domain).engine
    let step = engine.perform(.dispatch(CommandIntent("RequestTransfer", request)))
    if let problem = step.problem { throw Unexpected(problem) }
    return engine
  }

  /// Delivers until the money has left the first account.
  static func withdrawn() throws -> Engine {
    var engine = try slowly()
    while engine.world.log.event(at: engine.world.log.last)?.type != "MoneyWithdrawn" {
      _ = engine.perform(.deliver)
    }
    return engine
  }

  static func ask(_ engine: inout Engine, _ type: String, _ data: JSON) throws {
    let step = engine.perform(.dispatch(CommandIntent(type, data)))
    if let problem = step.problem { throw Unexpected(problem) }
  }

  @Test func `money goes from one account to the other`() throws {
    let moved: JSON = ["amount": 40, "transferId": "tr-1"]
    let run = try BankTests.accounts().when("RequestTransfer", Self.request)
    run.then(
      Raised("TransferRequested", "tr-1", Self.request),
      Raised("MoneyWithdrawn", "acc-1", moved), Raised("MoneyDeposited", "acc-2", moved),
      Raised("TransferCompleted", "tr-1")
    )
    .thenAnswer(["transferId": "tr-1"])
    .thenSaga("TransferSaga", Self.data("completed"), ended: true)
    .thenRecord("Ledger", "tr-1", Self.outcome("completed"))
    .thenParked()
    #expect(Self.balances(run.world) == [60, 40])
    #expect(run.world.timers.count == 0)
    run.when(passes: .minutes(5)).then()
  }

  @Test func `a transfer without enough money fails with a reason`() throws {
    var request = Self.request
    request["amount"] = 500
    let reason: JSON = "acc-1 has 100.00, which is less than 500.00."
    let run = try BankTests.accounts().when("RequestTransfer", request)
    run.then(
      Raised("TransferRequested", "tr-1", request),
      Raised("TransferFailed", "tr-1", ["reason": reason])
    ).thenParked()
    #expect(Self.balances(run.world) == [100, 0])
    #expect(run.world.sagas.instance(of: "TransferSaga", at: 0)?.hasEnded == true)
  }

  @Test func `a transfer to a frozen account is compensated`() throws {
    let reason: JSON = "acc-2 is frozen; only an account that is active can be paid into."
    let moved: JSON = ["amount": 40, "transferId": "tr-1"]
    let run = try BankTests.accounts().given("Freeze", ["accountId": "acc-2", "reason": "fraud"])
      .when("RequestTransfer", Self.request)
    run.then(
      Raised("TransferRequested", "tr-1", Self.request),
      Raised("MoneyWithdrawn", "acc-1", moved), Raised("MoneyDeposited", "acc-1", moved),
      Raised("TransferFailed", "tr-1", ["reason": reason])
    )
    .thenSaga("TransferSaga", Self.data("failed"), ended: true)
    .thenRecord("Ledger", "tr-1", Self.outcome("failed", reason: reason))
    .thenParked()
    #expect(Self.balances(run.world) == [100, 0])
  }

  @Test func `freezing the target between deliveries compensates the transfer`() throws {
    var engine = try Self.withdrawn()
    try Self.ask(&engine, "Freeze", ["accountId": "acc-2", "reason": "fraud"])
    engine.settle { _ in }
    #expect(Self.balances(engine.world) == [100, 0])
    #expect(engine.world.record(RecordKey("Ledger", "tr-1"))?.content["outcome"] == "failed")
    var late = try Self.withdrawn()
    late.settle { _ in }
    try Self.ask(&late, "Freeze", ["accountId": "acc-2", "reason": "fraud"])
    late.settle { _ in }
    #expect(Self.balances(late.world) == [60, 40])
  }

  @Test func `a transfer that expires before its money arrives is compensated`() throws {
    var engine = try Self.withdrawn()
    let timer = try #require(engine.world.timers.next)
    #expect(timer.due == .standardStart + .minutes(1))
    #expect(engine.perform(.fire(timer.key)).problem == nil)
    engine.settle { _ in }
    #expect(Self.balances(engine.world) == [100, 0])
    let row = engine.world.record(RecordKey("Ledger", "tr-1"))?.content
    #expect(row == Self.outcome("failed", reason: "timed out"))
    #expect(engine.world.parkedCount == 0)
  }

  @Test func `a completed transfer does not expire`() throws {
    var engine = try Self.withdrawn()
    while engine.world.log.event(at: engine.world.log.last)?.type != "MoneyDeposited" {
      _ = engine.perform(.deliver)
    }
    let timer = try #require(engine.world.timers.next)
    _ = engine.perform(.fire(timer.key))
    engine.settle { _ in }
    #expect(Self.balances(engine.world) == [60, 40])
    #expect(engine.world.record(RecordKey("Ledger", "tr-1"))?.content == Self.outcome("completed"))
  }

  @Test func `money that can go neither way waits and returns on expiry`() throws {
    var engine = try Self.withdrawn()
    for account in ["acc-1", "acc-2"] as [JSON] {
      try Self.ask(&engine, "Freeze", ["accountId": account, "reason": "fraud"])
    }
    engine.settle { _ in }
    #expect(engine.world.parkedCount == 1)
    #expect(Self.balances(engine.world) == [60, 0])
    try Self.ask(&engine, "Unfreeze", ["accountId": "acc-1"])
    let timer = try #require(engine.world.timers.next)
    _ = engine.perform(.fire(timer.key))
    engine.settle { _ in }
    #expect(Self.balances(engine.world) == [100, 0])
  }
}
