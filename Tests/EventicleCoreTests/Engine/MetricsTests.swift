import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct MetricsTests {
  let book = HandlerLog()

  @Test func `metrics report the latency of a view by group and type`() throws {
    let app = try Eventicle(
      Domain(
        "test",
        views: [
          EventView(
            "V", streams: ["mystream"], group: "vg",
            on: ["fake-event": { [book] event, _ in book.note(event) }])
        ]))
    try app.eventClient.emit([new("fake-event", "epic")], to: "mystream")
    #expect(book.lines == ["epic"])
    let view = app.metrics.json["view-latency"]["vg"]
    #expect(view["fake-event"] == 0)
    #expect(view["latest"] == 0)
  }

  @Test func `latency runs from an event's creation to its handling, with percentiles`() throws {
    let app = try Eventicle(
      Domain("test", views: [EventView("V", streams: ["s"], group: "g", onAny: { _, _ in })]))
    for seconds in [0, 1, 2, 60] {
      var event = new("T")
      event.createdAt = app.world.clock + .seconds(-Int64(seconds))
      try app.eventClient.emit([event], to: "s")
    }
    let consumer = try #require(app.metrics.consumers.first)
    #expect(consumer.group == "g")
    #expect(consumer.counters.handled == 4 && consumer.attempts == 4)
    #expect(consumer.counters.lastLatency == .seconds(60))
    let json = app.metrics.json
    #expect(json["view-latency"]["g"] == ["latest": 60_000, "T": 60_000])
    let median = try #require(json["consumers"]["g"]["p50"].integer)
    #expect((1_000...1_125).contains(median))
    #expect(json["events"] == 4)
  }

  @Test
  func `a failing adapter records an error and no latency for the failed event`() throws {
    let book = book
    let app = try Eventicle(
      Domain(
        "test",
        adapters: [
          EventAdapter(
            "ad", streams: ["s"], group: "ag",
            on: [
              "Bad": { _, tx in
                try tx.emit([new("Side")], to: "out")
                throw Rejection("adfail")
              }, "Ok": { event, _ in book.note(event) },
            ],
            onError: { failure, _ in
              book.note("\(failure.consumer) \(failure.event.id) \(failure.reason)")
            })
        ]))
    try app.eventClient.emit([new("Bad", "b1"), new("Ok", "b2")], to: "s")
    #expect(book.lines == ["ad b1 adfail", "b2"])
    #expect(app.world.log.count(of: "out") == 0)
    let json = app.metrics.json
    #expect(json["adapter-latency"]["ag"] == ["latest": 0, "Ok": 0])
    #expect(json["consumers"]["ag"]["failed"] == 1)
    #expect(json["consumers"]["ag"]["parked"] == 1)
    #expect(json["consumers"]["ag"]["attempts"] == 2)
    try app.shutdown()
    #expect(throws: OperationError.self) {
      try app.eventClient.emit([new("Ok", "b3")], to: "s")
    }
    #expect(book.lines.count == 2)
  }

  @Test func `retries, duplicates, timers and commands are counted`() throws {
    let book = book
    let app = try Eventicle(
      Domain(
        "test",
        commands: [
          Command("Do", stream: "s") { data, _ in
            if data["ok"].isNull { throw Rejection("no") }
            return CommandResult(events: [new("T", "t")])
          }
        ],
        sagas: [
          Saga("S", streams: ["s"]).onTimer("later") { $0.end() }
            .startOn("T") { step, _ in try step.upsertTimer("later", after: .seconds(5)) }
        ],
        adapters: [
          EventAdapter(
            "A", streams: ["s"], group: "ag",
            options: ConsumerOptions(
              policy: .retry(1, after: .seconds(1), then: .skip), isIdempotent: true),
            onAny: { event, _ in try book.handle(event) })
        ]))
    book.isFailing = true
    try app.dispatch("Do", ["ok": true])
    #expect(throws: Rejection.self) { try app.dispatch("Do") }
    try app.advance(by: .seconds(10))
    book.isFailing = false
    try app.eventClient.emit([new("T", "u")], to: "s")
    try app.eventClient.replay("ag", from: .beginning)
    let adapter = try #require(app.metrics.consumers.first { $0.group == "ag" }?.counters)
    #expect(adapter.retried == 1 && adapter.skipped == 1 && adapter.failed == 2)
    #expect(adapter.duplicates == 1)
    let saga = try #require(app.metrics.consumers.first { $0.group == "saga-S" })
    #expect(saga.timers == 1 && saga.counters.handled == 3)
    #expect(
      app.metrics.json["commands"]["Do"] == [
        "done": 1, "reported": 0, "rejected": 1, "failed": 0,
      ])
  }
}
