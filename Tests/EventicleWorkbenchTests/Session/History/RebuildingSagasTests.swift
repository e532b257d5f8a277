import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Sagas made from facts that another system wrote.
@Suite struct RebuildingSagasTests {
  private func fact(
    _ number: Int, _ stream: String, _ type: String, _ id: String, _ data: String, at second: Int
  ) -> String {
    let time = Instant.standardStart + .seconds(Int64(second))
    return """
      {"id":"legacy-\(number)","type":"\(type)","source":"legacy","stream":"\(stream)",\
      "domainId":"\(id)","createdAt":"\(time)","data":\(data)}
      """
  }

  /// One order that is paid and shipped, so many times.
  private func incident(shipments: Int) -> String {
    var lines = [
      fact(
        1, "orders", "OrderCreated", "order-9", #"{"customer":"c-1","total":5,"currency":"GBP"}"#,
        at: 0),
      fact(
        2, "payments", "PaymentRequested", "p-1",
        #"{"orderId":"order-9","amount":5,"currency":"GBP"}"#, at: 1),
      fact(3, "payments", "PaymentSucceeded", "p-1", #"{"orderId":"order-9","amount":5}"#, at: 20),
      fact(4, "orders", "OrderPaid", "order-9", #"{"paymentId":"p-1"}"#, at: 21),
    ]
    for number in 0..<shipments {
      lines.append(
        fact(
          5 + number, "shipping", "ShipmentCreated", "s-\(number)", #"{"orderId":"order-9"}"#,
          at: 22 + number))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func session(shipments: Int) throws -> Session {
    var session = try Session(.shop)
    try session.importEvents(Array(incident(shipments: shipments).utf8))
    #expect(session.run("fork sagas").problem == nil)
    return session
  }

  @Test func `facts that are as the sagas would have it leave nothing to say`() throws {
    var session = try session(shipments: 1)
    let reply = session.run("rebuild sagas")
    #expect(
      reply.message.hasSuffix("the facts are what the sagas would have done"),
      "\(reply.message) \(reply.problem?.message ?? "")")
    #expect(session.run("expect S PaymentSaga/order-9.status = paid").problem == nil)
    #expect(session.run("expect S ShippingSaga/order-9.shipmentId = s-0").problem == nil)
    #expect(session.head.log.count == 5)
    #expect(session.run("verify").message.hasPrefix("✓"))
  }

  @Test func `a shipment too many is named, with the one that a saga explains`() throws {
    var session = try session(shipments: 2)
    let reply = session.run("rebuild sagas")
    let found = try #require(reply.output?["unexplained"].array?.first, "\(reply.message)")
    #expect(found["event"] == 6 && found["earlier"] == 5 && found["command"] == "CreateShipment")
    #expect(
      found["because"].string
        == "ShippingSaga order-9 sent CreateShipment once, which #5 shows; nothing checks whether it was "
        + "done already")
  }

  @Test func `a command that the facts do not show is listed`() throws {
    var session = try session(shipments: 0)
    let reply = session.run("rebuild sagas")
    let missing = try #require(reply.output?["missing"].array?.first, "\(reply.message)")
    #expect(missing["command"] == "CreateShipment" && missing["saga"] == "ShippingSaga")
    #expect(missing["key"] == "order-9")
  }

  @Test func `timers fire on the events' own clock`() throws {
    var session = try Session(.shop)
    let lines =
      fact(
        1, "orders", "OrderCreated", "order-9", #"{"customer":"c-1","total":5,"currency":"GBP"}"#,
        at: 0)
      + "\n" + fact(2, "orders", "OrderNoted", "order-1", "{}", at: 600) + "\n"
    try session.importEvents(Array(lines.utf8))
    #expect(session.run("fork sagas").problem == nil)
    let reply = session.run("rebuild sagas")
    #expect(session.run("expect S PaymentSaga/order-9.status = expired").problem == nil)
    let missing = reply.output?["missing"].array?.compactMap { $0["command"].string }
    #expect(missing == ["RequestPayment", "CancelOrder"])
  }

  @Test func `what a later edit makes sagas do appends nothing either`() throws {
    var session = try session(shipments: 1)
    #expect(session.run("rebuild sagas").problem == nil)
    let reply = session.run(
      "insert #1 orders OrderCreated order-10 customer=c-2 total:=7 currency=GBP")
    #expect(reply.problem == nil, "\(reply.message)")
    #expect(session.head.sagas.count(of: "PaymentSaga") == 2)
    #expect(session.head.log.count == 6)
    #expect(session.run("fork more").problem == nil)
    #expect(session.run("skip #2").problem == nil)
    #expect(session.head.log.count == 5)
    #expect(session.run("verify").message.hasPrefix("✓"))
  }

  @Test func `main stays as it is, and undo brings the fork back`() throws {
    var session = try Session(.shop)
    #expect(session.run("rebuild sagas").problem?.message.hasPrefix("Sagas are made from") == true)
    session = try self.session(shipments: 1)
    let before = HistorySessions.kinds(session)
    #expect(session.run("rebuild sagas").problem == nil)
    #expect(session.run("undo").problem == nil)
    #expect(HistorySessions.kinds(session) == before)
  }
}
