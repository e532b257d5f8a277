import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

/// Aggregates in hand, through whatever nesting of parts that are kept and parts that fail.
@Suite struct TakenBackPersistPropertyTests {
  struct Boom: Error {}

  static let thing = AggregateRoot(
    "Thing", stream: "things",
    reducers: [
      "Happened": { state, event in
        state["all"] = .array((state["all"].array ?? []) + [event.data.value["n"]])
      }
    ])

  /// The plain model: each aggregate raises one sequence, whose beginning is written.
  ///
  /// Handlers run on the test's own thread.
  final class Play: @unchecked Sendable {
    var random: SeededRandom
    var aggregates: [AggregateInstance] = []
    var sequences: [[Int]] = []
    /// How many of each are written as far as the aggregate in hand knows.
    var written: [Int] = []
    /// How many of each are there for good.
    var kept: [Int] = []
    /// How many of each wait in transactions around the one at hand.
    var hidden: [Int] = []
    var next = 0

    init(seed: UInt64, count: Int) {
      random = SeededRandom(seed: seed)
      aggregates = (0..<count).map {
        AggregateInstance(
          root: TakenBackPersistPropertyTests.thing, id: DomainID("\($0)"),
          loadedVersion: Version(0), state: .emptyObject)
      }
      sequences = aggregates.map { _ in [] }
      (written, kept) = (aggregates.map { _ in 0 }, aggregates.map { _ in 0 })
      hidden = written
    }

    func goBack(to start: [Int]) {
      for index in written.indices { written[index] = max(start[index], kept[index]) }
    }

    func check() {
      for (index, aggregate) in aggregates.enumerated() {
        let sequence = sequences[index]
        #expect(
          aggregate.newEvents.map { $0.data.value["n"].integer }
            == sequence[written[index]...].map {
              $0
            })
        #expect(aggregate.loadedVersion.number == written[index])
        #expect(aggregate.version.number == sequence.count)
        #expect((aggregate["all"].array ?? []).map(\.integer) == sequence.map { $0 })
      }
    }

    func play(_ tx: Transaction, depth: Int) throws {
      for _ in 0..<random.number(1...5) {
        let index = random.below(aggregates.count)
        switch random.below(depth < 4 ? 8 : 5) {
        case 0, 1:
          next += 1
          aggregates[index].raise("Happened", ["n": .int(next)])
          sequences[index].append(next)
        case 2, 3, 4: try persist(index, tx)
        case 5, 6: try nest(depth) { body in try tx.nested(body) }
        default: try enclose(tx, depth)
        }
        check()
      }
    }

    private func persist(_ index: Int, _ tx: Transaction) throws {
      if hidden[index] > 0, written[index] < sequences[index].count {
        #expect(throws: TransactionError.self) { try tx.persist(&aggregates[index]) }
        return
      }
      let events = try tx.persist(&aggregates[index])
      #expect(events.count == sequences[index].count - written[index])
      written[index] = sequences[index].count
      if random.below(2) == 0 { try tx.emit(events, to: "things") }
    }

    private func nest(
      _ depth: Int, _ run: ((Transaction) throws -> Void) throws -> Void
    ) throws {
      let (start, fails) = (written, random.below(2) == 0)
      do {
        try run { inner in
          try play(inner, depth: depth + 1)
          if fails { throw Boom() }
        }
      } catch is Boom {
        goBack(to: start)
      }
    }

    private func enclose(_ tx: Transaction, _ depth: Int) throws {
      let (outer, before) = (hidden, written)
      for index in hidden.indices { hidden[index] = written[index] - kept[index] }
      var stays = false
      try nest(depth) { body in
        try tx.requiresNew(body)
        stays = true
      }
      if stays {
        for index in kept.indices where hidden[index] == 0 { kept[index] = written[index] }
      } else {
        goBack(to: before)
      }
      hidden = outer
    }
  }

  @Test(arguments: seeds(60))
  func `what was kept is written once, and what was not is still raised`(seed: UInt64) throws {
    let play = Play(seed: seed, count: 3)
    var bench = try RecordedEngine(Domain("test", aggregates: [Self.thing]))
    for _ in 0..<8 {
      let fails = play.random.below(3) == 0
      let command = DirectCommand(stream: "things") { tx in
        try play.play(tx, depth: 0)
        if fails { throw Boom() }
        return CommandResult()
      }
      let step = bench.perform(.direct(command))
      #expect((step.problem != nil) == fails)
      if fails { play.goBack(to: play.kept) } else { play.kept = play.written }
      play.check()
      for index in play.kept.indices {
        var history: [Int] = []
        bench.world.forEachEvent(of: AggregateKey("Thing", DomainID("\(index)"))) { event, _ in
          history.append(event.data.value["n"].integer ?? 0)
        }
        #expect(history == Array(play.sequences[index][..<play.kept[index]]))
      }
    }
    let published = bench.world.events(in: "things").map { $0.data.value["n"].integer }
    #expect(Set(published).count == published.count)
    for moment in bench.moments {
      let travelled = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
    }
  }
}
