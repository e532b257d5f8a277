import TestSupport
import Testing

@testable import EventicleCore

@Suite struct AggregateHistoriesTests {
  private struct Entry {
    let key: AggregateKey
    let event: Event
    let position: Int?
  }

  private struct Model {
    var world = World(startingAt: .standardStart, seed: 0)
    var entries: [Entry] = []
    /// The lengths of the log and of the histories after each entry.
    var marks: [(log: Int, kept: Int)] = [(0, 0)]
  }

  private static let keys = (0..<12).map {
    AggregateKey($0 % 3 == 0 ? "Cart" : "Order", DomainID("a\($0)"))
  }

  private static func check(_ world: World, _ entries: ArraySlice<Entry>) {
    for key in keys {
      let own = entries.filter { $0.key == key }
      #expect(world.histories.version(of: key).number == own.count)
      var found: [(Event, Int?)] = []
      world.forEachEvent(of: key) { found.append(($0, $1?.number)) }
      #expect(found.map { $0.0 } == own.map(\.event))
      #expect(found.map { $0.1 } == own.map(\.position))
      for (offset, entry) in own.enumerated() {
        #expect(world.event(of: key, at: Version(offset + 1))?.event == entry.event)
      }
    }
    for type in ["Cart", "Order", "Nobody"] {
      var ids: [DomainID] = []
      for entry in entries where entry.key.type == type && !ids.contains(entry.key.id) {
        ids.append(entry.key.id)
      }
      #expect(world.histories.count(of: type) == ids.count)
      let found = (0...ids.count).map { world.histories.id(of: type, at: $0) }
      #expect(found == ids.map { $0 } + [nil])
    }
  }

  @Test(arguments: seeds(60))
  func `copies, prefixes and forks of histories equal plain lists`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var models = [Model()]
    for number in 0..<150 {
      let index = Int.random(in: 0..<models.count, using: &random)
      switch Int.random(in: 0..<12, using: &random) {
      case 0: models.append(models[index])
      case 1:
        var copy = models[index]
        let end = Int.random(in: 0...copy.entries.count, using: &random)
        let mark = copy.marks[end]
        copy.world.log = copy.world.log.prefix(mark.log)
        copy.world.histories = copy.world.histories.prefix(
          logCount: mark.log, keptCount: mark.kept)
        copy.entries.removeSubrange(end...)
        copy.marks.removeSubrange((end + 1)...)
        models.append(copy)
      case 2:
        guard let last = models[index].entries.popLast() else { continue }
        models[index].marks.removeLast()
        models[index].world.revert(last.position == nil ? .kept : .appended)
      default:
        let isKept = Int.random(in: 0..<4, using: &random) == 0
        let event = EventLogTests.event(number, in: "s")
        let key = Gen.element(of: Self.keys).next(&random)
        if isKept {
          models[index].world.keep(event, key)
        } else {
          models[index].world.append(event, key, by: JournalIndex(1))
        }
        let log = models[index].world.log.count
        models[index].entries.append(
          Entry(key: key, event: event, position: isKept ? nil : log))
        models[index].marks.append((log, models[index].world.histories.keptCount))
      }
      if models.count > 5 { models.removeFirst() }
    }
    for model in models { Self.check(model.world, model.entries[...]) }
  }

  @Test func `an aggregate with thousands of events can be read at each version`() {
    var world = World(startingAt: .standardStart, seed: 0)
    let key = AggregateKey("Order", "one")
    for number in 0..<3_000 {
      world.append(EventLogTests.event(number, in: "s"), key, by: JournalIndex(1))
    }
    for count in [0, 1, 5, 6, 7, 300, 2_999, 3_000] {
      let histories = world.histories.prefix(logCount: count, keptCount: 0)
      #expect(histories.version(of: key) == Version(count))
      #expect(histories.count(of: "Order") == (count > 0 ? 1 : 0))
    }
  }
}
