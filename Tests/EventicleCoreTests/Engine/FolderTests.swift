import CoreSupport
import Synchronization
import TestSupport
import Testing

@testable import EventicleCore

/// Aggregates whose events a folder folds in batches.
@Suite struct FolderTests {
  /// Folds by reducers, and counts how often it is called.
  private final class CountingFolder: AggregateFolder {
    private let reducers: ReducerFolder
    private let calls = Mutex<[[Version]]>([])
    let answers: Int?

    init(_ root: AggregateRoot, answering answers: Int? = nil) {
      reducers = ReducerFolder(root: root)
      self.answers = answers
    }

    var asked: [[Version]] { calls.withLock { $0 } }

    func fold(
      _ events: [Event], of key: AggregateKey, at versions: [Version]
    ) throws -> [JSON] {
      calls.withLock { $0.append(versions) }
      if let answers { return Array(repeating: [:], count: answers) }
      return try reducers.fold(events, of: key, at: versions)
    }
  }

  private static let counted = AggregateRoot(
    "Tally", stream: "tallies",
    reducers: [
      "Added": { state, event in
        guard event.data["bad"] != true else { throw Rejection("a bad event") }
        state["sum"] = .int((state["sum"].integer ?? 0) + (event.data["n"].integer ?? 0))
        state["events"] = .int((state["events"].integer ?? 0) + 1)
      },
      "Cleared": { state, _ in state["sum"] = 0 },
    ])

  private static func domain(
    _ root: AggregateRoot, upcasters: UpcasterChain = .empty
  ) -> Domain {
    Domain(
      "test", aggregates: [root],
      commands: [
        Command("Add", stream: "tallies") { data, transaction in
          let id = DomainID(data["id"].string ?? "t-1")
          var tally = transaction.load(root, id) ?? transaction.new(root, id: id)
          for n in data["values"].array ?? [] { tally.raise("Added", ["n": n]) }
          if data["fails"] == true {
            try? transaction.nested { inner in
              try inner.persist(&tally)
              throw Rejection("not this part")
            }
          }
          if data["bad"] == true { tally.raise("Added", ["bad": true]) }
          if data["twice"] == true {
            try transaction.persist(&tally)
            tally = transaction.load(root, id) ?? tally
            tally.raise("Cleared")
          }
          try transaction.persist(&tally)
          return CommandResult(response: tally.state)
        }
      ], upcasters: upcasters)
  }

  @Test(arguments: seeds(60))
  func `a folder that folds as reducers do gives the same steps and states`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let folder = CountingFolder(Self.counted)
    let every = Bool.random(using: &random) ? Int.random(in: 1...3, using: &random) : nil
    let root = AggregateRoot("Tally", stream: "tallies", snapshotEvery: every, folder: folder)
    var (left, right) = try (
      RecordedEngine(Self.domain(Self.counted)), RecordedEngine(Self.domain(root))
    )
    for _ in 0..<25 {
      let data: JSON = [
        "id": ["a", "b", "c"].randomElement(using: &random).map { .string($0) } ?? "a",
        "values": .array(
          (0..<Int.random(in: 0...3, using: &random)).map { _ in
            .int(Int.random(in: 0...9, using: &random))
          }),
        "fails": .bool(Bool.random(using: &random)), "twice": .bool(Bool.random(using: &random)),
        "bad": .bool(Int.random(in: 0..<8, using: &random) == 0),
      ]
      let steps = (left.run("Add", data), right.run("Add", data))
      #expect(steps.0.response == steps.1.response && steps.0.problem == steps.1.problem)
    }
    #expect(left.fingerprint(left.world).difference(from: right.fingerprint(right.world)) == nil)
    for id: DomainID in ["a", "b", "c"] {
      let key = AggregateKey("Tally", id)
      for number in 1..<(left.world.histories.version(of: key).number + 1) {
        let version = Version(number)
        let states = try [Self.counted, root].map {
          try $0.states(of: key, at: [version], in: right.world, opening: { $0 })
        }
        #expect(states[0] == states[1])
        #expect(states[0].first == Self.counted.state(of: id, in: left.world, upTo: version)?.state)
        #expect(states[0].first == root.state(of: id, in: right.world, upTo: version)?.state)
      }
    }
    #expect(folder.asked.allSatisfy { !$0.isEmpty && $0 == $0.sorted() })
  }

  @Test func `all versions that are asked for are folded in one call`() throws {
    let folder = CountingFolder(Self.counted)
    let root = AggregateRoot("Tally", stream: "tallies", folder: folder)
    var bench = try RecordedEngine(Self.domain(root))
    bench.run("Add", ["values": [1, 2, 3, 4]])
    let before = folder.asked.count
    let states = try root.states(
      of: AggregateKey("Tally", "t-1"), at: (0...4).map { Version($0) }, in: bench.world,
      opening: { $0 })
    #expect(states.map { $0["sum"].integer } == [nil, 1, 3, 6, 10])
    #expect(folder.asked.count == before + 1)
  }

  @Test func `a kept state is not folded again until the aggregate changes`() throws {
    let folder = CountingFolder(Self.counted)
    let root = AggregateRoot("Tally", stream: "tallies", snapshotEvery: 1, folder: folder)
    var bench = try RecordedEngine(Self.domain(root))
    bench.run("Add", ["values": [1]])
    bench.run("Add")
    let before = folder.asked.count
    for _ in 0..<5 { #expect(bench.run("Add").response == ["sum": 1, "events": 1]) }
    #expect(folder.asked.count == before)
    bench.run("Add", ["values": [2]])
    #expect(bench.run("Add").response == ["sum": 3, "events": 2])
    #expect(folder.asked.count > before)
  }

  @Test func `events that an upcaster drops count as versions and are not folded`() throws {
    let folder = CountingFolder(Self.counted)
    let root = AggregateRoot("Tally", stream: "tallies", folder: folder)
    var bench = try RecordedEngine(Self.domain(root))
    bench.run("Add", ["values": [1, 2, 4]])
    let states = try root.states(
      of: AggregateKey("Tally", "t-1"), at: [Version(1), Version(2), Version(3)], in: bench.world,
      opening: { $0.data["n"] == 2 ? nil : $0 })
    #expect(states.map { $0["sum"] } == [1, 1, 5])
    #expect(folder.asked.last == [Version(1), Version(2)])
  }

  @Test func `a folder that fails or answers wrongly fails the command`() throws {
    let wrong = CountingFolder(Self.counted, answering: 3)
    var bench = try RecordedEngine(
      Self.domain(AggregateRoot("Tally", stream: "tallies", folder: wrong)))
    bench.emit(new("Added", "e1", of: "t-1", ["n": 1]), to: "tallies")
    #expect(
      bench.run("Add").problem
        == "The folder of Tally/t-1 was asked for 1 state and answered 3; it must answer one for "
        + "each version.")
    bench = try RecordedEngine(
      Self.domain(
        AggregateRoot("Tally", stream: "tallies", folder: CountingFolder(Self.counted))))
    bench.emit(new("Added", "e1", of: "t-1", ["bad": true]), to: "tallies")
    #expect(bench.run("Add", ["values": [1]]).problem?.contains("a bad event") ?? false)
    #expect(bench.world.log.count == 1)
  }
}
