import EventicleCore
import EventicleSamples
import EventicleWorkbench

@testable import EventicleConsole

/// A session whose saga, aggregate and timers panes are drawn as text.
struct SagaPaneFixture {
  var session: Session
  var meter = WorkMeter()

  /// The first instance of the payment saga in the shop.
  static let payment = SagaKey("PaymentSaga", "saga-1")

  /// Creates a session and runs lines in it.
  init(_ lines: String..., domain: Domain = .shop) throws {
    session = try Session(domain)
    for line in lines { run(line) }
  }

  /// Runs a command line.
  mutating func run(_ line: String) {
    _ = session.run(line)
  }

  /// A model of a size, after `setUp` has chosen the pane's subject.
  func model(_ columns: Int, _ rows: Int, _ setUp: (inout Model) -> Void = { _ in }) -> Model {
    var model = Model(size: Size(columns: columns, rows: rows), moment: session.moment)
    model.saga.subject = .instance(SagaPaneFixture.payment)
    setUp(&model)
    return model
  }

  /// The rows of a pane as text, without trailing spaces.
  mutating func rows(_ pane: PaneID, _ model: Model, focused: Bool = false) -> [String] {
    SagaPaneFixture.text(of: draw(pane, model, focused: focused))
  }

  /// Draws a pane that fills the screen.
  mutating func draw(_ pane: PaneID, _ model: Model, focused: Bool = false) -> CellBuffer {
    var canvas = Canvas(size: model.size)
    meter = WorkMeter()
    let rect = canvas.bounds
    model.draw(pane, in: rect, focused: focused, on: &canvas, &meter)
    return canvas.buffer
  }

  /// The rows of a frame as text, without trailing spaces.
  static func text(of buffer: CellBuffer) -> [String] {
    (0..<buffer.size.rows).map { row in
      var line = ""
      for column in 0..<buffer.size.columns { line += buffer[column, row].glyph.text }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }

  /// A domain with one saga that fails, is rejected, and arms more timers than there are rails.
  static let workbench = Domain(
    "workbench",
    commands: [
      Command("Refuse", stream: "work") { _, _ in throw Rejection("The shelf is full.") }
    ],
    sagas: [
      Saga("Work", streams: ["work"])
        .startOn("Begun", unlessLive: "id", value: { $0.data["id"] }) { step, event in
          step.data = ["id": event.data["id"], "note": "first"]
          for (name, seconds) in [("a", 50), ("b", 40), ("c", 30), ("d", 20), ("e", 10)]
          where event.data["many"].bool == true || name == "a" {
            try step.upsertTimer(name, after: .seconds(Int64(seconds)))
          }
        }
        .on("Again", matching: "id", value: { $0.data["id"] }) { step, _ in
          try step.upsertTimer("a", after: .seconds(90))
        }
        .on("Broken", matching: "id", value: { $0.data["id"] }) { _, _ in
          throw Rejection("The drill is broken and nobody has brought another one.")
        }
        .on("Refused", matching: "id", value: { $0.data["id"] }) { step, _ in
          _ = try? step.dispatch("Refuse")
          step.data["note"] = nil
        }
        .onTimer("a") { _ in }.onTimer("b") { _ in }.onTimer("c") { _ in }
        .onTimer("d") { _ in }.onTimer("e") { _ in }
    ])
}
