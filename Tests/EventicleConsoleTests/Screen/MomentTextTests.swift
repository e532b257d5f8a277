import EventicleSamples
import TestSupport
import Testing

@testable import EventicleConsole
@testable import EventicleCore
@testable import EventicleWorkbench

/// The text of every pane at a moment of the past is what an engine says that has come only so far:
/// nothing that exists there is missing, and nothing later is told as there.
@Suite struct MomentTextTests {
  private static let lines = [
    "do PlaceOrder customer=c-1 total:=59", "do PlaceOrder customer=c-2 total:=7",
    "do DeclinePayment paymentId=pay-1", "do CapturePayment paymentId=pay-2",
    "do DispatchShipment shipmentId=ship-1 carrier=DHL", "clock +30s", "clock +6m", "fire",
    "hold", "release", "release 2", "emit orders OrderCreated order-9 customer=c total:=1",
    "emit payments PaymentDeclined pay-1", "group pause view-OrderBoard",
    "group resume view-OrderBoard", "group pause saga-PaymentSaga", "group resume saga-PaymentSaga",
    "schedule again PlaceOrder customer=c-3 total:=2 --in 2m", "redrive 1", "drop 1",
    "correct PaymentSaga/order-1 attempts:=5 --reason x",
  ]

  /// The two ways of saying that something is not there.
  private static let absences = ["It does not exist yet at the time cursor.", "There is no "]

  private static let size = Size(columns: 78, rows: 30)

  /// The panes, each with what it shows.
  private static func subjects(_ session: Session) -> [(PaneID, PaneSubject?)] {
    let domain = session.domain
    return [(.explore, nil), (.next, nil), (.saga, .sagas(nil))]
      + domain.sagas.map { (.saga, .sagas($0.name)) }
      + domain.aggregates.map { (.state, .aggregates($0.type)) }
      + domain.views.map { (.views, .view($0.name)) }
      + (1...2).map { (.state, .aggregate(AggregateKey("Order", DomainID("order-\($0)")))) }
      + (1...2).map { (.views, .record(RecordKey("OrderBoard", "order-\($0)"))) }
  }

  private static func text(
    _ model: Model, _ pane: PaneID, _ subject: PaneSubject?
  ) -> [String] {
    var model = model
    if let subject { SubjectUpdate.open(subject, &model) }
    return Stage.draw(columns: size.columns, rows: size.rows) { rect, canvas, meter in
      model.draw(pane, in: rect, on: &canvas, &meter)
    }.rows.map { row in
      // Where branches stand, and which keys do something, is so now and not of the moment.
      if row.contains("  main  ") { return "main" }
      let isKeys = row.contains("fire the first timer") || row.contains("deliver next")
      let row = isKeys ? "│" + String(repeating: " ", count: row.count - 2) + "│" : row
      // That something comes later may be said; what it is may not.
      let isAbsent = absences.contains { row.contains($0) }
      return isAbsent ? "absent" : row
    }
  }

  /// The rows of the tail; what comes after the moment is dimmed, and left out here.
  private static func tail(_ model: Model) -> [String] {
    var model = model
    model.size = Size(columns: 60, rows: 200)
    var canvas = Canvas(size: model.size)
    var meter = WorkMeter()
    model.draw(.tail, in: canvas.bounds, on: &canvas, &meter)
    let buffer = canvas.buffer
    return (1..<199).filter { row in
      let style = buffer[8, row].style
      return style.overlay != .timeFuture && style.role != .timeFuture
    }.map { buffer.lines[$0] }.filter { $0.contains(":") }
  }

  @Test(arguments: seeds(6))
  func `every pane tells of a moment what its own engine would`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var session = try Session(.shop)
    for _ in 0..<12 { _ = session.run(Self.lines.randomElement(using: &random) ?? "") }
    var own = try Session(.shop)
    // Both are shown as a person sees them: one comes back from the head, the other goes on.
    var past = Model(size: Self.size, moment: session.moment)
    var present = Model(size: Self.size, moment: own.moment)
    var cursor = TimeCursor(entry: JournalIndex(0))
    var (compared, steps) = (0, 0)
    while let next = session.timeline.nextStep(after: cursor),
      let input = session.timeline.input(of: next.entry)
    {
      own.perform(Input(input))
      own.arrive()
      cursor = next
      _ = NoticeUpdate.apply(own.notice(), to: &present)
      steps += 1
      guard steps % 3 == 1 else { continue }
      #expect(session.run("goto \(next.entry)").problem == nil)
      _ = NoticeUpdate.apply(session.notice(), to: &past)
      compared += 1
      for (pane, subject) in Self.subjects(session) {
        let (there, alone) = (Self.text(past, pane, subject), Self.text(present, pane, subject))
        #expect(there == alone, "\(pane) \(subject.map { "\($0)" } ?? "") at \(next.entry)")
      }
      // An empty tail suggests what to type.
      let alone = present.tail.count > 0 ? Self.tail(present) : []
      #expect(Self.tail(past) == alone, "the tail at \(next.entry)")
    }
    #expect(compared > 0)
  }
}
