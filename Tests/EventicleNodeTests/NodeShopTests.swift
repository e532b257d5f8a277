import EventicleCore
import EventicleSamples
import Foundation
import TestSupport
import Testing

@testable import EventicleNode
@testable import EventicleWorkbench

/// The shop in JavaScript does what the shop in Swift does, but for the ids of events.
@Suite(.enabled(if: NodeUnderTest.isThere, NodeUnderTest.skipped), .serialized)
struct NodeShopTests {
  private static let path = "\(Repository.root)/examples/javascript"

  private static let tapes: [[String]] = [
    [
      "PlaceOrder customer=c-19 total:=59", "DeclinePayment paymentId=pay-1", "clock +30s",
      "CapturePayment paymentId=pay-2", "DispatchShipment shipmentId=ship-1 carrier=DHL",
      "DeliverShipment shipmentId=ship-1",
    ],
    [
      "PlaceOrder customer=c-7 total:=129.90", "clock +5m", "CapturePayment paymentId=pay-1",
      "PlaceOrder customer=c-8 total:=10 currency=EUR", "CancelOrder orderId=order-2 reason=no",
    ],
    [
      "PlaceOrder customer=c-1 total:=1", "DeclinePayment paymentId=pay-1", "clock +30s",
      "DeclinePayment paymentId=pay-2", "clock +30s", "DeclinePayment paymentId=pay-3",
    ],
    [
      "PlaceOrder customer=c-1 total:=0", #"PlaceOrder customer="" total:=5"#,
      "HoldOrder orderId=nowhere reason=x", "PlaceOrder customer=c-1 total:=3.005",
      "MarkOrderShipped orderId=order-1 shipmentId=s", "DeliverShipment shipmentId=ship-9",
    ],
  ]

  /// What a session recorded, without what only tells which language it was.
  private func record(of session: Session) -> [String] {
    var lines: [String] = []
    for entry in session.entries {
      switch entry.kind {
      case .command(let type, let data, let response, let outcome):
        let answer = response.map { sorted($0) } ?? "nothing"
        lines.append("command \(type) \(sorted(data.value)) → \(answer), \(outcome)")
      case .append(let position, let type):
        let event = session.head.log.event(at: position)
        lines.append(
          "append \(position) \(type) \(event?.stream.text ?? "") \(event?.domainID?.text ?? "") "
            + "\(event?.causedByType?.text ?? "-") \(sorted(event?.data.value ?? .null))")
      case .delivery(let position, let consumer, let instance, let outcome)
      where consumer.kind == .saga:
        if case .ignored = outcome { continue }
        lines.append("\(consumer) took \(position) as \(instance ?? "-"): \(outcome)")
      case .timerArmed(let key, let due, let schedule, let again):
        lines.append("armed \(key) \(due) \(schedule) \(again)")
      case .timerFired(let key, _, _): lines.append("fired \(key)")
      case .timerCancelled(let key): lines.append("cancelled \(key)")
      case .sagaEnded(let key, let kept): lines.append("ended \(key) \(kept)")
      default: continue
      }
    }
    return lines
  }

  /// A value with the members of its objects in alphabetical order.
  private func sorted(_ value: JSON) -> String {
    switch value {
    case .object(let members):
      let parts = members.members.sorted { $0.key < $1.key }.map { "\($0.key):\(sorted($0.value))" }
      return "{\(parts.joined(separator: ","))}"
    case .array(let values): return "[\(values.map(sorted).joined(separator: ","))]"
    default: return "\(value)"
    }
  }

  private func rows(_ type: String, _ world: World) -> [String] {
    ((try? world.records(of: type)) ?? []).map { "\($0.key.id) \(sorted($0.content))" }.sorted()
  }

  @Test(arguments: tapes.indices)
  func `the same lines give the same history`(tape: Int) throws {
    var swift = try Session(.shop)
    var script = try NodeBench(NodeShopTests.path)
    for line in NodeShopTests.tapes[tape] {
      let (left, right) = (swift.run(line), script.run(line))
      #expect(left.problem?.message == right.problem?.message, "\(line)")
      #expect(left.output == right.output, "\(line)")
    }
    let (expected, found) = (record(of: swift), record(of: script.session))
    // What the code does with timers is done at the end of its step.
    func isTimers(_ line: String) -> Bool { line.hasPrefix("armed") || line.hasPrefix("cancelled") }
    for (left, right) in zip(
      expected.filter { !isTimers($0) }, found.filter { !isTimers($0) })
    { #expect(left == right) }
    #expect(expected.sorted() == found.sorted())
    for type in ["OrderBoard", "Revenue", "mail"] {
      #expect(rows(type, swift.head) == rows(type, script.world), "\(type)")
    }
    for saga in ["PaymentSaga", "ShippingSaga"] {
      let count = swift.head.sagas.count(of: saga)
      #expect(script.world.sagas.count(of: saga) == count)
      for place in 0..<count {
        let left = swift.head.sagas.instance(of: saga, at: place)
        let right = script.world.sagas.instance(of: saga, at: place)
        #expect(left?.data == right?.data && left?.timers == right?.timers)
        #expect(left?.hasEnded == right?.hasEnded && left?.correlation == right?.correlation)
      }
    }
    #expect(script.world.parkedCount == 0 && script.problems.isEmpty)
    #expect(script.run("verify").output?["differences"] == [])
  }

  @Test func `its tape runs as the page says`() throws {
    var bench = try NodeBench(NodeShopTests.path)
    let text = try #require(Repository.text(at: "examples/javascript/shop.tape"))
    for line in try TapeLine.lines(of: Array(text.utf8)) {
      let reply = bench.session.run(line.text, comments: true)
      bench.hear()
      #expect(reply.problem == nil, "\(line.text): \(reply.problem?.message ?? "")")
    }
  }

  @Test func `states at every version are those of the shop in Swift`() throws {
    var swift = try Session(.shop)
    var script = try NodeBench(NodeShopTests.path)
    for line in NodeShopTests.tapes[0] {
      _ = swift.run(line)
      script.run(line)
    }
    let key = AggregateKey("Order", "order-1")
    let root = try #require(script.session.domain.aggregate("Order"))
    let count = script.world.histories.version(of: key).number
    #expect(count == swift.head.histories.version(of: key).number)
    for version in 1...count {
      let left = swift.moment.aggregate(key, upTo: Version(version))?.state ?? .null
      let right = root.state(of: key.id, in: script.world, upTo: Version(version))?.state ?? .null
      for member in left.object?.members ?? [] {
        #expect(right[member.key] == member.value, "version \(version), \(member.key)")
      }
    }
    // The event finds its aggregate, whichever stream it went to.
    let event = try #require(script.world.log.event(at: Position(1)))
    #expect(script.session.moment.aggregateKey(of: event) == key)
  }
}
