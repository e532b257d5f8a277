import TestSupport
import Testing

@testable import EventicleConsole

@Suite struct CanvasTests {
  static let words = [
    "order", "日本語テスト", "a\u{301}b", "👨\u{200D}👩x", "", "━━┓", "\u{1B}[2J", "q",
  ]

  static func scribble(_ canvas: inout Canvas, _ random: inout SeededRandom, depth: Int = 0) {
    for _ in 0..<random.number(1...6) {
      let rect = Rect(
        column: random.number(-4...12), row: random.number(-4...8), columns: random.number(-1...20),
        rows: random.number(-1...10))
      let style = CellStyle(random.pick(StyleRole.allCases))
      switch random.number(0...7) {
      case 0: canvas.fill(rect, style: style)
      case 1:
        let title = DisplayText(sanitising: random.pick(words))
        canvas.box(rect, title: title, footer: "1 of 2", focused: true)
      case 2: canvas.scrollbar(at: rect.origin, rows: rect.rows, first: 3, visible: 5, total: 50)
      case 3: canvas.overlay(.uiSelection, in: rect)
      case 4 where depth < 3:
        canvas.within(rect) { scribble(&$0, &random, depth: depth + 1) }
      default:
        canvas.put(
          DisplayText(sanitising: random.pick(words)), at: rect.origin, style: style,
          columns: random.number(0...1) == 0 ? nil : random.number(-1...9))
      }
    }
  }

  static func isWhole(_ buffer: CellBuffer) -> Bool {
    (0..<buffer.size.rows).allSatisfy { row in
      (0..<buffer.size.columns).allSatisfy { column in
        let cell = buffer[column, row]
        let isLast = column + 1 == buffer.size.columns
        if cell.isWide, isLast || !buffer[column + 1, row].isContinuation { return false }
        return !cell.isContinuation || column > 0 && buffer[column - 1, row].isWide
      }
    }
  }

  @Test(arguments: UInt64(0)..<300)
  func `nothing is drawn outside the window`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let mark = Cell(Glyph("#"), style: CellStyle(.modeFork))
    let size = Size(columns: random.number(0...20), rows: random.number(0...10))
    let before = CellBuffer(size: size, filledWith: mark)
    let window = Rect(
      column: random.number(-3...15), row: random.number(-3...8), columns: random.number(0...15),
      rows: random.number(0...8))
    var canvas = Canvas(over: before)
    canvas.within(window) { Self.scribble(&$0, &random) }
    for row in 0..<size.rows {
      for column in 0..<size.columns where !window.contains(Point(column: column, row: row)) {
        #expect(canvas.buffer[column, row] == mark)
      }
    }
    #expect(Self.isWhole(canvas.buffer))
  }

  @Test(arguments: UInt64(0)..<300)
  func `wide glyphs are never halved and text keeps its columns`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let size = Size(columns: random.number(0...24), rows: random.number(0...8))
    var canvas = Canvas(size: size)
    Self.scribble(&canvas, &random)
    #expect(Self.isWhole(canvas.buffer))
    for line in canvas.buffer.lines {
      #expect(DisplayText(sanitising: line).width == size.columns)
    }
  }

  @Test(arguments: UInt64(0)..<300)
  func `applying the changes to the old frame gives the new one`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let size = Size(columns: random.number(0...24), rows: random.number(0...8))
    var canvas = Canvas(size: size)
    Self.scribble(&canvas, &random)
    var old = canvas.buffer
    Self.scribble(&canvas, &random)
    let spans = canvas.buffer.changedSpans(from: old)
    for span in spans {
      for frame in [old, canvas.buffer] {
        #expect(!frame[span.columns.lowerBound, span.row].isContinuation)
        #expect(!frame[span.columns.upperBound, span.row].isContinuation)
      }
    }
    old.apply(spans, from: canvas.buffer)
    #expect(old == canvas.buffer)
    #expect(canvas.buffer.changedSpans(from: old).isEmpty)
  }

  @Test func `boxes look as designed`() {
    var canvas = Canvas(size: Size(columns: 19, rows: 6))
    canvas.box(Rect(column: 0, row: 0, columns: 19, rows: 3), title: "1 Explore")
    canvas.box(
      Rect(column: 0, row: 3, columns: 19, rows: 3), title: "2 Tail", footer: "8 of 9",
      focused: true)
    #expect(
      canvas.buffer.text == """
        ┌1 Explore────────┐
        │                 │
        └─────────────────┘
        ┏2 Tail━━━━━━━━━━━┓
        ┃                 ┃
        ┗━━━━━━━━━ 8 of 9 ┛

        """)
    #expect(
      GlyphSet.ascii.map(canvas.buffer).text == """
        +1 Explore--------+
        |                 |
        +-----------------+
        #2 Tail===========#
        #                 #
        #========= 8 of 9 #

        """)
  }

  @Test func `written cells are counted`() {
    var canvas = Canvas(size: Size(columns: 10, rows: 2))
    #expect(canvas.put("hello", at: .zero) == 5)
    #expect(canvas.put("hello world, hello", at: Point(column: 7, row: 1)) == 18)
    #expect(canvas.cellsWritten == 8)
  }

  @Test func `the role plane shows styles that the text does not`() {
    var canvas = Canvas(size: Size(columns: 6, rows: 1))
    canvas.put("ab", at: .zero, style: CellStyle(.kindSaga, overlay: .uiSelection))
    canvas.put("c", at: Point(column: 3, row: 0), style: CellStyle(.uiTitle))
    let plane = RolePlane(canvas.buffer)
    #expect(plane.lines == ["aa.b.."])
    #expect(plane.legend == ["a kind.saga+ui.selection", "b ui.title"])
  }

  @Test func `a smaller part of a frame has no half glyphs`() {
    var canvas = Canvas(size: Size(columns: 4, rows: 1))
    canvas.put("日本", at: .zero)
    #expect(canvas.buffer.resized(to: Size(columns: 3, rows: 2)).lines == ["日 ", "   "])
  }
}
