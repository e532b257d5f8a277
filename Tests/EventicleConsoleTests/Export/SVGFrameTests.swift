import Testing

@testable import EventicleConsole

@Suite struct SVGFrameTests {
  @Test func `a picture escapes its text and keeps to the grid`() {
    var canvas = Canvas(size: Size(columns: 12, rows: 3))
    canvas.box(canvas.bounds, title: "a<b>&", focused: true)
    canvas.put("x日y", at: Point(column: 1, row: 1), style: CellStyle(.kindCommand))
    let svg = Theme.terminal.svg(of: canvas.buffer, title: "<t>")
    #expect(svg.contains("a&lt;b&gt;&amp;</text>"))
    #expect(svg.contains(">&lt;t&gt;</text>"))
    #expect(!svg.contains("━") && svg.contains("stroke-width=\"2.4\""))
    #expect(svg.contains("textLength=\"8.43\" fill=\"#5cc6c4\" font-weight=\"bold\">x</text>"))
    #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
  }

  @Test func `equal frames give equal pictures`() {
    let buffer = CellBuffer(size: Size(columns: 3, rows: 1), filledWith: Cell("─"))
    #expect(Theme.terminal.svg(of: buffer) == Theme.terminal.svg(of: buffer))
    #expect(SVGFrame.number(-0.5) == "-0.5" && SVGFrame.number(8.434) == "8.43")
    #expect(SVGFrame.number(2.05) == "2.05" && SVGFrame.number(18) == "18")
  }
}
