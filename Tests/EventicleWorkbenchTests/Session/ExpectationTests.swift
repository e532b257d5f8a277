import CoreSupport
import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

@Suite struct ExpectationTests {
  /// A shop with one order whose payment was declined once.
  static func shop() throws -> Session {
    var session = try Session(.shop)
    _ = session.run("do PlaceOrder customer=c-19 total:=59")
    _ = session.run("do DeclinePayment paymentId=pay-1")
    return session
  }

  @Test(arguments: [
    "expect S PaymentSaga/order-1.steps > 1", "expect S PaymentSaga/order-1.ended = false",
    "expect S PaymentSaga/order-1.attempts = 1", "expect V Revenue/GBP.ordered = 59",
    "expect T PaymentSaga/order-1/retry in 30s", "expect missing A Order/order-2",
    "expect missing S ShippingSaga", "expect missing S ShippingSaga/order-1",
    "expect missing V OrderBoard/order-2", "expect missing T ShippingSaga",
    "expect missing T PaymentSaga/order-1/poll", "expect missing A Order/order-1 .nothing",
    "expect missing A Order/order-1.status = delivered", "expect missing E OrderPaid",
    "expect missing C CapturePayment", "expect missing error", "expect count(type:Order*) > 1",
    "expect missing A Shipment", "expect missing T PaymentSaga/order-9/retry",
  ])
  func `a true expectation passes`(line: String) throws {
    var session = try Self.shop()
    let reply = session.run(line)
    #expect(reply.problem == nil, "\(reply.problem?.message ?? "")")
    #expect(reply.message == "as expected")
    #expect(reply.journal == nil)
  }

  @Test(arguments: [
    ("expect count(type:OrderCreated) = 2", "but there is 1."),
    ("expect count(type:*) = 1", "but there are "),
    ("expect A Order/order-2.status = paid", "but there is no A Order/order-2."),
    ("expect A Order/order-1.status = paid", "but it is \"onHold\"."),
    ("expect A Order/order-1.colour = red", "but there is no colour; there are "),
    ("expect S PaymentSaga/order-1.steps = 99", "but it is "),
    ("expect T PaymentSaga/order-1/poll in 5m", "but it is not armed."),
    ("expect T PaymentSaga/order-1/retry in 5m", "but it is due in 30s."),
    ("expect missing A Order/order-1", "but it is there."),
    ("expect missing A Order", "but it is there."),
    ("expect missing S PaymentSaga", "but it is there."),
    ("expect missing S PaymentSaga/order-1", "but it is there."),
    ("expect missing V OrderBoard", "but it is there."),
    ("expect missing V OrderBoard/order-1", "but it is there."),
    ("expect missing T PaymentSaga", "but it is there."),
    ("expect missing T PaymentSaga/order-1/retry", "but it is there."),
    ("expect missing E OrderCreated", "but it is there."),
    ("expect missing C PlaceOrder", "but it is there."),
    ("expect missing A Order/order-1 .status", "but it is \"onHold\"."),
    ("expect missing A Order/order-1.status = onHold", "but it is \"onHold\"."),
    ("expect error", "but it did what it says."),
  ])
  func `a false expectation fails and says what was found`(line: String, part: String) throws {
    var session = try Self.shop()
    let reply = session.run(line)
    let problem = try #require(reply.problem, "\(line) was accepted")
    #expect(problem.message.hasPrefix("Expected "), "\(problem.message)")
    #expect(problem.message.contains(part), "\(problem.message)")
    #expect(reply.message.isEmpty)
  }

  @Test func `an expected error must match the actual one`() throws {
    var session = try Self.shop()
    _ = session.run("do PlaceOrder customer=c-19 total:=-1")
    #expect(
      session.run("expect error ~ \"weather\"").problem?.message
        .hasPrefix("Expected an error with weather, but it was: ") == true)
    _ = session.run("do PlaceOrder customer=c-19 total:=-1")
    #expect(session.run("expect error ~ \"more than 0\"").problem == nil)
    _ = session.run("do PlaceOrder customer=c-19 total:=-1")
    #expect(session.run("expect error").problem == nil)
  }

  @Test func `a parked failure counts as an error`() throws {
    var session = try Session(SessionMaintenanceTests.domain(HandlerLog()))
    #expect(session.run("expect missing error").problem == nil)
    _ = session.run("emit orders T a amount=x")
    #expect(session.run("expect missing error").problem?.message.contains("it is there") == true)
  }
}
