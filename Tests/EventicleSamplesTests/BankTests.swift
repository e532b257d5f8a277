import EventicleCore
import EventicleSamples
import Testing

@Suite struct BankTests {
  /// Two accounts, of which the first has 100.
  static func accounts(_ domain: Domain = .bank) throws -> Specification {
    try Specification(domain)
      .given("OpenAccount", ["owner": "Ada"])
      .given("OpenAccount", ["owner": "Bob", "currency": "GBP"])
      .given("Deposit", ["accountId": "acc-1", "amount": 100])
  }

  static func decisions() throws -> Specification {
    let bank = Domain.bank
    return try accounts(Domain("bank", aggregates: bank.aggregates, commands: bank.commands))
  }

  @Test func `an account is opened empty`() throws {
    try Specification.decisions(of: .bank).when("OpenAccount", ["owner": "Ada"])
      .then(Raised("AccountOpened", "acc-1", ["owner": "Ada", "currency": "GBP"]))
      .thenAnswer(["accountId": "acc-1"])
      .thenState(
        "Account", "acc-1",
        ["owner": "Ada", "currency": "GBP", "balance": 0, "status": "active"])
  }

  @Test func `an account needs an owner`() throws {
    try Specification.decisions(of: .bank).when("OpenAccount", ["owner": ""])
      .thenRefused("An account needs an owner, but the owner is empty; add owner=Ada.")
  }

  @Test func `deposits and withdrawals are exact to the cent`() throws {
    let run = try Self.decisions().given("Deposit", ["accountId": "acc-1", "amount": 0.1])
      .given("Deposit", ["accountId": "acc-1", "amount": 0.2])
      .when("Withdraw", ["accountId": "acc-1", "amount": 100.3])
    run.then(Raised("MoneyWithdrawn", "acc-1", ["amount": 100.3]))
    let state = run.engine.domain.aggregate("Account")?.state(of: "acc-1", in: run.world)?.state
    #expect(state?["balance"].description == "0")
  }

  @Test func `an account cannot be overdrawn`() throws {
    try Self.decisions().given("Withdraw", ["accountId": "acc-1", "amount": 80])
      .when("Withdraw", ["accountId": "acc-1", "amount": 50])
      .thenRefused("acc-1 has 20.00, which is less than 50.00.")
    try Self.decisions().given("Withdraw", ["accountId": "acc-1", "amount": 99.95])
      .when("Withdraw", ["accountId": "acc-1", "amount": 0.06])
      .thenRefused("acc-1 has 0.05, which is less than 0.06.")
  }

  @Test(
    arguments: [
      ("Deposit", "deposit", ["accountId": "acc-1"]),
      ("Withdraw", "withdrawal", ["accountId": "acc-1"]),
      ("RequestTransfer", "transfer", ["from": "acc-1", "to": "acc-2"]),
    ] as [(String, String, JSON)])
  func `an amount that is not more than 0 is refused`(
    command: String, noun: String, data: JSON
  ) throws {
    var data = data
    data["amount"] = 0
    try Self.decisions().when(command, data)
      .thenRefused("The amount of a \(noun) must be more than 0, but it is 0.")
  }

  @Test func `a frozen account moves no money until it is unfrozen`() throws {
    let frozen = try Self.decisions().given("Freeze", ["accountId": "acc-1", "reason": "fraud"])
    let amount: JSON = ["accountId": "acc-1", "amount": 1]
    frozen.when("Deposit", amount)
      .thenRefused("acc-1 is frozen; only an account that is active can be paid into.")
    frozen.when("Withdraw", amount)
      .thenRefused("acc-1 is frozen; only an account that is active can be drawn on.")
    frozen.when("Freeze", ["accountId": "acc-1", "reason": "again"])
      .thenRefused("acc-1 is frozen; only an account that is active can be frozen.")
    try frozen.given("Unfreeze", ["accountId": "acc-1"]).when("Withdraw", amount)
      .then(Raised("MoneyWithdrawn", "acc-1", ["amount": 1]))
    try Self.decisions().when("Unfreeze", ["accountId": "acc-1"])
      .thenRefused("acc-1 is active; only an account that is frozen can be unfrozen.")
  }

  @Test func `accounts that do not exist are refused`() throws {
    let sentence = "There is no account acc-9; OpenAccount makes one and answers with its id."
    let given = try Self.decisions()
    for command in ["Deposit", "Withdraw"] {
      given.when(command, ["accountId": "acc-9", "amount": 1]).thenRefused(sentence)
    }
    given.when("Freeze", ["accountId": "acc-9", "reason": "x"]).thenRefused(sentence)
    given.when("Unfreeze", ["accountId": "acc-9"]).thenRefused(sentence)
    given.when("RequestTransfer", ["from": "acc-9", "to": "acc-1", "amount": 1])
      .thenRefused(sentence)
    given.when("RequestTransfer", ["from": "acc-1", "to": "acc-9", "amount": 1])
      .thenRefused(sentence)
  }

  @Test func `balances follow the accounts`() throws {
    try Self.accounts().given("Withdraw", ["accountId": "acc-1", "amount": 30])
      .given("Freeze", ["accountId": "acc-1", "reason": "fraud"])
      .thenRecord(
        "Balances", "acc-1",
        ["owner": "Ada", "currency": "GBP", "balance": 70, "status": "frozen"]
      )
      .given("Unfreeze", ["accountId": "acc-1"])
      .thenRecord(
        "Balances", "acc-1",
        ["owner": "Ada", "currency": "GBP", "balance": 70, "status": "active"])
  }
}
