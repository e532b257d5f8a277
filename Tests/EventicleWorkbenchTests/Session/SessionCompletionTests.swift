import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

@Suite struct SessionCompletionTests {
  private static func shop(_ lines: String...) throws -> Session {
    var session = try Session(.shop)
    for line in lines {
      let reply = session.run(line)
      #expect(reply.problem == nil, "\(line): \(reply.problem?.message ?? "")")
    }
    return session
  }

  private static func source(_ session: Session) -> SessionCompletion {
    SessionCompletion(
      session.moment, themes: ["nord"], settings: [("order", ["newest", "oldest"])])
  }

  private static let order = "do PlaceOrder customer=c-19 total:=59"

  @Test func `streams have their event counts as notes`() throws {
    let streams = Self.source(try Self.shop(Self.order)).streams()
    #expect(streams.map(\.text) == ["orders", "payments", "shipping"])
    #expect(streams.map(\.note) == ["2 events", "1 events", "0 events"])
  }

  @Test func `members of states are offered with the value that one has`() throws {
    let session = try Self.shop(Self.order)
    let paths = Self.source(session).statePaths(limit: 50)
    #expect(paths.contains { $0.text == "status" && $0.note == "as \"requested\"" }, "\(paths)")
    let line = "filter state.sta"
    let found = Completion.complete(line, caret: line.count, source: Self.source(session))
    #expect(found.candidates.map(\.text) == ["state.status"])
    var filtered = session
    #expect(filtered.run("filter \(found.candidates[0].text)=requested").problem == nil)
  }

  @Test func `types already used come before those only declared`() throws {
    let types = Self.source(try Self.shop(Self.order)).eventTypes(in: "payments")
    #expect(types.map(\.text) == ["PaymentRequested", "PaymentDeclined", "PaymentSucceeded"])
    #expect(types.map(\.note) == ["seen 1×", "declared", "declared"])
    let all = Self.source(try Self.shop(Self.order)).eventTypes(in: nil).map(\.text)
    #expect(Set(all).count == all.count)
    #expect(all.contains("ShipmentCreated"))
  }

  @Test func `a command's fields have the aggregate type of their ids`() throws {
    let source = Self.source(try Self.shop())
    #expect(source.commands().contains { $0.text == "PlaceOrder" && !$0.note.isEmpty })
    let fields = source.fields(ofCommand: "DeclinePayment")
    #expect(fields.map(\.name) == ["paymentId", "reason"])
    #expect(fields.map(\.idType) == ["Payment", nil])
    #expect(fields.map(\.example) == [nil, "card_declined"])
    #expect(source.fields(ofCommand: "PlaceOrder").first { $0.name == "total" }?.isText == false)
    #expect(source.fields(ofCommand: "Nothing").isEmpty)
  }

  @Test func `ids of a field are newest first with their state as notes`() throws {
    let session = try Self.shop(
      Self.order, Self.order, "do DeclinePayment paymentId=pay-1 reason=none")
    let source = Self.source(session)
    let ids = source.ids(forField: "paymentId", ofCommand: "DeclinePayment", prefix: "", limit: 9)
    #expect(ids.map(\.text) == ["pay-2", "pay-1"])
    #expect(ids[0].note.hasPrefix("Payment requested"))
    #expect(ids[1].note.hasPrefix("Payment declined"))
    let orders = source.ids(forField: "orderId", ofCommand: "Unknown", prefix: "order-1", limit: 9)
    #expect(orders.map(\.text) == ["order-1"])
    #expect(orders[0].note.hasPrefix("Order onHold"))
    #expect(source.ids(forField: "total", ofCommand: "X", prefix: "", limit: 9).isEmpty)
  }

