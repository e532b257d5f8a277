import BackendContract
import TestSupport
import Testing

@testable import EventicleCore

/// A step whose handler may have decided on an answer that the store could not give is not done.
@Suite struct FailingPagesTests {
  /// Not every history asks its store something: the failures are counted over all of them.
  @Test func `a store that fails at any question leaves nothing of the step`() throws {
    var failures = 0
    for seed in seeds(20) {
      let bench = try RecordedEngine.random(seed: seed, count: 12)
      var resting = try RestingEngine(bench.engine.domain, seed: seed)
      var random = SeededRandom(seed: seed &+ 11)
      bench.timeline.forEachStep(home: bench.engine.domain.aggregateKey) { wanted in
        if random.below(2) == 0 {
          resting.rebase()
          failures += Self.failEverywhere(Input(wanted.input), resting, "seed \(seed)")
        }
        resting.perform(Input(wanted.input))
        return true
      }
    }
    #expect(failures > 0)
  }

  /// Performs an input as often as it asks the store something, which fails one question later
  /// each time.
  private static func failEverywhere(
    _ input: Input, _ resting: RestingEngine, _ history: Comment
  ) -> Int {
    let pages = resting.pages
    var whole = resting.engine.forReading()
    pages.forget()
    let wanted = whole.perform(input)
    let questions = pages.total
    for number in 0..<questions {
      var engine = resting.engine.forReading()
      pages.left = number
      let step = engine.perform(input)
      guard pages.fault != nil else {
        pages.reload()
        continue
      }
      #expect(step.entries.isEmpty, history)
      #expect(step.error as? StoreFault == pages.fault, history)
      #expect(engine.nextEntry == resting.engine.nextEntry, history)
      pages.reload()
      #expect(throws: Never.self, history) {
        try StatePagesContract.compare(
          engine.world, with: resting.world, "The world after a fault")
      }
      let again = engine.perform(input)
      #expect(again.entries.map(\.kind) == wanted.entries.map(\.kind), history)
      #expect(throws: Never.self, history) {
        try StatePagesContract.compare(engine.world, with: whole.world, "The world at last")
      }
    }
    return questions
  }

  /// A command that writes apart from its own step, then looks at a row.
  private static let domain = Domain(
    "test",
    commands: [
      Command("Look", stream: "rows") { _, transaction in
        try transaction.requiresNew { try $0.put("Log", "try", ["n": 1]) }
        try transaction.put("Own", "try", ["n": 1])
        let row = transaction.record("Row", "a")
        try transaction.put("Seen", "a", ["was": .bool(row != nil)])
        return CommandResult()
      }
    ])

  @Test func `what was kept apart from a step goes with it`() throws {
    var resting = try RestingEngine(Self.domain, seed: 1)
    resting.perform(
      .direct(
        DirectCommand("fill", stream: "rows") { transaction in
          try transaction.put("Row", "a", [:])
          return CommandResult()
        }))
    resting.rebase()
    resting.pages.left = 0
    let (step, stored) = resting.perform(.dispatch(CommandIntent("Look")))
    #expect(stored == nil)
    #expect(step.problem == StoreFault.unreadable("record").description)
    resting.pages.reload()
    #expect(resting.world.record("Log", "try") == nil)
    #expect(resting.world.record("Own", "try") == nil)
    #expect(resting.engine.nextEntry == resting.store.last.next)
    resting.perform(.dispatch(CommandIntent("Look")))
    #expect(resting.world.record("Log", "try") != nil)
    #expect(resting.world.record("Seen", "a")?.content["was"] == true)
  }

  @Test func `a driver comes back from a store that fails`() throws {
    var resting = try RestingEngine(.counting, seed: 1)
    resting.perform(.emit([NewEvent("Counted", "a")], to: "counts"))
    while resting.engine.hasWork { resting.perform(.deliver) }
    resting.rebase()
    resting.perform(.emit([NewEvent("Counted", "a")], to: "counts"))
    resting.pages.left = 0
    var driver = Driver()
    var count = 0
    while let input = driver.next(resting.engine) {
      driver.took(resting.perform(input).step)
      count += 1
    }
    #expect(count == 1)
    #expect(driver.outcome == .interrupted)
    #expect(resting.engine.hasWork)
  }
}

extension Domain {
  /// A view that counts events by key.
  static let counting = Domain(
    "counting",
    views: [
      EventView(
        "Counts", streams: ["counts"],
        onAny: { event, transaction in
          try transaction.change("Counts", event.key) { row in
            row["n"] = .int((row["n"].integer ?? 0) + 1)
          }
        })
    ])
}
