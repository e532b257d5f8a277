import EventicleCore

/// The command of an aggregate, with every outcome that a command can have.
struct AddCommand {
  /// The outcome of the command; its data holds the raw value.
  enum Mode: Int, CaseIterable {
    case plain
    /// It does a lot and is then rejected.
    case refuses
    /// It keeps its events and reports an error.
    case reports
    /// It does a lot and then fails.
    case fails
    case raisesMany
    /// It dispatches another command, which is rejected, and continues.
    case survivesRefusal
    case twoAggregates
    /// It persists an aggregate that has been changed since it was loaded.
    case stale
    /// An enclosed step keeps a record of its own, and the command continues.
    case aside
    /// An enclosed step keeps a record of its own, and the command is rejected.
    case asideThenRefuses
    /// It acquires, extends and releases leases.
    case leases

    /// The number of events that it keeps under an idempotency key; `nil` for outcomes that are
    /// never used with a key.
    var eventsUnderKey: Int? {
      switch self {
      case .plain, .reports: 1
      case .raisesMany: 4
      default: nil
      }
    }

    /// Whether the command must leave no trace.
    var leavesNothing: Bool { [.refuses, .fails, .stale].contains(self) }
  }

  let roots: [AggregateRoot]
  let index: Int
  let data: JSON

  private var root: AggregateRoot { roots[index] }

  private func open(_ root: AggregateRoot, in transaction: Transaction) -> AggregateInstance {
    let id = DomainID("\(root.idPrefix)-\(data["id"].integer ?? 1)")
    return transaction.load(root, id) ?? transaction.new(root, id: id)
  }

  private func add(_ aggregate: inout AggregateInstance, _ transaction: Transaction) throws {
    var content: JSON = ["n": data["n"], "w": data["w"], "b": data["b"], "p": data["p"]]
    if !data["ck"].isNull { content["ck"] = data["ck"] }
    aggregate.raise("Added", content)
    if aggregate.root.machine != nil { try transaction.send(&aggregate, "GO") }
  }

  func run(in transaction: Transaction) throws -> CommandResult {
    let mode = Mode(rawValue: data["mode"].integer ?? 0) ?? .plain
    var aggregate = open(root, in: transaction)
    switch mode {
    case .plain: try add(&aggregate, transaction)
    case .raisesMany: for _ in 0..<4 { try add(&aggregate, transaction) }
    case .reports:
      try add(&aggregate, transaction)
      return CommandResult(
        events: try transaction.persist(&aggregate), reportedError: ReportedError("kept though"))
    case .refuses, .fails:
      try doALot(&aggregate, transaction)
      if mode == .refuses { throw Rejection("not today") }
      throw Trouble(description: "The handler failed.")
    case .survivesRefusal:
      try add(&aggregate, transaction)
      let other = (index + 1) % roots.count
      _ = try? transaction.dispatch("Add\(other)", ["mode": 1, "id": data["id"], "n": 7])
    case .twoAggregates:
      try add(&aggregate, transaction)
      let other = roots[(index + 1) % roots.count]
      if other.type != root.type {
        var second = open(other, in: transaction)
        try add(&second, transaction)
        try transaction.emit(try transaction.persist(&second), to: other.stream)
      }
    case .stale:
      var late = aggregate
      try add(&aggregate, transaction)
      try transaction.emit(try transaction.persist(&aggregate), to: root.stream)
      try add(&late, transaction)
      return CommandResult(events: try transaction.persist(&late))
    case .aside, .asideThenRefuses:
      try add(&aggregate, transaction)
      try keepAside(transaction)
      if mode == .asideThenRefuses { throw Rejection("but that stays") }
    case .leases:
      try transaction.acquire("gate", holder: "somebody", for: .minutes(5))
      _ = try transaction.release("door", holder: "somebody")
      try transaction.acquire("door", holder: "somebody", for: .seconds(1))
      try transaction.withLock("hall") { try add(&aggregate, transaction) }
    }
    return CommandResult(events: try transaction.persist(&aggregate))
  }

  /// Writes what stays even if the rest is undone.
  private func keepAside(_ transaction: Transaction) throws {
    try transaction.requiresNew { inner in
      let id = DomainID("\(root.idPrefix)-aside")
      var other = inner.load(root, id) ?? inner.new(root, id: id)
      try add(&other, inner)
      try inner.emit(try inner.persist(&other), to: root.stream)
    }
  }

  /// Writes what must leave no trace.
  private func doALot(_ aggregate: inout AggregateInstance, _ transaction: Transaction) throws {
    try add(&aggregate, transaction)
    try transaction.emit(try transaction.persist(&aggregate), to: root.stream)
    try transaction.put("Scratch", "row", ["n": data["n"]])
    try transaction.put("Outbox", "nobody/nothing", ["event": "none"])
    _ = transaction.nextID(root.idPrefix)
    if roots.count > 1 {
      try transaction.dispatch(
        "Add\((index + 1) % roots.count)", ["mode": 0, "id": data["id"], "n": 1, "w": -1])
    }
    for parked in ["a", "b"] { try transaction.create("Scratch", ["v": .string(parked)]) }
  }
}
