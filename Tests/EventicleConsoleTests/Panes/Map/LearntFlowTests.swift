import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// What is learnt of a flow from its history, and what that costs.
@Suite struct LearntFlowTests {
  private func moment() throws -> MomentView {
    try ConsolePilot().run(lines: PaneStory.orders).model.moment
  }

  @Test(arguments: seeds(8))
  func `portions of any size show the same as one look at all`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let moment = try moment()
    var whole = LearntFlow()
    whole.extend(from: moment, entries: .max / 2)
    var parts = LearntFlow()
    while parts.indexed < moment.timeline.count {
      var next = LearntFlow(after: parts.indexed)
      next.extend(from: moment, entries: Int.random(in: 1...20, using: &random))
      parts.append(next)
    }
    #expect(parts.links == whole.links && parts.order == whole.order)
    #expect(parts.appends == whole.appends && parts.schedules == whole.schedules)
  }

  @Test func `counts are those of the log at every moment`() throws {
    let moment = try moment()
    var flow = LearntFlow()
    flow.extend(from: moment, entries: .max / 2)
    let created = FlowEvent(type: "OrderCreated", stream: "orders")
    for end in 0...moment.timeline.count
    where moment.timeline.stepEnd(of: JournalIndex(end)) == JournalIndex(end) {
      let world = moment.timeline.world(after: JournalIndex(end))
      let count = (0..<world.log.count).count {
        world.log.type(at: Position($0 + 1)) == "OrderCreated"
      }
      #expect(flow.count(of: created, upTo: JournalIndex(end)) == count)
    }
  }

  @Test func `a long history is read in portions, once, and only while the map is shown`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40)
    pilot.run("emit notes Noted --count 9000")
    #expect(pilot.model.panes[MapPane.self].learnt.indexed == 0)
    try pilot.press("7")
    let learnt = pilot.model.panes[MapPane.self].learnt
    #expect(learnt.indexed == pilot.model.moment.timeline.count && learnt.indexed >= 9_000)
    let noted = FlowEvent(type: "Noted", stream: "notes")
    #expect(learnt.appends[noted]?.count == 9_000)
    let before = learnt.indexed
    pilot.run("emit notes Noted")
    #expect(pilot.model.panes[MapPane.self].learnt.indexed > before)
  }

  @Test func `a key reads no more of a history than it has time for`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40).run("emit notes Noted --count 9000")
    let context = pilot.model.context(of: .map, inside: Size(columns: 118, rows: 30))
    var map = MapModel()
    map.prepare(context)
    #expect(map.learnt.indexed == LearntFlow.atOnce)
    let asked = map.askForMore(of: context.shown)
    let request = try #require(asked)
    #expect(map.askForMore(of: context.shown) == nil)
    map.prepare(context)
    #expect(map.learnt.indexed == LearntFlow.atOnce)
    map.take(request.read(context.shown))
    #expect(map.learnt.indexed == context.shown.timeline.count)
    map.take(request.read(context.shown))
    #expect(map.learnt.indexed == context.shown.timeline.count)
  }

  @Test func `another branch is learnt anew`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40).run(lines: PaneStory.orders).press("7")
    pilot.fork("early", after: Position(3))
    let learnt = pilot.model.panes[MapPane.self].learnt
    #expect(learnt.indexed == pilot.model.moment.timeline.count)
    #expect(
      learnt.links[.given("CapturePayment")] == nil && learnt.links[.given("PlaceOrder")] != nil)
  }

  @Test(arguments: [(40, 12), (80, 24), (120, 40), (200, 50)])
  func `drawing the map and the tools runs no handler and reads nothing anew`(
    columns: Int, rows: Int
  ) throws {
    let counter = HandlerCounter()
    let pilot = try ConsolePilot(columns: columns, rows: rows, domain: counter.shop)
    pilot.run(lines: PaneStory.orders)
    for keys in ["7", "l l", "j j j", "9", "]", "]", "]", "2 k k", "7", "9"] {
      try pilot.press(keys)
      let before = counter.count
      let frame = pilot.frame
      #expect(counter.count == before && frame.meter.handlerCalls == 0, "\(keys)")
      #expect(pilot.frame.buffer.text == frame.buffer.text)
    }
  }
}
