import CoreSupport
import Testing

@testable import EventicleCore

/// What makes no sense is refused in a sentence, and nothing is written.
@Suite struct RefusalTests {
  /// What a client refuses, in its words; the log and the groups must stay as they were.
  func refusal(_ app: Eventicle, _ body: () throws -> Void) -> String {
    let (events, groups) = (app.world.log.count, app.eventClient.groups.map(\.group))
    let records = app.world.recordCount(of: "Row")
    var sentence = ""
    do { try body() } catch { sentence = "\(error)" }
    #expect(app.world.log.count == events)
    #expect(app.eventClient.groups.map(\.group) == groups)
    #expect(app.world.recordCount(of: "Row") == records)
    return sentence
  }

  @Test func `groups and streams without names cannot be subscribed or read`() throws {
    let app = try Eventicle(source: "test")
    let client = app.eventClient
    let group = "A group needs a name, such as mailer, under which its position is kept, but it "
    #expect(refusal(app) { try client.hotStream("s", group: "") { _ in } } == group + "has none.")
    #expect(
      refusal(app) { try client.coldHotStream("s", group: "") { _ in } } == group + "has none.")
    let stream = "A stream needs a name, such as orders, but one of these has none."
    #expect(refusal(app) { try client.hotStream("s", "", group: "g") { _ in } } == stream)
    #expect(refusal(app) { try client.coldStream("") { _ in } } == stream)
    #expect(refusal(app) { try client.emit([new("T")], to: "" as StreamName) }.hasSuffix("none."))
    #expect(refusal(app) { try client.emit([new("")], to: "s" as StreamName) }.hasSuffix("none."))
  }

  @Test func `a tenant without a name writes nothing to the system's data`() throws {
    let root = AggregateRoot("A", stream: "s")
    let write = Command("Write", stream: "s") { _, tx in
      try tx.put("Row", "1", [:])
      return CommandResult(events: [new("T")])
    }
    let app = try Eventicle(Domain("test", aggregates: [root], commands: [write]))
    let nobody = Workspace("")
    let asked: [() throws -> Void] = [
      { try app.dispatch(CommandIntent("Write", workspace: nobody)) },
      { try app.dispatch(on: "s", in: nobody) { _ in CommandResult(events: [new("T")]) } },
      {
        try app.dispatch(on: "s") {
          try $0.put("Row", "1", [:], in: nobody)
          return .init()
        }
      },
      {
        try app.dispatch(on: "s") {
          try $0.create("Row", [:], in: nobody)
          return .init()
        }
      },
      {
        try app.dispatch(on: "s") {
          try $0.delete("Row", "1", in: nobody)
          return .init()
        }
      },
      {
        try app.dispatch(on: "s") {
          try $0.purge("Row", in: nobody)
          return .init()
        }
      },
      {
        try app.dispatch(on: "s") {
          try $0.purge(nobody)
          return .init()
        }
      },
      {
        try app.dispatch(on: "s") { tx in
          try tx.within(nobody) {
            CommandResult(events: try $0.emit([new("T")], to: "s").map(NewEvent.init))
          }
        }
      },
      {
        try app.dispatch(on: "s") { tx in
          var made = tx.new(root, id: "a", in: nobody)
          made.raise("T")
          return CommandResult(events: try tx.persist(&made))
        }
      },
    ]
    for body in asked {
      #expect(
        refusal(app, body)
          == "A tenant needs a name, such as acme, but this one has none; say .system for what "
          + "belongs to nobody.")
    }
    try app.dispatch(CommandIntent("Write", workspace: .system))
    #expect(app.world.recordCount(of: "Row") == 1)
  }

  @Test func `retention of an unknown stream is refused with the known ones`() throws {
    let view = EventView("V", streams: ["declared", "all-*"], onAny: { _, _ in })
    let app = try Eventicle(Domain("test", views: [view]))
    let client = app.eventClient
    #expect(
      refusal(app) { try client.retain("orders", newest: 1) }
        == "There is no stream orders; there is declared.")
    try client.emit([new("T", "1"), new("T", "2")], to: "orders")
    #expect(
      refusal(app) { try client.retain("order", newest: 1) }
        == "There is no stream order; did you mean orders? There are declared, orders.")
    try client.retain("declared", newest: 1)
    try client.retain("orders", newest: 1)
    var left: [EventID] = []
    try client.coldStream("orders") { left.append($0.id) }
    #expect(left == ["2"])
  }

  @Test func `a timer due before it was armed fails its step`() throws {
    let saga = Saga("S", streams: ["s"])
      .startOn("Start") { step, _ in
        step["began"] = true
        try step.upsertTimer("alarm", after: .seconds(-5))
      }
      .startOn("Now") { step, _ in try step.upsertTimer("alarm", after: .seconds(0)) }
      .onTimer("alarm") { step in step["rang"] = true }
    let app = try Eventicle(Domain("test", sagas: [saga]))
    try app.eventClient.emit([new("Start")], to: "s")
    #expect(
      app.eventClient.parked.map(\.reason) == [
        "The timer alarm was to wait -5s, but a wait is 0s or longer; name a moment that has passed "
          + "with at:, or call the timer off."
      ])
    #expect(app.world.sagas.count(of: "S") == 0)
    #expect(app.world.timers.count == 0)
    try app.eventClient.emit([new("Now")], to: "s")
    #expect(app.world.timers.count == 0)
    #expect(app.world.sagas.instance(of: "S", at: 0)?.data["rang"] == true)
  }
}
