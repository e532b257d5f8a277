public import EventicleCore

extension Domain {
  /// A bank: accounts, and transfers that move money between them or return it.
  public static let bank = Domain(
    "bank", summary: "Accounts, and money that goes from one to another or comes back.",
    aggregates: [Bank.account, Bank.transfer],
    commands: Bank.accountCommands + Bank.transferCommands,
    views: [Bank.balances, Bank.ledger], sagas: [Bank.transferSaga])
}
