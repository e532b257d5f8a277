import CoreSupport
import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore

/// Forks of a history, which go on by themselves and in silence.
@Suite struct BranchTests {
  /// The shop without its adapter, which draws ids of its own.
  private static let shop = Domain(
    "shop", source: Domain.shop.source, aggregates: Domain.shop.aggregates,
    commands: Domain.shop.commands, views: Domain.shop.views, sagas: Domain.shop.sagas)

  /// The inputs of a random story, in order.
  private func inputs(seed: UInt64, count: Int) throws -> [Input] {
    var bench = try RecordedEngine(Self.shop, seed: seed, remembering: false)
    var random = SeededRandom(seed: seed &+ 1)
    for _ in 0..<count { RandomShop.act(&bench, &random) }
    return bench.timeline.inputs.map { Input($0.input) }
  }

  private func branch(_ inputs: some Sequence<Input>, seed: UInt64) throws -> Branch {
    var branch = Branch(try Engine(Self.shop, seed: seed))
    perform(inputs, in: &branch)
    return branch
  }

  private func perform(_ inputs: some Sequence<Input>, in branch: inout Branch) {
    for input in inputs { _ = branch.perform(input) }
    branch.arrive()
  }

  /// All steps as a store would keep them.
  private func bytes(_ branch: Branch) -> [[UInt8]] {
    var all: [[UInt8]] = []
    branch.timeline.forEachStep(home: branch.engine.domain.aggregateKey) { step in
      all.append(StepCodec.encodeAlone(step))
      return true
    }
    return all
  }

  /// All that a timeline looks up.
  private func lookups(_ timeline: Timeline) -> [String] {
    var lines: [String] = []
    for number in 0...timeline.count {
      let index = JournalIndex(number)
      lines.append("\(timeline.effects(of: index)) \(timeline.errors(upTo: index))")
      lines.append("\(timeline.effects(of: index, limit: 1))")
    }
    for error in 0...timeline.errors(upTo: timeline.last) {
      lines.append("\(timeline.error(at: error)?.number ?? 0)")
    }
    for number in 0...timeline.head.log.count {
      let position = Position(number)
      lines.append("\(timeline.deliveries(of: position)) \(timeline.effects(of: position))")
      lines.append("\(timeline.appendEntry(of: position)?.number ?? 0)")
    }
    for saga in ["PaymentSaga", "ShippingSaga"] {
      for number in 0..<timeline.head.sagas.count(of: saga) {
        guard let key = timeline.head.sagas.instance(of: saga, at: number)?.key else { continue }
        lines.append("\(key) \(timeline.entryCount(of: key))")
        lines.append("\(timeline.entries(of: key, upTo: timeline.last))")
      }
    }
    return lines
  }

  private func expectSame(_ branch: Branch, _ other: Branch) {
    #expect(bytes(branch) == bytes(other))
    #expect(lookups(branch.timeline) == lookups(other.timeline))
    let names = WorldNames(Self.shop)
    let mine = fingerprint(branch.engine.world, names)
    #expect(mine.difference(from: fingerprint(other.engine.world, names)) == nil)
  }

  @Test(arguments: seeds(25))
  func `the remaining inputs give the same steps in a fork, byte for byte`(seed: UInt64) throws {
    let story = try inputs(seed: seed, count: 14)
    let main = try branch(story, seed: seed)
    let before = (bytes(main), lookups(main.timeline))
    var random = SeededRandom(seed: seed &+ 2)
    let place = Int.random(in: 0...story.count, using: &random)
    var fork = main.fork("f", at: main.timeline.moment(place, after: JournalIndex(0)))
    #expect(fork.timeline.count == fork.origin?.moment.entry.number)
    expectSame(fork, try branch(story.prefix(place), seed: seed))
    perform(story.dropFirst(place), in: &fork)
    expectSame(fork, main)
    #expect(before.0 == bytes(main) && before.1 == lookups(main.timeline))
    for number in 0...fork.timeline.count {
      let index = JournalIndex(number)
      let names = WorldNames(Self.shop)
      let mine = fingerprint(fork.timeline.world(after: index), names)
      #expect(mine == fingerprint(main.timeline.world(after: index), names))
    }
  }

