import EventicleCore
import EventicleWorkbench
import Testing

@testable import EventicleConsole

/// Hostile data and extreme sizes, for the tail and everything drawn beside it.
struct TailHostileTests {
  private static func hostile() throws -> Session {
    var session = try Stage.session()
    let nasty = #"\u001b[31m\r\u202eRLO\u0000\u200b\u0301\t"#
    let large = String(repeating: "x", count: 1_000_000)
    var text = ""
    for (index, data) in [nasty, large, nasty + "漢字"].enumerated() {
      text += #"{"id":"h\#(index)\#(nasty)","type":"\#(nasty)Type","source":"\#(nasty)","#
      text += #""causedById":"\#(nasty)","causedByType":"\#(nasty)","stream":"s\#(nasty)","#
      text += #""domainId":"\#(nasty)","createdAt":1800000000000,"#
      text += #""data":{"\#(nasty)":"\#(data)"}}"# + "\n"
    }
    try session.importEvents(Array(text.utf8))
    return session
  }

  private static func drawAll(
    _ model: Model, in rect: Rect, on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    var model = model
    model.draw(.tail, in: rect, focused: true, on: &canvas, &meter)
    for tab in EventModel.Tab.allCases {
      model.event.tab = tab
      model.draw(.event, in: rect, on: &canvas, &meter)
    }
    model.draw(.explore, in: rect, on: &canvas, &meter)
    HeaderBar.draw(model, in: rect, on: &canvas, &meter)
    TabBar.draw(open: model.focus, in: rect, on: &canvas)
    ScrubberBar.draw(model, in: rect, on: &canvas, &meter)
    HelpOverlay.draw(
      model, help: HelpModel(), entries: [HelpEntry(keys: "a", title: "b", group: "c")],
      in: rect, on: &canvas)
    TextOverlay.draw(title: "t", lines: ["a", "b"], scroll: 9, in: rect, on: &canvas)
  }

  @Test func `control and invisible characters of an event never reach the terminal`() throws {
    var model = Stage.model(try Self.hostile(), columns: 200, rows: 50)
    for row in (model.tail.count - 3)..<model.tail.count {
      model.tail.list.select(row, count: model.tail.count)
      var frames = [Stage.tail(model, columns: 96, rows: 24), Stage.tail(model)]
      for tab in EventModel.Tab.allCases {
        model.event.tab = tab
        frames.append(Stage.inspect(model, columns: 100, rows: 40))
      }
      for scalar in frames.flatMap({ $0.rows.joined().unicodeScalars }) {
        #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value))
        #expect(!(0x200B...0x200F).contains(scalar.value))
        #expect(!(0x202A...0x202E).contains(scalar.value))
      }
    }
  }

  @Test func `no drawing fails or leaves its rectangle at any size`() throws {
    let model = Stage.model(try Stage.session(), columns: 200, rows: 50)
    let empty = Stage.model(try Stage.session([]))
    var sizes = (0...12).flatMap { columns in (0...6).map { (columns, $0) } }
    sizes += [(20, 5), (40, 12), (58, 9), (60, 16), (80, 24), (96, 24), (120, 40), (200, 50)]
    for (columns, rows) in sizes {
      let rect = Rect(column: 3, row: 2, columns: columns, rows: rows)
      for model in [model, empty] {
        var canvas = Canvas(size: Size(columns: columns + 6, rows: rows + 4))
        var meter = WorkMeter()
        Self.drawAll(model, in: rect, on: &canvas, &meter)
        for row in 0..<(rows + 4) {
          for column in 0..<(columns + 6) where !rect.contains(Point(column: column, row: row)) {
            #expect(canvas.buffer[column, row] == .blank, "\(columns)x\(rows) \(column),\(row)")
          }
        }
      }
    }
  }

  @Test func `no drawing uses a character with an emoji form`() throws {
    let model = Stage.model(try Stage.session(), columns: 200, rows: 50)
    var canvas = Canvas(size: Size(columns: 120, rows: 40))
    var meter = WorkMeter()
    Self.drawAll(model, in: canvas.bounds, on: &canvas, &meter)
    for scalar in Stage.text(canvas.buffer).joined().unicodeScalars where scalar.value > 0x7F {
      #expect(!scalar.properties.isEmoji, "\(scalar)")
    }
  }
}
