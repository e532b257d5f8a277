import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct ProtectionTests {
  static let account = AggregateRoot(
    "Account", stream: "accounts",
    reducers: ["Opened": { state, event in state["secret"] = event.data["secret"] }])

  /// A domain whose every reader writes down what it sees.
  static func domain(_ book: HandlerLog) -> Domain {
    let see: EventHandler = { event, tx in
      book.note("\(event.data["secret"])")
      try tx.put("Seen", event.id.text, ["secret": event.data["secret"]])
    }
    return Domain(
      "bank", aggregates: [account],
      commands: [
        Command("Open", stream: "accounts") { data, tx in
          var new = tx.new(account, id: "acc-1")
          new.raise("Opened", data, id: "a")
          let events = try tx.persist(&new, publish: false)
          guard let loaded = tx.load(account, "acc-1") else { return CommandResult() }
          return CommandResult(
            response: ["staged": loaded["secret"]],
            events: data["isKept"] == true ? [] : events)
        },
        Command("Read", stream: "accounts") { _, tx in
          guard let loaded = tx.load(account, "acc-1") else { return CommandResult() }
          let history = tx.history(account, "acc-1").map { $0.data["secret"] }
          return CommandResult(response: [
            "state": loaded["secret"], "history": .array(history),
            "event": tx.event("a")?.data.value["secret"] ?? .null,
          ])
        },
      ],
      views: [EventView("Seen", streams: ["accounts"], onAny: see)],
      sagas: [
        Saga("S", streams: ["accounts"]).startOn("Opened") { step, event in
          book.note("saga \(event.data["secret"])")
          step.end()
        }
      ],
      adapters: [
        EventAdapter(
          "A", streams: ["accounts"],
          onAny: { event, _ in
            book.note("adapter \(event.data["secret"])")
          })
      ])
  }

  let book = HandlerLog()

  func app(_ protection: ToyProtection = ToyProtection()) throws -> Eventicle {
    try Eventicle(Self.domain(book), options: EngineOptions(protection: protection))
  }

  @Test func `protected events are stored sealed, and their handlers see them in clear`() throws {
    let app = try app()
    #expect(try app.dispatch("Open", ["secret": "Ada"]) == ["staged": "Ada"])
    #expect(!app.world.restingText(AggregateKey("Account", "acc-1")).contains("Ada"))
    #expect(app.world.restingText().contains("$sealed"))
    #expect(book.lines == ["\"Ada\"", "saga \"Ada\"", "adapter \"Ada\""])
    #expect(try app.dispatch("Read") == ["state": "Ada", "history": ["Ada"], "event": "Ada"])
    var cold: [JSON] = []
    try app.eventClient.coldStream("accounts") { cold.append($0.data["secret"]) }
    #expect(cold == ["Ada"])
  }

  @Test func `persisted, unpublished events are stored sealed too`() throws {
    let app = try app()
    try app.dispatch("Open", ["secret": "Ada", "isKept": true])
    #expect(app.world.log.count == 0)
    let text = app.world.restingText(AggregateKey("Account", "acc-1"))
    #expect(text.contains("$sealed") && !text.contains("Ada"))
    #expect(try app.dispatch("Read")?["history"] == ["Ada"])
  }

  @Test func `raw consumers receive the sealed form`() throws {
    let app = try app()
    var raw: [String] = []
    try app.eventClient.hotRawStream("accounts", group: "raw") { encoded in
      raw.append(String(decoding: encoded.buffer, as: UTF8.self))
    }
    try app.dispatch("Open", ["secret": "Ada"])
    #expect(raw.count == 1)
    #expect(raw[0].contains("$sealed") && !raw[0].contains("Ada"))
  }

  @Test func `an event that is emitted again is recognised by its sealed form`() throws {
    let app = try app()
    try app.eventClient.emit([new("T", "x", ["secret": "Ada"])], to: "s")
    try app.eventClient.emit([new("T", "x", ["secret": "Ada"])], to: "s")
    #expect(app.world.log.count == 1)
    #expect(throws: OperationError.self) {
      try app.eventClient.emit([new("T", "x", ["secret": "Bob"])], to: "s")
    }
  }

  @Test func `an event that cannot be sealed is not stored`() throws {
    let app = try app()
    let error = #expect(throws: OperationError.self) {
      try app.eventClient.emit([new("T", "x", ["secret": 1])], to: "s")
    }
    #expect(error?.description == "The toy seals no numbers.")
    #expect(app.world.log.count == 0)
    #expect(throws: OperationError.self) { try app.dispatch("Open", ["secret": 1]) }
    #expect(app.world.histories.version(of: AggregateKey("Account", "acc-1")).number == 0)
  }

  @Test func `files of sealed events are imported, and a shredded value passes through`() throws {
    let sender = try app()
    try sender.dispatch("Open", ["secret": "Ada"])
    let resting = try #require(sender.world.log.event(at: Position(1)))
    let receiver = try app(ToyProtection(shredded: ["acc-1"]))
    try receiver.perform(.take(resting, reaction: .everybody))
    #expect(receiver.world.log.event(at: Position(1)) == resting)
    let marker = ProtectionMark.shredded(subject: "acc-1").json
    #expect(receiver.world.record(RecordKey("Seen", "a"))?.content == ["secret": marker])
    #expect(try receiver.dispatch("Read")?["state"] == marker)
    #expect(book.lines.suffix(2) == ["saga \(marker)", "adapter \(marker)"])
  }

  @Test func `events imported in clear and edited parked data are sealed`() throws {
    let app = try app()
    var event = Event(
      id: "a", type: "Opened", source: "old", stream: "accounts", domainID: "acc-1",
      createdAt: .standardStart, data: JSONBytes(["secret": "Ada"]))
    try app.perform(.take(event, reaction: .viewsOnly))
    #expect(!app.world.restingText().contains("Ada"))
    book.isFailing = true
    try app.eventClient.hotStream("accounts", group: "g") { [book] in try book.handle($0) }
    event.id = "b"
    try app.eventClient.emit([NewEvent(event)], to: "accounts")
    let parked = try #require(app.eventClient.parked.first)
    try app.perform(.edit(parked.number, JSONBytes(["secret": "Bob"])))
    let edited = try #require(app.eventClient.parked.first?.editedData)
    #expect(!"\(edited)".contains("Bob") && "\(edited)".contains("$sealed"))
  }
}