  @Test func `aggregates, sagas, views and timers are found by key`() throws {
    let source = Self.source(try Self.shop(Self.order))
    #expect(source.aggregateIDs(type: "Order", prefix: "ord", limit: 5).map(\.text) == ["order-1"])
    #expect(source.aggregateIDs(type: "Nothing", prefix: "", limit: 5).isEmpty)
    let sagas = source.sagaKeys(of: "PaymentSaga", prefix: "", limit: 5)
    #expect(sagas.map(\.text) == ["order-1"])
    #expect(sagas[0].note.hasPrefix("awaitingPayment"))
    let rows = source.viewKeys(of: "Revenue", prefix: "G", limit: 5)
    #expect(rows.map(\.text) == ["GBP"])
    #expect(rows[0].note == "orders 1, ordered 59, paid 0")
    #expect(source.viewKeys(of: "OrderBoard", prefix: "", limit: 5)[0].note.hasPrefix("status "))
    #expect(source.timers().map(\.text) == ["PaymentSaga/order-1/timeout"])
    #expect(source.timers().map(\.note) == ["due in 5m"])
  }

  @Test func `fields of events are learnt from the newest ones`() throws {
    let session = try Self.shop(
      Self.order, "emit orders Odd order-1 a.b[0].c=x total:=1 note=n",
      "emit orders Odd order-1 total:=2 other=y")
    let source = Self.source(session)
    let fields = source.fields(ofEventType: "Odd")
    #expect(fields.map(\.name) == ["total", "other", "a", "note"])
    #expect(fields.map(\.isRequired) == [true, false, false, false])
    #expect(fields.map(\.isText) == [false, true, false, true])
    #expect(fields[0].example == "2")
    let paths = source.dataPaths(limit: 50).map(\.text)
    #expect(paths.prefix(2) == ["data.total", "data.other"])
    #expect(paths.contains("data.a.b[0].c"))
    #expect(source.dataPaths(limit: 3).count == 3)
    #expect(source.sources().map(\.text) == ["shop"])
    #expect(
      source.domainIDs(type: "OrderCreated", prefix: "o", limit: 5).map(\.text) == ["order-1"])
    #expect(source.fields(of: .aggregate, name: "Order").map(\.text).contains("status"))
    #expect(source.fields(of: .saga, name: "PaymentSaga").map(\.text).contains("attempts"))
    #expect(source.fields(of: .view, name: "Revenue").map(\.text).contains("paid"))
  }

  @Test func `themes, settings and domains come from the host program`() throws {
    let source = Self.source(try Self.shop())
    #expect(source.themes().map(\.text) == ["nord"])
    #expect(source.settings().map(\.note) == ["newest, oldest"])
    #expect(source.values(ofSetting: "order").map(\.text) == ["newest", "oldest"])
    #expect(source.values(ofSetting: "none").isEmpty)
    #expect(source.domains().map(\.text) == ["shop"])
    #expect(source.paths(prefix: "/", limit: 5).isEmpty)
  }

  @Test func `the cost of completion does not grow with the world`() throws {
    var session = try Self.shop("emit orders VeryOld old-1 old=1")
    #expect(session.run("emit orders Filler order-1 n:=1 --count 6000").problem == nil)
    for number in 1...600 {
      _ = session.run("emit payments PaymentRequested pay-x\(number) orderId=order-1")
    }
    let source = Self.source(session)
    #expect(!source.eventTypes(in: "orders").map(\.text).contains("VeryOld"))
    #expect(source.domainIDs(type: nil, prefix: "old", limit: 5).isEmpty)
    #expect(!source.dataPaths(limit: 50).map(\.text).contains("data.old"))
    #expect(source.fields(ofEventType: "VeryOld").isEmpty)
    // An id typed in full is found however old it is.
    let known = source.aggregateIDs(type: "Payment", prefix: "pay-x1", limit: 1_000)
    #expect(known.first?.text == "pay-x1")
    let all = source.aggregateIDs(type: "Payment", prefix: "", limit: 1_000)
    #expect(all.count == SessionCompletion.instanceScan)
    // A long history is not folded for a note.
    let long = source.aggregateIDs(type: "Order", prefix: "order-1", limit: 5)
    #expect(long.first?.note.hasPrefix("Order,") == true)
  }

  @Test func `scans of events stop at their limits`() throws {
    var session = try Self.shop()
    _ = session.run("emit orders Filler order-1 n:=1 --count 5000")
    let source = Self.source(session)
    var events = 0
    source.forEachNewest(in: "orders", SessionCompletion.eventScan) { _ in events += 1 }
    #expect(events == SessionCompletion.eventScan)
    var data = 0
    source.forEachData(of: "Filler") { _ in data += 1 }
    #expect(data == SessionCompletion.dataScan)
  }
}
