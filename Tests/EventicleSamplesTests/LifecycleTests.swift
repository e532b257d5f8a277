import EventicleCore
import EventicleSamples
import Testing

/// The declared lifecycles say what the commands of the samples really do.
@Suite struct LifecycleTests {
  @Test(arguments: ["placed", "paying", "onHold", "paid", "shipped", "delivered", "cancelled"])
  func `an order's ways out are those that its commands take`(status: String) throws {
    let run = try Specification(.shop).given(ShopPast.order(status))
    let data: JSON = [
      "orderId": "order-1", "reason": "x", "paymentId": "pay-1", "shipmentId": "ship-1",
    ]
    var reached: Set<String> = []
    for command in run.engine.domain.commands where command.stream == "orders" {
      guard command.fields.contains(where: { $0.idOf == "Order" }) else { continue }
      var engine = run.engine
      let given = command.fields.map { ($0.name, data[$0.name]) }
      let step = engine.perform(
        Input(.dispatch(CommandIntent(command.type, .object(JSONObject(given))))))
      guard step.problem == nil else { continue }
      let state = engine.domain.aggregate("Order")?.state(of: "order-1", in: engine.world)?.state
      if let word = state?["status"].string { reached.insert(word) }
    }
    // Pricing follows at once from placing an order, without a command of its own.
    if status == "placed" { reached.insert("paying") }
    let declared = Domain.shop.aggregate("Order")?.lifecycle?.states.first { $0.name == status }
    #expect(declared.map { Set($0.ways) } == reached)
    #expect(declared?.isFinal == reached.isEmpty)
  }

  @Test func `every sample with a status declares its lifecycle, and every saga its states`() {
    for domain in [Domain.shop, .bank] {
      #expect(domain.problems.isEmpty)
      for root in domain.aggregates { #expect(root.lifecycle != nil, "\(root.type)") }
      for saga in domain.sagas { #expect(!saga.declaredStates.isEmpty, "\(saga.name)") }
    }
  }
}
