import EventicleCore
import EventicleSamples
import Synchronization
import TestSupport
import Testing

@testable import EventicleConsole

/// Counts the runs of a domain's reducers.
final class HandlerCounter: Sendable {
  private let calls = Atomic(0)

  var count: Int { calls.load(ordering: .relaxed) }

  func add() { calls.add(1, ordering: .relaxed) }

  /// The shop with every reducer counted.
  var shop: Domain {
    let shop = Domain.shop
    let aggregates = shop.aggregates.map { root in
      AggregateRoot(
        root.type, stream: root.stream, idPrefix: root.idPrefix, machine: root.machine,
        publishesStatus: root.publishesStatus, snapshotEvery: root.snapshotEvery,
        checkpoint: root.checkpoint, lifecycle: root.lifecycle,
        reducers: root.reducers.mapValues { reduce in
          { state, event in
            self.add()
            try reduce(&state, event)
          }
        })
    }
    return Domain(
      shop.name, source: shop.source, summary: shop.summary, aggregates: aggregates,
      commands: shop.commands, views: shop.views, sagas: shop.sagas, adapters: shop.adapters,
      indexes: shop.indexes, upcasters: shop.upcasters, redaction: shop.redaction)
  }
}

/// Folds as some reducers do, and counts its calls.
private struct CountedFolder: AggregateFolder {
  let reducers: [EventType: AggregateRoot.Reducer]
  let counter: HandlerCounter

  func fold(_ events: [Event], of key: AggregateKey, at versions: [Version]) throws -> [JSON] {
    counter.add()
    var states: [JSON] = []
    var state = JSON.emptyObject
    for (index, event) in events.enumerated() {
      try reducers[event.type]?(&state, event)
      if versions.contains(Version(index + 1)) { states.append(state) }
    }
    return states
  }
}

extension HandlerCounter {
  /// The shop with a folder for every aggregate, whose calls are counted.
  fileprivate var foldedShop: Domain {
    let shop = Domain.shop
    return Domain(
      shop.name, source: shop.source, summary: shop.summary,
      aggregates: shop.aggregates.map { root in
        AggregateRoot(
          root.type, stream: root.stream, idPrefix: root.idPrefix, checkpoint: root.checkpoint,
          lifecycle: root.lifecycle, folder: CountedFolder(reducers: root.reducers, counter: self))
      },
      commands: shop.commands, views: shop.views, sagas: shop.sagas, adapters: shop.adapters,
      indexes: shop.indexes, upcasters: shop.upcasters, redaction: shop.redaction)
  }
}

@Suite struct DrawingTests {
  private static let story = [
    "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1",
  ]

  @Test(arguments: [(20, 5), (40, 12), (60, 16), (80, 24), (120, 40), (200, 50)])
  func `drawing any pane runs no reducer`(columns: Int, rows: Int) throws {
    let counter = HandlerCounter()
    let pilot = try ConsolePilot(columns: columns, rows: rows, domain: counter.shop)
    for line in Self.story { try pilot.type(line) }
    for keys in ["1", "2", "3", "] ]", "4", "]", "k k", "5", "6", "2 k", "?"] {
      try pilot.press(keys)
      let before = counter.count
      let frame = pilot.frame
      #expect(counter.count == before, "\(keys)")
      #expect(frame.meter.handlerCalls == 0)
    }
  }

  @Test(arguments: [(60, 16), (200, 50)])
  func `drawing any pane calls no folder`(columns: Int, rows: Int) throws {
    let counter = HandlerCounter()
    let pilot = try ConsolePilot(columns: columns, rows: rows, domain: counter.foldedShop)
    for line in Self.story { try pilot.type(line) }
    for keys in ["1", "2", "3", "] ]", "4", "]", "k k", "5", "6", "2 k", "L", ", , ."] {
      try pilot.press(keys)
      let before = counter.count
      let frame = pilot.frame
      #expect(counter.count == before && frame.meter.handlerCalls == 0, "\(keys)")
    }
    #expect(counter.count > 0)
  }

  @Test func `a folder that folds as reducers do gives the panes the same answers`() throws {
    let (folded, plain) = try (
      ConsolePilot(columns: 80, rows: 24, domain: HandlerCounter().foldedShop),
      ConsolePilot(columns: 80, rows: 24)
    )
    for line in Self.story {
      try folded.type(line)
      try plain.type(line)
    }
    let key = AggregateKey("Order", "order-1")
    let last = plain.model.moment.world.histories.version(of: key)
    var runners = (FoldRunner(folded.model.moment), FoldRunner(plain.model.moment))
    #expect(last.number > 1)
    for number in 1...last.number {
      let version = Version(number)
      for request in [
        FoldRequest.aggregate(key, version), .status(key, version),
        .steps(key, from: Version(1), to: version),
      ] {
        let answers = (runners.0.answer(request), runners.1.answer(request))
        #expect(answers.0 == answers.1)
      }
    }
  }

  @Test(arguments: seeds(10))
  func `drawing after any keys runs no reducer and is repeatable`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let counter = HandlerCounter()
    let pilot = try ConsolePilot(columns: 200, rows: 50, domain: counter.shop)
    for line in Self.story { try pilot.type(line) }
    let keys =
      Keymap.standard.bindings.map(\.notation).filter { $0 != "q" && $0 != "<C-c>" }
      + ["<Esc>", "<Enter>", "view OrderBoard", "aggs"]
    for _ in 0..<120 {
      let key = keys[Int.random(in: 0..<keys.count, using: &random)]
      if key.count > 3, !key.contains("<") {
        try pilot.type(key)
      } else {
        try pilot.press(key.replacing("<lt>", with: "<"))
      }
      let before = counter.count
      let text = pilot.text
      #expect(pilot.text == text)
      #expect(counter.count == before, "\(key)")
    }
  }

  @Test func `an aggregate is folded once, however often it is drawn`() throws {
    let pilot = try ConsolePilot(columns: 200, rows: 50)
    for line in Self.story { try pilot.type(line) }
    try pilot.press("L , , . .")
    let folded = pilot.workbench.foldMeter.handlerCalls
    #expect(folded > 0)
    for _ in 0..<3 { _ = pilot.frame }
    try pilot.press(", , . .")
    #expect(pilot.workbench.foldMeter.handlerCalls == folded)
  }

  @Test func `a fold equals the engine's state`() throws {
    let pilot = try ConsolePilot(columns: 200, rows: 50)
    for line in Self.story { try pilot.type(line) }
    let key = AggregateKey("Order", "order-1")
    let moment = pilot.model.moment
    let version = moment.world.histories.version(of: key)
    var runner = FoldRunner(moment)
    for number in 1...version.number {
      let version = Version(number)
      guard case .aggregate(let fold) = runner.answer(.aggregate(key, version)) else {
        Issue.record("an aggregate is answered by its fold")
        continue
      }
      #expect(fold.state == moment.aggregate(key, upTo: version)?.state)
      let before = moment.aggregate(key, upTo: Version(number - 1))?.state
      #expect(fold.before == before ?? .emptyObject)
    }
    guard case .steps(let steps) = runner.answer(.steps(key, from: Version(1), to: version)) else {
      Issue.record("steps are answered by their changes")
      return
    }
    #expect(steps.count == version.number)
  }
}
