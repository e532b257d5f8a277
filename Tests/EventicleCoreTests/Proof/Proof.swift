/// Which tests prove what the engine promises.
///
/// `S-nn` is a scenario that the engine must pass, `B-nn` a fault of engines before this one that
/// it must not have. A test proves what its name has the number of; a few numbers name their
/// tests here instead.
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

  /// Tests whose names do not have the number of what they prove.
  static let named: [String: [String]] = [
    "S-03": ["the codec writes the headers and the body of an event"],
    "S-04": [
      "an event without a domain id uses its own id as the key",
      "a trace travels in the header and the body",
    ],
    "S-13": ["parked deliveries are listed, edited, retried and dropped"],
    "S-27": [
      "a new record with the id \\(value) in its content is refused",
      "an unknown id of a known type is nil",
      "changing what create returned changes nothing in the store",
    ],
    "B-23": ["an unknown id of a known type is nil"],
    "B-24": ["changing what create returned changes nothing in the store"],
    "B-31": [
      "a page has 50 records when nobody says", "a page of a query counts what fits",
      "a page of nothing is refused",
    ],
    "B-32": [
      "a save of what was written meanwhile is a conflict", "a save of what is gone is refused",
    ],
    "B-34": ["the moment of creation stays through later writes"],
    "B-49": ["resuming from a status keeps the due times"],
    "B-50": ["a refusal says why and which messages are allowed"],
    "B-84": ["a view is rebuilt and compared, then swapped in one reversible entry"],
    "B-107": [
      "shredding a user makes exactly their events unreadable",
      "after shredding the event decodes with a mark",
      "an event that cannot be sealed is not encoded, and the error says why",
    ],
  ]

  private static func numbers(_ letter: String, _ ranges: [ClosedRange<Int>]) -> [String] {
    ranges.joined().map { "\(letter)-\($0 < 10 ? "0" : "")\($0)" }
  }
}
