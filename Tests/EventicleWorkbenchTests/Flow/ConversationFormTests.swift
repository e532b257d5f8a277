import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// A conversation as a sequence and over time.
@Suite struct ConversationFormTests {
  private static func conversation(_ lines: [String]) throws -> (Conversation, MomentView) {
    var session = try Session(.shop)
    for line in lines { #expect(session.run(line).problem == nil, "\(line)") }
    let found = ConversationReader(session.moment).conversation(around: JournalIndex(1))
    return (try #require(found), session.moment)
  }

  private static let declined = [
    "do PlaceOrder customer=c-19 total:=59", "clock +2s",
    "emit payments PaymentDeclined pay-1 orderId=order-1 reason=no causedBy:#3", "clock +30s",
  ]

  @Test func `each who takes part has one lane, in the order of joining, readers last`() throws {
    let (found, moment) = try Self.conversation(Self.declined)
    let lanes = ConversationLanes(found, moment)
    #expect(
      lanes.lanes.map(\.name) == [
        "you", "Order", "PaymentSaga", "Payment", "OrderBoard", "Revenue",
      ])
    #expect(lanes.lanes.filter { $0.instance != nil }.map(\.kind) == [.saga])
  }

  @Test func `every node has one line, in the order of the journal, and pauses lie between`() throws
  {
    let (found, moment) = try Self.conversation(Self.declined)
    let lanes = ConversationLanes(found, moment)
    var nodes: [Int] = []
    var pauses: [Interval] = []
    for item in lanes.items {
      switch item {
      case .row(let row): nodes.append(row.node)
      case .idle(let length): pauses.append(length)
      }
    }
    #expect(nodes.map { found.nodes[$0].index } == found.nodes.map(\.index).sorted())
    #expect(pauses == [.seconds(30)])
    for node in nodes { #expect(lanes.item(of: node) != nil) }
    for (lane, start) in lanes.starts.enumerated() {
      guard case .row(let row) = lanes.items[start] else { continue }
      #expect(row.from == lane || row.to == lane)
    }
  }

  @Test func `a command goes from who asks to whom it is about`() throws {
    let (found, moment) = try Self.conversation(Self.declined)
    let lanes = ConversationLanes(found, moment)
    func ends(of type: String) -> [String] {
      for case .row(let row) in lanes.items {
        guard case .command(type, _, _, _) = found.nodes[row.node].kind else { continue }
        return [row.from.map { lanes.lanes[$0].name } ?? "", lanes.lanes[row.to].name]
      }
      return []
    }
    #expect(ends(of: "PlaceOrder") == ["you", "Order"])
    #expect(ends(of: "RequestPayment") == ["PaymentSaga", "Payment"])
    #expect(ends(of: "HoldOrder") == ["PaymentSaga", "Order"])
  }

  @Test func `commands, sagas and timers each have one group with all that belongs to them`() throws
  {
    let (found, moment) = try Self.conversation(Self.declined)
    let spans = ConversationSpans(found, moment)
    for node in found.nodes.indices { #expect(spans.place(of: node) != nil) }
    let sagas = spans.spans.filter { if case .saga = $0.kind { true } else { false } }
    #expect(sagas.count == 1)
    #expect(sagas.first?.ending == .open(due: nil))
    let timers = spans.spans.compactMap { span -> (String, ConversationSpans.Ending)? in
      if case .timer(let key) = span.kind { (key.name, span.ending) } else { nil }
    }
    #expect(timers.map(\.0) == ["timeout", "retry"])
    #expect(timers.last?.1 == .fired)
    if case .open(let due) = timers.first?.1 { #expect(due != nil) } else { Issue.record("open") }
    let commands = spans.spans.filter { $0.kind == .command }
    #expect(commands.first?.marks.count == 3)
  }

  @Test func `a timer that is called off ends there, and a saga that ends is done`() throws {
    let (found, moment) = try Self.conversation([
      "do PlaceOrder customer=c-19 total:=59",
      "emit payments PaymentSucceeded pay-1 orderId=order-1 causedBy:#3",
    ])
    let spans = ConversationSpans(found, moment).spans
    let endings = spans.compactMap { span -> ConversationSpans.Ending? in
      switch span.kind {
      case .saga, .timer: span.ending
      default: nil
      }
    }
    #expect(endings.contains(.off) && endings.contains(.done))
  }

  @Test func `a timer that another conversation calls off ends where it did`() throws {
    let (found, moment) = try Self.conversation([
      "do PlaceOrder customer=c-19 total:=59", "clock +3s", "do CapturePayment paymentId=pay-1",
    ])
    let spans = ConversationSpans(found, moment).spans
    let ends = spans.compactMap { span -> Instant? in
      if case .elsewhere(_, let instant) = span.ending { instant } else { nil }
    }
    #expect(ends == [moment.timeline.start.clock + .seconds(3)])
  }
}
