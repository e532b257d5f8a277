import EventicleCore

/// A frame as an SVG picture, for documents.
///
/// Text keeps to the grid in every viewer and font: each run states its length, and lines, boxes
/// and blocks are drawn as shapes, so that they join without gaps.
struct SVGFrame {
  private let buffer: CellBuffer
  private let window: SVGWindow
  private let paint: (CellStyle) -> SVGPaint

  /// A picture of a frame.
  ///
  /// - Parameters:
  ///   - buffer: The frame.
  ///   - window: What surrounds it.
  ///   - paint: The colours of each style.
  init(_ buffer: CellBuffer, window: SVGWindow, paint: @escaping (CellStyle) -> SVGPaint) {
    self.buffer = buffer
    self.window = window
    self.paint = paint
  }

  /// The SVG document.
  var text: String {
    let top = window.title == nil ? Self.margin : Self.bar
    let width = Self.x(buffer.size.columns) + 2 * Self.margin
    let height = Self.rowHeight * Double(buffer.size.rows) + top + Self.margin
    var shapes = SVGShapes()
    var parts = [head(width: width, height: height), title(width: width)]
    parts.append("<g transform=\"translate(\(Self.number(Self.margin)) \(Self.number(top)))\">\n")
    var texts: [String] = []
    for row in 0..<buffer.size.rows {
      for run in runs(row) {
        if let background = background(run, row: row) { parts.append(background) }
        texts += text(run, row: row, shapes: &shapes)
      }
    }
    parts += [shapes.svg] + texts + ["</g>\n</svg>\n"]
    return parts.joined()
  }

  // MARK: - Measures, in pixels

  /// The width of a cell: the advance of most monospaced fonts at 14 pixels.
  static let columnWidth = 8.43
  static let rowHeight = 18.0
  private static let baseline = 13.5
  private static let fontSize = 14.0
  private static let margin = 14.0
  private static let bar = 38.0
  private static let fonts =
    "'JetBrains Mono','SF Mono','Cascadia Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace"

  /// The left edge of a column.
  static func x(_ column: Int) -> Double {
    columnWidth * Double(column)
  }

  /// The top edge of a row.
  static func y(_ row: Int) -> Double {
    rowHeight * Double(row)
  }

  /// A number with at most two decimals.
  static func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths.magnitude % 100
    let whole = "\(hundredths < 0 ? "-" : "")\(hundredths.magnitude / 100)"
    if rest == 0 { return whole }
    return rest % 10 == 0 ? "\(whole).\(rest / 10)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  // MARK: - Frame

  private func head(width: Double, height: Double) -> String {
    let (width, height) = (Self.number(width), Self.number(height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" font-family="\(Self.fonts)" \
      font-size="\(Self.number(Self.fontSize))" xml:space="preserve">
      <rect width="\(width)" height="\(height)" rx="9" fill="\(window.background)"/>

      """
  }

  private func title(width: Double) -> String {
    guard let title = window.title else { return "" }
    let middle = Self.number(width / 2)
    let lamps = ["#ec6a5e", "#f4bf4f", "#61c554"].enumerated().map { index, color in
      "<circle cx=\"\(Self.number(20 + 18 * Double(index)))\" cy=\"19\" r=\"5.5\" fill=\"\(color)\"/>"
    }
    return lamps.joined() + """
      <text x="\(middle)" y="24" text-anchor="middle" fill="\(window.foreground)" \
      fill-opacity="0.6" font-size="12.5">\(XMLText.escaped(title.string))</text>

      """
  }

  // MARK: - Runs

  private struct Run {
    var columns: Range<Int>
    let paint: SVGPaint
  }

  private func runs(_ row: Int) -> [Run] {
    var runs: [Run] = []
    for column in 0..<buffer.size.columns {
      let paint = paint(buffer[column, row].style)
      if let last = runs.last, last.paint == paint {
        runs[runs.count - 1].columns = last.columns.lowerBound..<column + 1
      } else {
        runs.append(Run(columns: column..<column + 1, paint: paint))
      }
    }
    return runs
  }

  private func background(_ run: Run, row: Int) -> String? {
    guard let color = run.paint.background, color != window.background else { return nil }
    return """
      <rect x="\(Self.number(Self.x(run.columns.lowerBound)))" y="\(Self.number(Self.y(row)))" \
      width="\(Self.number(Self.x(run.columns.count)))" \
      height="\(Self.number(Self.rowHeight))" fill="\(color)"/>

      """
  }

  // Words in one style, separated by shapes and longer gaps.
  private func text(_ run: Run, row: Int, shapes: inout SVGShapes) -> [String] {
    var texts: [String] = []
    var word = ""
    var start = run.columns.lowerBound
    var end = start
    func finish() {
      if !word.isEmpty { texts.append(element(word, start..<end, run.paint, row)) }
      word = ""
    }
    for column in run.columns {
      let glyph = buffer[column, row].glyph
      if glyph.columns == 0 || glyph == .space && !run.paint.isUnderlined { continue }
      if shapes.draw(glyph.base, column: column, row: row, paint: run.paint) { continue }
      // Only plain letters have the same width in every font; others are placed one by one.
      let isPlain = glyph.base.value < 0x250 && glyph.markCount == 0
      if !word.isEmpty, column > end + 1 || !isPlain { finish() }
      if word.isEmpty { start = column }
      if column > end, !word.isEmpty { word += " " }
      word += glyph.text
      end = column + glyph.columns
      if !isPlain { finish() }
    }
    finish()
    return texts
  }

  private func element(
    _ word: String, _ columns: Range<Int>, _ paint: SVGPaint, _ row: Int
  ) -> String {
    var attributes = "x=\"\(Self.number(Self.x(columns.lowerBound)))\""
    attributes += " y=\"\(Self.number(Self.y(row) + Self.baseline))\""
    attributes += " textLength=\"\(Self.number(Self.x(columns.count)))\""
    attributes += " fill=\"\(paint.foreground)\""
    if paint.isBold { attributes += " font-weight=\"bold\"" }
    if paint.isItalic { attributes += " font-style=\"italic\"" }
    if paint.isDim { attributes += " fill-opacity=\"0.6\"" }
    if paint.isUnderlined { attributes += " text-decoration=\"underline\"" }
    if paint.isStruck { attributes += " text-decoration=\"line-through\"" }
    return "<text \(attributes)>\(XMLText.escaped(word))</text>\n"
  }
}
