import EventicleCore

/// A namespace for the declarations of the bank.
enum Bank {}

extension Bank {
  /// An account with a balance, which can be frozen.
  static let account = AggregateRoot(
    "Account", stream: "accounts", idPrefix: "acc",
    lifecycle: Lifecycle(.state("active", to: "frozen"), .state("frozen", to: "active")),
    reducers: [
      "AccountOpened": { state, event in
        let data = event.data.value
        for name in ["owner", "currency"] { state[name] = data[name] }
        state["balance"] = 0
        state["status"] = "active"
      },
      "MoneyDeposited": { state, event in
        try state["balance"] += event.data["amount"].amount
      },
      "MoneyWithdrawn": { state, event in
        try state["balance"] -= event.data["amount"].amount
      },
      "AccountFrozen": { state, _ in state["status"] = "frozen" },
      "AccountUnfrozen": { state, _ in state["status"] = "active" },
    ])

  /// The commands of accounts.
  static let accountCommands = [openAccount, deposit, withdraw, freeze, unfreeze]

  private static let accountID = CommandField.required("accountId", idOf: "Account")

  private static let openAccount = Command(
    "OpenAccount", stream: "accounts",
    [.required("owner"), .optional("currency", standard: "GBP")],
    summary: "somebody opens an account"
  ) { data, transaction in
    guard data["owner"] != "" else {
      throw Rejection("An account needs an owner, but the owner is empty; add owner=Ada.")
    }
    var account = transaction.new(account)
    account.raise("AccountOpened", data.picking("owner", "currency"))
    try transaction.persist(&account)
    return CommandResult(response: ["accountId": "\(account.id)"])
  }

  private static let deposit = Command(
    "Deposit", stream: "accounts",
    [accountID, .required("amount", .number), .optional("transferId")], summary: "money comes in"
  ) { data, transaction in
    let amount = try positive(data["amount"], "deposit")
    var account = try transaction.existing(account, data["accountId"], madeBy: "OpenAccount")
    try account.mustBe(["active"], toBe: "paid into")
    account.raise("MoneyDeposited", moved(amount, data))
    try transaction.persist(&account)
    return .done
  }

  private static let withdraw = Command(
    "Withdraw", stream: "accounts",
    [accountID, .required("amount", .number), .optional("transferId")], summary: "money goes out"
  ) { data, transaction in
    let amount = try positive(data["amount"], "withdrawal")
    var account = try transaction.existing(account, data["accountId"], madeBy: "OpenAccount")
    try account.mustBe(["active"], toBe: "drawn on")
    guard account["balance"].amount >= amount else {
      throw Rejection(
        "\(account.id) has \(account["balance"].twoDecimals), "
          + "which is less than \(amount.twoDecimals).")
    }
    account.raise("MoneyWithdrawn", moved(amount, data))
    try transaction.persist(&account)
    return .done
  }

  private static let freeze = Command(
    "Freeze", stream: "accounts", [accountID, .required("reason")],
    summary: "nothing moves any more"
  ) { data, transaction in
    var account = try transaction.existing(account, data["accountId"], madeBy: "OpenAccount")
    try account.mustBe(["active"], toBe: "frozen")
    account.raise("AccountFrozen", data.picking("reason"))
    try transaction.persist(&account)
    return .done
  }

  private static let unfreeze = Command(
    "Unfreeze", stream: "accounts", [accountID], summary: "everything moves again"
  ) { data, transaction in
    var account = try transaction.existing(account, data["accountId"], madeBy: "OpenAccount")
    try account.mustBe(["frozen"], toBe: "unfrozen")
    account.raise("AccountUnfrozen")
    try transaction.persist(&account)
    return .done
  }

  /// An amount rounded to whole cents, which must be greater than zero.
  static func positive(_ amount: JSON, _ noun: String) throws -> JSON {
    let cents = try amount.inCents()
    guard cents > 0 else {
      throw Rejection("The amount of a \(noun) must be more than 0, but it is \(cents).")
    }
    return cents
  }

  private static func moved(_ amount: JSON, _ data: JSON) -> JSON {
    var said: JSON = ["amount": amount]
    if !data["transferId"].isNull { said["transferId"] = data["transferId"] }
    return said
  }
}

extension JSON {
  /// An amount of money as sentences show it: `20.00`.
  fileprivate var twoDecimals: String {
    let text = amount.roundedTo(places: 2).description
    guard let point = text.firstIndex(of: "."), !text.contains("e") else {
      return text.contains("e") ? text : "\(text).00"
    }
    return text.distance(from: point, to: text.endIndex) == 2 ? "\(text)0" : text
  }
}
