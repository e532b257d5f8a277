import CoreSupport
import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

@Suite struct SessionLookingTests {
  static func shop(_ lines: String...) throws -> Session {
    var session = try TapeRun(demoFlow).session
    for line in lines { _ = session.run(line) }
    return session
  }

  @Test func `things of each kind are counted at the time cursor`() throws {
    var session = try Self.shop()
    func counts(_ line: String, _ name: String, _ count: String) -> [String: Int] {
      var found: [String: Int] = [:]
      for row in session.run(line).output?.array ?? [] {
        found[row[name].string ?? ""] = row[count].integer
      }
      return found
    }
    #expect(counts("aggs", "type", "count") == ["Order": 1, "Payment": 2, "Shipment": 1])
    #expect(counts("sagas", "saga", "count") == ["PaymentSaga": 1, "ShippingSaga": 1])
    #expect(counts("views", "view", "rows") == ["OrderBoard": 1, "Revenue": 1])
    #expect(counts("streams", "stream", "events")["orders"] == 7)
    _ = session.run("goto #1")
    #expect(counts("aggs", "type", "count") == ["Order": 1, "Payment": 0, "Shipment": 0])
    #expect(counts("streams", "stream", "events") == ["orders": 2])
    _ = session.run("goto start")
    #expect(counts("views", "view", "rows") == ["OrderBoard": 0, "Revenue": 0])
  }

  @Test func `the list of events shows only those that pass the filter`() throws {
    var session = try Self.shop()
    let all = session.run("events").output?.array ?? []
    #expect(all.count == session.head.log.count)
    #expect(all.map { $0["position"].integer } == Array(1...all.count))
    let paid = session.run("events type:Payment* !type:*Requested").output?.array ?? []
    #expect(paid.map { $0["type"].string } == ["PaymentDeclined", "PaymentSucceeded"])
  }

  @Test(arguments: [
    ("cmd:PlaceOrder", ["OrderCreated", "OrderPriced"]),
    ("cmd:DeclinePayment", ["PaymentDeclined"]),
    ("by:PlaceOrder type:*Priced", ["OrderPriced"]),
    ("by:CapturePayment", ["PaymentSucceeded"]), ("by:user", ["Note", "Note"]),
    ("saga:ShippingSaga/order-1 type:*Paid", ["OrderPaid"]),
    ("saga:PaymentSaga type:*Declined", ["PaymentDeclined"]),
    ("agg:Shipment/ship-1 type:*Created", ["ShipmentCreated"]),
    ("agg:Order/order-9", []), ("cause:#1 type:Note", ["Note"]), ("cause:#99", []),
    ("cause:note-1", []), ("is:orphan", ["Note"]), ("is:error", []),
    ("stream:shipping type:*Delivered", ["ShipmentDelivered"]),
  ])
  func `a filter can test the causes and effects of an event`(
    filter: String, types: [String]
  ) throws {
    var session = try Self.shop("emit notes Note id:note-1 causedBy:#1")
    _ = session.perform(
      .emit(
        [new("Note", "note-2")].map { note in
          var note = note
          note.causedByID = "elsewhere"
          return note
        }, to: "notes"
      ).by(.person))
    session.arrive()
    let found = session.run("events \(filter)")
    #expect(found.problem == nil, "\(found.problem?.message ?? "")")
    #expect(found.output?.array?.compactMap { $0["type"].string } == types)
  }

