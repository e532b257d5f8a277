/// Lines, boxes and blocks of a frame as SVG paths, one path per colour and weight.
struct SVGShapes {
  private struct Stroke: Hashable {
    let color: String
    let isDim: Bool
    let width: Double
    let dash: String
  }

  private struct Fill: Hashable {
    let color: String
    let isDim: Bool
  }

  private var strokes: [Stroke: String] = [:]
  private var fills: [Fill: String] = [:]

  /// Draws a character as a shape.
  ///
  /// - Returns: Whether it is one; otherwise it must be written as text.
  mutating func draw(
    _ scalar: Unicode.Scalar, column: Int, row: Int, paint: SVGPaint
  ) -> Bool {
    if let dashed = Self.dashed[scalar] {
      let stroke = Stroke(
        color: paint.foreground, isDim: paint.isDim, width: dashed.width, dash: dashed.dash)
      let start = Self.middle(column, row, dashed.isVertical ? 0 : 3)
      let end = Self.middle(column, row, dashed.isVertical ? 2 : 1)
      strokes[stroke, default: ""] += Self.path(["M", start.x, start.y, "L", end.x, end.y])
      return true
    }
    if let arms = Self.arms[scalar] {
      for (direction, weight) in arms.enumerated() where weight > 0 {
        let width = weight == 2 ? 2.4 : 1.1
        let stroke = Stroke(
          color: paint.foreground, isDim: paint.isDim, width: width, dash: "")
        strokes[stroke, default: ""] += Self.line(direction, column, row, half: width / 2)
      }
      return true
    }
    guard let block = Self.block(scalar) else { return false }
    let (left, top) = (SVGFrame.x(column), SVGFrame.y(row))
    let fill = Fill(color: paint.foreground, isDim: paint.isDim)
    let (x, y) = (
      left + SVGFrame.columnWidth * block.left, top + SVGFrame.rowHeight * block.top
    )
    let (width, height) = (
      SVGFrame.columnWidth * block.width, SVGFrame.rowHeight * block.height
    )
    fills[fill, default: ""] += Self.path(["M", x, y, "h", width, "v", height, "h", -width, "z"])
    return true
  }

  /// The paths as SVG elements.
  var svg: String {
    let areas = fills.map { fill, path in
      "<path fill=\"\(fill.color)\"\(Self.opacity(fill.isDim, "fill")) d=\"\(path)\"/>\n"
    }
    let lines = strokes.map { stroke, path in
      let dash = stroke.dash.isEmpty ? "" : " stroke-dasharray=\"\(stroke.dash)\""
      return "<path fill=\"none\" stroke=\"\(stroke.color)\""
        + "\(Self.opacity(stroke.isDim, "stroke")) stroke-width=\"\(SVGFrame.number(stroke.width))\""
        + "\(dash) d=\"\(path)\"/>\n"
    }
    return (areas.sorted() + lines.sorted()).joined()
  }

  private static func opacity(_ isDim: Bool, _ what: String) -> String {
    isDim ? " \(what)-opacity=\"0.6\"" : ""
  }

  // From the middle of the cell to its edge, starting a little early so that corners close.
  private static func line(_ direction: Int, _ column: Int, _ row: Int, half: Double) -> String {
    let end = middle(column, row, direction)
    let x = SVGFrame.x(column) + SVGFrame.columnWidth / 2
    let y = SVGFrame.y(row) + SVGFrame.rowHeight / 2
    switch direction {
    case 0: return path(["M", x, y + half, "V", end.y])
    case 1: return path(["M", x - half, y, "H", end.x])
    case 2: return path(["M", x, y - half, "V", end.y])
    default: return path(["M", x + half, y, "H", end.x])
    }
  }

  // The middle of a cell's upper, right, lower or left edge.
  private static func middle(
    _ column: Int, _ row: Int, _ direction: Int
  ) -> (x: Double, y: Double) {
    let steps = [(0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)]
    return (
      SVGFrame.x(column) + SVGFrame.columnWidth * steps[direction].0,
      SVGFrame.y(row) + SVGFrame.rowHeight * steps[direction].1
    )
  }

  private static func path(_ parts: [any Sendable]) -> String {
    parts.map { part in
      (part as? Double).map { " " + SVGFrame.number($0) } ?? "\(part)"
    }.joined()
  }

  // The lower and left parts of a cell in eighths, and the full block.
  private static func block(
    _ scalar: Unicode.Scalar
  ) -> (left: Double, top: Double, width: Double, height: Double)? {
    switch scalar.value {
    case 0x2580: return (0, 0, 1, 0.5)
    case 0x2581...0x2588:
      let height = Double(scalar.value - 0x2580) / 8
      return (0, 1 - height, 1, height)
    case 0x2589...0x258F: return (0, 0, Double(0x2590 - scalar.value) / 8, 1)
    case 0x2590: return (0.5, 0, 0.5, 1)
    case 0x2594: return (0, 0, 1, 0.125)
    case 0x2595: return (0.875, 0, 0.125, 1)
    default: return nil
    }
  }

  // Dashes that repeat a whole number of times per cell, so that rows of them are regular.
  private static let dashed: [Unicode.Scalar: (isVertical: Bool, width: Double, dash: String)] = [
    "╌": (false, 1.1, "2.6 1.615"), "┄": (false, 1.1, "1.6 1.21"), "┈": (false, 1.1, "1.1 1.0075"),
    "╍": (false, 2.4, "2.6 1.615"), "┅": (false, 2.4, "1.6 1.21"), "╎": (true, 1.1, "5 4"),
    "┆": (true, 1.1, "3.5 2.5"), "┊": (true, 1.1, "2.2 2.3"),
  ]

  // The weights of the arms up, right, down and left.
  private static let arms: [Unicode.Scalar: [Int]] = {
    var table: [Unicode.Scalar: [Int]] = [
      "┠": [2, 1, 2, 0], "┨": [2, 0, 2, 1], "┯": [0, 2, 1, 2], "┷": [1, 2, 0, 2],
      "┝": [1, 2, 1, 0], "┥": [1, 0, 1, 2], "┰": [0, 1, 2, 1], "┸": [2, 1, 0, 1],
      "┿": [1, 2, 1, 2], "╂": [2, 1, 2, 1],
    ]
    let shapes: [[Int]] = [
      [0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 1, 0], [0, 0, 1, 1], [1, 1, 0, 0], [1, 0, 0, 1],
      [1, 1, 1, 0], [1, 0, 1, 1], [0, 1, 1, 1], [1, 1, 0, 1], [1, 1, 1, 1],
    ]
    for (scalar, arms) in zip("─│┌┐└┘├┤┬┴┼".unicodeScalars, shapes) { table[scalar] = arms }
    for (scalar, arms) in zip("━┃┏┓┗┛┣┫┳┻╋".unicodeScalars, shapes) {
      table[scalar] = arms.map { 2 * $0 }
    }
    for (scalar, arms) in zip("╭╮╰╯".unicodeScalars, shapes[2...]) { table[scalar] = arms }
    for (scalar, arm) in zip("╵╶╷╴".unicodeScalars, 0...) {
      table[scalar] = (0..<4).map { $0 == arm ? 1 : 0 }
    }
    return table
  }()
}
