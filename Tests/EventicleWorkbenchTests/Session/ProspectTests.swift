import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// What deliveries that wait would do, before they are made.
@Suite struct ProspectTests {
  private func held(_ lines: String...) throws -> Session {
    var session = try Session(.shop)
    for line in lines { #expect(session.run(line).problem == nil, "\(line)") }
    return session
  }

  private let order = "do PlaceOrder customer=c-1 total:=5"

  private func texts(_ session: Session) -> [String] {
    session.notice().prospects.map { "\($0.position) \($0.consumer.name): \($0.text)" }
  }

  @Test func `each of the first deliveries is tried by itself and nothing of it stays`() throws {
    let session = try held("hold", order)
    let entries = session.timeline.count
    #expect(
      texts(session) == [
        "#1 OrderBoard: would write order-1 new: customer c-1, total 5, currency GBP, status placed, "
          + "2 more",
        "#1 Revenue: would write GBP new: orders 1, ordered 5, paid 0",
        "#1 PaymentSaga: would start order-1, send RequestPayment, arm timeout 5m",
        "#2 OrderBoard: would write order-1 new: total 5, currency GBP, status paying, updatedAt "
          + "09:00:00",
      ])
    #expect(session.timeline.count == entries && session.head.queue.count >= 3)
  }

  @Test func `there are none unless the engine is held at the newest moment`() throws {
    var session = try held(order)
    #expect(texts(session).isEmpty)
    #expect(session.run("hold").problem == nil && session.run(order).problem == nil)
    #expect(!texts(session).isEmpty)
    #expect(session.run("goto #1").problem == nil)
    #expect(texts(session).isEmpty)
  }

  @Test func `an end, a change of state and what nobody hears are told`() throws {
    let paid = try held(order, "hold", "do CapturePayment paymentId=pay-1")
    #expect(
      texts(paid).contains {
        $0.contains("PaymentSaga: would become paid, end, ") && $0.contains("send MarkOrderPaid")
      }, "\(texts(paid))")
    let declined = try held(order, "hold", "do DeclinePayment paymentId=pay-1")
    #expect(
      texts(declined).contains {
        $0.contains("PaymentSaga: would become declined, send") && $0.contains("arm retry 30s")
      }, "\(texts(declined))")
  }
}