  @Test func `filters find imported events and failed deliveries`() throws {
    var session = try Session(SessionMaintenanceTests.domain(HandlerLog()))
    let line =
      #"{"id":"e","type":"Old","stream":"orders","createdAt":1767258000001,"data":{"amount":1}}"#
    try session.importEvents(Array(line.utf8))
    _ = session.run("emit orders New a amount=x")
    func types(_ filter: String) -> [String] {
      session.run("events \(filter)").output?.array?.compactMap { $0["type"].string } ?? []
    }
    #expect(types("by:import") == ["Old"])
    #expect(types("is:error") == ["New"])
    #expect(types("by:user") == ["New"])
    let rows = session.moment.deliveries(of: Position(1))
    #expect(rows.map(\.consumer.name).contains("Mail"))
    #expect(rows.contains { $0.state == .made(.ignored("imported as history")) })
    #expect(session.moment.deliveries(of: Position(9)).isEmpty)
    _ = session.run("hold; emit orders New b amount:=1")
    #expect(session.moment.deliveries(of: Position(3)).allSatisfy { $0.state == .queued })
    #expect(session.run("queue").output?.array?.map { $0["type"] } == ["New", "New"])
  }

  @Test func `a range of the journal is listed completely`() throws {
    var session = try Self.shop()
    func numbers(_ line: String) -> [Int?] {
      (session.run(line).output?.array ?? []).map { $0["journal"].integer }
    }
    #expect(numbers("journal 2..4") == [2, 3, 4])
    #expect(numbers("journal") == (1...session.timeline.count).map { $0 })
    #expect(numbers("journal \(session.timeline.count - 1)..").count == 2)
    #expect(numbers("journal 99999..").isEmpty)
    #expect(numbers("journal ..2") == [1, 2])
    _ = session.run("goto j1")
    #expect(numbers("journal").count == session.cursor.entry.number)
  }

