/// The tests that prove the promises of the engine.
///
/// `S-nn` is a scenario that the engine must pass, `B-nn` a fault of earlier engines that it must
/// not have. ``named`` maps each number to the names of its tests and contract cases, so that the
/// names themselves need no numbers.
enum Proof {
  /// The scenarios.
  static let scenarios = numbers(
    "S",
    [
      1...11, 13...14, 16...21, 23...23, 26...30, 32...34, 36...39, 41...41, 44...47, 51...52,
      55...57,
    ])

  /// The faults that an engine of one process can have.
  static let faults = numbers("B", [1...13, 15...52, 54...74, 76...78, 80...119])
    .filter { id in !elsewhere.contains { $0.id == id } }

  /// The faults that only a broker, a database or several processes can have.
  static let elsewhere: [(id: String, reason: String)] = [
    ("B-36", "locks of a database; a step here is over before the next begins"),
    ("B-38", "locks of a database; there is no lock to wait for"),
    ("B-47", "what a JavaScript package exports"),
    ("B-79", "several processes that share a broker"),
    ("B-87", "groups of a Kafka broker"),
    ("B-97", "entries of Redis that a dead consumer holds"),
    ("B-98", "errors in the reply of a Redis pipeline"),
    ("B-111", "a scheduler that is started apart; here the clock fires what is due"),
    ("B-115", "several processes that would all fire"),
    ("B-118", "jobs of BullMQ"),
  ]

  /// The names of the tests that prove each scenario and each fault, by its number.
  static let named = scenarioTests.merging(faultTests) { first, second in first + second }

  private static func numbers(_ letter: String, _ ranges: [ClosedRange<Int>]) -> [String] {
    ranges.joined().map { "\(letter)-\($0 < 10 ? "0" : "")\($0)" }
  }
}
