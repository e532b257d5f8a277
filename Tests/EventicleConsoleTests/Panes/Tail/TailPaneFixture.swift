import EventicleCore
import EventicleSamples
import EventicleWorkbench

@testable import EventicleConsole

/// Sessions and drawings for the tests of panes.
enum Stage {
  /// The command lines of the standard demo.
  static let flow = [
    "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1",
    "fire PaymentSaga/order-1/retry",
    "do CapturePayment paymentId=pay-2", "do DispatchShipment shipmentId=ship-1 carrier=DHL",
    "do DeliverShipment shipmentId=ship-1",
  ]

  /// Creates a session and runs lines in it.
  static func session(_ lines: [String] = flow) throws -> Session {
    var session = try Session(.shop)
    for line in lines { _ = session.run(line) }
    return session
  }

  /// A console on a session, with the tail at its end.
  static func model(_ session: Session, columns: Int = 80, rows: Int = 24) -> Model {
    var model = Model(size: Size(columns: columns, rows: rows), moment: session.moment)
    model.isHeld = session.isHeld
    model.tail.extend(from: session.moment)
    model.tail.selectLast()
    return model
  }

  /// A console after the demo flow.
  static func model(columns: Int = 80, rows: Int = 24) throws -> Model {
    model(try session(), columns: columns, rows: rows)
  }

  /// Draws on a canvas of its own.
  static func draw(
    columns: Int, rows: Int, _ body: (Rect, inout Canvas, inout WorkMeter) -> Void
  ) -> (rows: [String], roles: RolePlane, meter: WorkMeter) {
    var canvas = Canvas(size: Size(columns: columns, rows: rows))
    var meter = WorkMeter()
    body(canvas.bounds, &canvas, &meter)
    return (text(canvas.buffer), RolePlane(canvas.buffer), meter)
  }

  /// The rows of a frame as text.
  static func text(_ buffer: CellBuffer) -> [String] {
    (0..<buffer.size.rows).map { row in
      (0..<buffer.size.columns).map { buffer[$0, row].glyph.text }.joined()
    }
  }

  /// The tail in a rectangle.
  static func tail(
    _ model: Model, columns: Int = 60, rows: Int = 11, focused: Bool = true
  ) -> (rows: [String], roles: RolePlane, meter: WorkMeter) {
    draw(columns: columns, rows: rows) { rect, canvas, meter in
      model.draw(.tail, in: rect, focused: focused, on: &canvas, &meter)
    }
  }

  /// The inspector in a rectangle.
  static func inspect(
    _ model: Model, columns: Int = 60, rows: Int = 20
  ) -> (rows: [String], roles: RolePlane, meter: WorkMeter) {
    draw(columns: columns, rows: rows) { rect, canvas, meter in
      model.draw(.event, in: rect, on: &canvas, &meter)
    }
  }

  /// The lines of the inspector in a width.
  static func lines(_ model: Model, columns: Int) -> [StyledLine] {
    var meter = WorkMeter()
    let size = Size(columns: columns, rows: 40)
    let model = model.folded(for: .event, in: size)
    return EventLines.make(
      model.event, model.context(of: .event, inside: size), columns: columns, &meter)
  }

  /// NDJSON with `count` events, each of another aggregate.
  static func history(_ count: Int) -> [UInt8] {
    var text = ""
    for number in 1...count {
      text += #"{"id":"e\#(number)","type":"OrderCreated","source":"old","stream":"orders","#
      text += #""domainId":"order-\#(number)","createdAt":\#(1_600_000_000_000 + number),"#
      text += #""data":{"customer":"c-1","total":5,"currency":"GBP"}}"# + "\n"
    }
    return Array(text.utf8)
  }
}