  @Test func `every kind of journal entry has a name`() throws {
    var session = try Self.shop(
      "clock +1s", "group pause view-Revenue", "group resume view-Revenue",
      "group move view-Revenue start", "retain orders 3", "do PlaceOrder customer=c total:=-1",
      "do PlaceOrder customer=c total:=5", "rebuild Revenue swap")
    var kinds: [String: JSON] = [:]
    for entry in session.run("journal").output?.array ?? [] {
      kinds[entry["kind"].string ?? ""] = entry
    }
    #expect(
      Set(kinds.keys).subtracting(["timer.rearm"]) == [
        "command", "append", "deliver", "timer.arm", "timer.cancel", "timer.fire", "saga.end",
        "clock", "group", "trim",
      ])
    #expect(kinds["trim"]?["stream"] == "orders")
    #expect(kinds["saga.end"]?["kept"] == true)
    #expect(kinds["clock"]?["to"] != kinds["clock"]?["from"])
    #expect(kinds["group"]?["group"] == "view-Revenue")
    #expect(kinds["timer.fire"]?["timer"] == "retry")
    let outcomes = (session.run("journal").output?.array ?? []).compactMap { $0["outcome"].string }
    #expect(Set(["done", "rejected", "handled", "started"]).isSubset(of: outcomes))
    let actions = (session.run("journal").output?.array ?? []).compactMap { $0["action"].string }
    #expect(Set(["pause", "resume", "move"]).isSubset(of: actions))
  }

  @Test func `looking at a thing shows its content`() throws {
    var session = try Self.shop()
    #expect(session.run("agg Order/order-1 @v1").output?["state"]["status"] == "placed")
    #expect(session.run("agg Order/order-1").output?["state"]["status"] == "delivered")
    let instances = session.run("saga PaymentSaga").output?.array ?? []
    #expect(instances.map { $0["data"]["status"] } == ["paid"])
    let one = session.run("saga PaymentSaga/order-1").output?.array ?? []
    #expect(one == instances)
    #expect(session.run("view Revenue").output?.array?.map { $0["key"] } == ["GBP"])
    #expect(session.run("view Revenue/GBP").output?["row"]["paid"] == 59)
    let commands = session.run("cmds").output?.array ?? []
    let place = commands.first { $0["command"] == "PlaceOrder" }
    #expect(place?["fields"] == ["customer", "total", "[currency]", "[lines]"])
    #expect(place?["stream"] == "orders")
  }

  @Test(arguments: [
    ("agg Order/order-1 @v99", "Order/order-1 has no version 99; it is at "),
    ("agg Order/order-9", "There is order-1."), ("view Revenue/EUR", "There is GBP."),
    ("view Revenu", "did you mean \"Revenue\"?"), ("saga PaymentSaga/x", "There is order-1."),
    ("fire PaymentSaga/order-1/retry", "There is none yet."),
    ("fire", "No timer is armed, so none can fire."),
    ("clock set 2001-01-01T00:00:00Z", "back"),
    ("emit orders T --count 2 id:x", "One id cannot serve 2 events"),
    ("do PlaceOrdr", "did you mean \"PlaceOrder\"?"),
  ])
  func `looking for something unknown lists what exists`(line: String, part: String) throws {
    var session = try Self.shop()
    let problem = try #require(session.run(line).problem, "\(line) was accepted")
    #expect(problem.message.contains(part), "\(problem.message)")
  }

  @Test func `help describes one verb or all of them`() throws {
    var session = try Self.shop()
    let one = session.run("help emit").output
    #expect(one?["verb"] == "emit")
    #expect(one?["example"].string?.hasPrefix("emit orders") == true)
    #expect(session.run("help").output?.array?.count == Verb.all.count)
    let limits = session.run("info").output?.array ?? []
    #expect(limits.count == Limits.all.count)
    #expect(limits.allSatisfy { ($0["value"].integer ?? 0) > 0 })
  }

  @Test func `requests for the host program are passed to it`() throws {
    var session = try Self.shop()
    func requests(_ line: String) -> [SessionRequest] { session.run(line).requests }
    #expect(requests("pause") == [.pause])
    #expect(requests("open a.eventicle") == [.open("a.eventicle", force: false)])
    #expect(requests("save") == [.save(nil, force: false)])
    #expect(requests("w b.eventicle") == [.save("b.eventicle", force: false)])
    #expect(requests("import c.ndjson") == [.importFile(ImportedFile("c.ndjson"))])
    #expect(requests("set order=newest") == [.set("order", value: "newest")])
    #expect(requests("theme nord") == [.theme("nord")])
    #expect(requests("theme") == [.theme(nil)])
    #expect(requests("mouse off") == [.mouse(false)])
    #expect(requests("demo") == [.present(.tour)])
    #expect(requests("demo story") == [.story])
    #expect(requests("present") == [.present(.again)])
    #expect(requests("present off") == [.present(.off)])
    #expect(requests("present 3") == [.present(.caption(3))])
    #expect(requests("present a.tape") == [.present(.tape("a.tape"))])
    #expect(requests("filter") == [.filter(nil, text: "")])
    #expect(requests("info") == [.info])
    #expect(requests("help") == [.help(nil)])
    #expect(requests("timers") == [.show(.timers)])
    #expect(requests("q").count == 1)
    #expect(requests("q") != requests("q!"))
    #expect(requests("find order-7").count == 1)
    #expect(session.tape.count == 6)
  }

  @Test func `an event already in the log is not appended again`() throws {
    var session = try Self.shop("emit orders Note order-1 id:n1 text=a")
    let count = session.head.log.count
    let reply = session.run("emit orders Note order-1 id:n1 text=a")
    #expect(session.head.log.count == count)
    #expect(reply.problem != nil || reply.message.contains("in the log already"))
    let caused = session.run("emit orders Note order-1 text=b causedBy:#1")
    #expect(caused.problem == nil)
    #expect(session.head.log.event(at: session.head.log.last)?.causedByType == "OrderCreated")
    #expect(session.run("emit orders Note order-1 causedBy:n1").problem == nil)
    #expect(session.head.log.event(at: session.head.log.last)?.causedByID == "n1")
  }

  @Test func `repeating a line with pauses moves the clock`() throws {
    var session = try Session(.shop)
    let reply = session.run("emit orders Note order-1 n:=1 --count 3 --every 10s")
    #expect(reply.message.hasSuffix(" · 3 times"))
    #expect(session.head.log.count == 3)
    #expect(session.head.clock == session.start + .seconds(20))
  }
}