  @Test(arguments: seeds(25))
  func `branches of branches go on differently and never see each other`(seed: UInt64) throws {
    let story = try inputs(seed: seed, count: 10)
    var random = SeededRandom(seed: seed &+ 3)
    var branches = [try branch(story, seed: seed)]
    // The same histories made from nothing, each by itself.
    var steps: [[Input]] = [story]
    for number in 1...4 {
      let parent = Int.random(in: 0..<branches.count, using: &random)
      let recorded = branches[parent].timeline.inputs.map { Input($0.input) }
      let place = Int.random(in: 0...recorded.count, using: &random)
      let moment = branches[parent].timeline.moment(place, after: JournalIndex(0))
      branches.append(branches[parent].fork("f\(number)", at: moment))
      steps.append(Array(recorded.prefix(place)))
      for branch in branches.indices {
        let more = try inputs(seed: seed &+ UInt64(100 * number + branch), count: 3)
        perform(more, in: &branches[branch])
        steps[branch] += more
      }
    }
    for (found, inputs) in zip(branches, steps) {
      expectSame(found, try branch(inputs, seed: seed))
    }
  }

  @Test func `a fork calls no adapter and no observer, and keeps what the parent owes`() throws {
    let (calls, observed) = (HandlerLog(), HandlerLog())
    let mailer = EventAdapter(
      "Mailer", streams: ["s"], options: .standard, on: ["A": { event, _ in calls.note(event) }])
    let observer = TransactionObserver(onCommit: { observed.note("\($0.count)") })
    let domain = Domain("d", adapters: [mailer])
    var main = Branch(try Engine(domain, options: EngineOptions(observers: [observer])))
    _ = main.perform(.emit([new("A", "a-1")], to: "s"))
    main.arrive()
    let count = observed.lines.count
    var fork = main.fork("f", at: main.timeline.headCursor)
    #expect(fork.isHeld)
    let step = fork.perform(.deliver).step
    _ = fork.perform(.emit([new("A", "a-2")], to: "s"))
    _ = fork.perform(.deliver)
    #expect(calls.lines == [] && observed.lines.count == count && !fork.engine.hasWork)
    guard case .delivery(Position(1), _, _, .ignored(let why))? = step.entries.first?.kind else {
      Issue.record("The first entry is no ignored delivery.")
      return
    }
    #expect(why == "a fork is silent to the outside")
    _ = main.perform(.deliver)
    #expect(calls.lines == ["a-1"] && !main.engine.hasWork)
  }

  @Test func `parked work of an adapter is done again in silence`() throws {
    let calls = HandlerLog()
    calls.isFailing = true
    let mailer = EventAdapter(
      "Mailer", streams: ["s"], on: ["A": { event, _ in try calls.handle(event) }])
    var main = Branch(try Engine(Domain("d", adapters: [mailer])))
    _ = main.perform(.emit([new("A", "a-1")], to: "s"))
    _ = main.perform(.deliver)
    main.arrive()
    let parked = try #require(main.engine.world.parked.first)
    var fork = main.fork("f", at: main.timeline.headCursor)
    #expect(fork.perform(.redrive(parked.number)).step.problem == nil)
    #expect(calls.lines.count == 1 && fork.engine.world.parkedCount == 0)
    #expect(main.engine.world.parkedCount == 1)
  }

  @Test func `work that a worker holds ends at its deadline, and nothing is offered`() throws {
    var engine = try Engine(Domain("test"))
    _ = try engine.subscribe(
      "mail", to: ["s"], options: .standard,
      .worker(adapter: "Mailer", WorkerReaction(types: nil, deadline: .seconds(30))))
    var main = Branch(engine)
    _ = main.perform(.emit([new("A", "a-1"), new("A", "a-2")], to: "s"))
    let offered = main.perform(.deliver).step
    main.arrive()
    #expect(main.engine.offered(by: offered).count == 1)
    var fork = main.fork("f", at: main.timeline.headCursor)
    var driver = Driver(firingUpTo: .standardStart + .minutes(5))
    while let input = driver.next(fork.engine) {
      let step = fork.perform(input).step
      #expect(fork.engine.offered(by: step).isEmpty && step.problem == nil)
      driver.took(step)
    }
    #expect(fork.engine.openOffers == 0 && !fork.engine.hasWork)
    #expect(main.engine.openOffers == 1)
  }
}
