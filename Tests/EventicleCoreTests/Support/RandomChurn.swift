import TestSupport

@testable import EventicleCore

/// Commands that write the same things repeatedly within one step.
enum RandomChurn {
  static let domain = Domain(
    "test", aggregates: TransactionTests.domain.aggregates,
    commands: [
      Command("Churn", stream: "things") { data, transaction in
        var random = SeededRandom(seed: UInt64(data["seed"].integer ?? 0))
        for _ in 0..<8 { try? TransactionTests.act(transaction, &random) }
        return CommandResult()
      }
    ],
    views: [
      EventView(
        "Seen", streams: ["things"],
        onAny: { event, transaction in
          for number in 1...3 { try transaction.put("Seen", "last", ["n": .int(number)]) }
          try transaction.put("Seen", event.type.text, ["at": .string(event.id.text)])
        })
    ], sagas: TransactionTests.domain.sagas)

  /// An engine after `count` such commands and some timers.
  static func workbench(seed: UInt64, count: Int) throws -> RecordedEngine {
    var bench = try RecordedEngine(domain, seed: seed)
    var random = SeededRandom(seed: seed)
    for _ in 0..<count {
      let seed = Int.random(in: 0...Int(Int32.max), using: &random)
      bench.perform(.dispatch(CommandIntent("Churn", ["seed": .int(seed)])))
      if Bool.random(using: &random) { bench.settle() }
      bench.pass(.seconds(Int64.random(in: 0...3, using: &random)))
    }
    return bench
  }
}

extension RecordedEngine {
  /// An engine after random work: a shop, or repeated rewriting.
  static func random(seed: UInt64, count: Int) throws -> RecordedEngine {
    seed % 2 == 0
      ? try RandomShop.workbench(seed: seed, count: count)
      : try RandomChurn.workbench(seed: seed, count: count)
  }
}
