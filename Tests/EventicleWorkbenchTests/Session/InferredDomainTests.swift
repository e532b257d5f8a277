import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// A domain that is told by the events that come without code.
@Suite struct InferredDomainTests {
  private func line(
    _ number: Int, _ stream: String, _ type: String, _ id: String?, _ data: String,
    cause: Int? = nil
  ) -> String {
    let about = id.map { #","domainId":"\#($0)""# } ?? ""
    let because = cause.map { #","causedById":"e-\#($0)""# } ?? ""
    return #"{"id":"e-\#(number)","type":"\#(type)","source":"app","stream":"\#(stream)","#
      + #""createdAt":\#(1_767_258_000_000 + number * 1_000),"data":\#(data)\#(about)\#(because)}"#
      + "\n"
  }

  private var story: String {
    line(1, "orders", "OrderCreated", "order-1", #"{"total":5,"customer":"c-1"}"#)
      + line(2, "deliveries", "DeliveryBooked", "d-1", #"{"order":"order-1"}"#, cause: 1)
      + line(3, "orders", "OrderPaid", "order-1", #"{"total":6,"paid":true}"#)
      + line(4, "audit", "LoggedIn", nil, #"{"who":"ann"}"#)
  }

  private func session() throws -> Session {
    var session = try Session(.inferred)
    try session.importEvents(Array(story.utf8))
    return session
  }

  @Test func `a stream whose events are about something gives a kind of aggregate`() throws {
    var session = try session()
    #expect(session.domain.aggregates.map(\.type) == ["Order", "Delivery"])
    #expect(session.domain.problems.isEmpty && session.domain.commands.isEmpty)
    #expect(session.run("agg Order/order-1").problem == nil)
    #expect(session.head.histories.count(of: "Order") == 1)
    #expect(session.head.histories.version(of: AggregateKey("Order", "order-1")).number == 2)
  }

  @Test func `what is shown of it are the last values seen, at each version`() throws {
    var session = try session()
    #expect(session.run("expect A Order/order-1.total = 6").problem == nil)
    #expect(session.run("expect A Order/order-1.customer = c-1").problem == nil)
    #expect(session.run("goto #1").problem == nil)
    #expect(session.run("expect A Order/order-1.total = 5").problem == nil)
    #expect(session.run("expect A Order/order-1.paid = true").problem != nil)
  }

  @Test func `events that a person emits teach as well, and verify finds nothing`() throws {
    var session = try session()
    #expect(session.run("emit parcels ParcelSent p-1 weight:=3").problem == nil)
    #expect(session.domain.aggregates.map(\.type) == ["Order", "Delivery", "Parcel"])
    #expect(session.run("expect A Parcel/p-1.weight = 3").problem == nil)
    #expect(session.run("fork f #2").problem == nil)
    #expect(session.run("emit boxes BoxSent b-1").problem == nil)
    #expect(session.domain.aggregate("Box") != nil)
    #expect(session.run("verify").message.hasPrefix("✓"))
    #expect(session.run("switch main").problem == nil)
    #expect(session.domain.aggregate("Box") == nil, "Main has no such events.")
    let verified = session.run("verify")
    #expect(verified.message.hasPrefix("✓"), "\(verified.message)")
  }

  @Test func `no number of streams makes it declare more kinds than the limit`() throws {
    var session = try Session(.inferred)
    let lines = (1...(Limits.inferredKinds + 20)).map { number in
      line(number, "stream-\(number)", "Happened", "x-\(number)", "{}")
    }
    try session.importEvents(Array(lines.joined().utf8))
    #expect(session.head.log.count == lines.count)
    #expect(session.domain.aggregates.count == Limits.inferredKinds)
  }

  @Test(arguments: [
    ("orders", "Order"), ("deliveries", "Delivery"), ("shipping", "Shipping"), ("press", "Press"),
    ("boxes", "Box"),
    ("s", "S"), ("bus.events", "Bus.event"), ("日本", "日本"),
  ])
  func `a kind is named as its stream`(stream: String, name: String) {
    #expect(InferredName.kind(of: stream) == name)
  }

  @Test func `streams with like names stay apart`() throws {
    var session = try Session(.inferred)
    let lines =
      line(1, "order", "A", "x-1", "{}") + line(2, "orders", "B", "x-1", "{}")
      + line(3, "numbers", "C", "n", "[1]")
    try session.importEvents(Array(lines.utf8))
    #expect(session.domain.aggregates.map(\.type) == ["Order", "orders", "Number"])
    #expect(session.run("agg Number/n").problem == nil)
  }

  @Test func `a domain that somebody declared learns nothing`() throws {
    var session = try Session(.shop)
    #expect(session.run("emit parcels ParcelSent p-1 weight:=3").problem == nil)
    #expect(session.domain.aggregate("Parcel") == nil)
  }
}
