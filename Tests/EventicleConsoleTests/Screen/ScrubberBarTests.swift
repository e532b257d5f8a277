import EventicleCore
import EventicleWorkbench
import Testing

@testable import EventicleConsole

struct ScrubberPaneTests {
  private func line(_ model: Model, _ columns: Int = 80) -> String {
    Stage.draw(columns: columns, rows: 1) { rect, canvas, meter in
      ScrubberBar.draw(model, in: rect, on: &canvas, &meter)
    }.rows[0]
  }

  @Test func `when live, the line is solid to its end`() throws {
    let model = try Stage.model()
    let text = line(model)
    #expect(text.hasPrefix(" ├──────"))
    #expect(text.hasSuffix("───►│ #14.2 "))
  }

  @Test func `in the past, the future is dotted and failures are marked`() throws {
    var session = try Stage.session(Stage.flow + ["do CancelOrder orderId=order-1 reason=late"])
    _ = session.run("goto #6")
    let text = line(Stage.model(session))
    #expect(text.contains("─◆┄"))
    #expect(text.contains("┄!│ \(session.moment.name) of #14.3"))
  }

  @Test func `a click finds the entry drawn at that column`() throws {
    let session = try Stage.session()
    let model = Stage.model(session)
    let count = session.timeline.count
    let scale = ScrubberScale(model.shown, columns: 80)
    #expect(scale.entry(atColumn: 0) == nil)
    #expect(scale.entry(atColumn: scale.start) == JournalIndex(0))
    let end = scale.start + scale.columns - 1
    #expect(scale.entry(atColumn: end) == JournalIndex(count))
    #expect(scale.entry(atColumn: end + 1) == nil)
    for column in scale.start...end {
      let entry = try #require(scale.entry(atColumn: column))
      #expect(entry.number <= count)
      #expect(scale.column(of: entry) >= column - scale.start)
    }
    for number in 0...count {
      let column = scale.start + scale.column(of: JournalIndex(number))
      #expect((scale.entry(atColumn: column)?.number ?? -1) <= number)
    }
  }

  @Test func `the scrubber fits any width`() throws {
    let model = try Stage.model()
    for columns in 0...60 { #expect(line(model, columns).count == columns) }
  }
}
