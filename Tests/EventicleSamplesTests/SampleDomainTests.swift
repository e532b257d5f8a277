import EventicleCore
import EventicleSamples
import Testing

@Suite struct SampleDomainTests {
  @Test(arguments: Samples.all.map(\.name))
  func `a sample is found by its name and has no problems`(name: String) throws {
    let domain = try #require(Samples.named(name))
    #expect(domain.name == name)
    #expect(domain.source == name)
    #expect(domain.problems.isEmpty)
    _ = try Engine(domain)
  }

  @Test func `an unknown sample name gives nil`() {
    #expect(Samples.named("shoe") == nil)
  }

  @Test(arguments: Samples.all.map(\.name))
  func `every argument for an id names a declared aggregate`(name: String) throws {
    let domain = try #require(Samples.named(name))
    for command in domain.commands {
      #expect(!command.summary.isEmpty)
      for field in command.fields where field.name.hasSuffix("Id") && field.isRequired {
        #expect(domain.aggregate(field.idOf ?? "") != nil, "\(command.type) \(field.name)")
      }
    }
  }

  @Test func `the shop declares what its documentation says`() {
    #expect(Domain.shop.aggregates.map(\.type) == ["Order", "Payment", "Shipment"])
    #expect(Domain.shop.aggregates.map(\.idPrefix) == ["order", "pay", "ship"])
    #expect(Domain.shop.aggregates.map(\.stream) == ["orders", "payments", "shipping"])
    #expect(
      Domain.shop.commands.map(\.type) == [
        "PlaceOrder", "HoldOrder", "ResumeOrder", "MarkOrderPaid", "MarkOrderShipped",
        "MarkOrderDelivered", "CancelOrder", "RequestPayment", "CapturePayment", "DeclinePayment",
        "CreateShipment", "DispatchShipment", "DeliverShipment",
      ])
    #expect(Domain.shop.views.map(\.name) == ["OrderBoard", "Revenue"])
    #expect(Domain.shop.views.map(\.streams) == [["orders", "payments"], ["orders"]])
    #expect(Domain.shop.sagas.map(\.streams) == [["orders", "payments"], ["orders", "shipping"]])
    #expect(Domain.shop.sagas.map(\.timerNames) == [["retry", "timeout"], ["poll"]])
    #expect(Domain.shop.adapters.map(\.group) == ["mailer"])
  }
}
