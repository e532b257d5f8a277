import CPty

extension VirtualTerminal {
  /// The two character sets and the active one.
  struct Charsets: Sendable {
    private var isLineDrawing = [false, false]
    private var active = 0

    var drawsLines: Bool { isLineDrawing[active] }

    mutating func designate(_ slot: Int, _ name: UInt8) {
      isLineDrawing[slot] = name == UInt8(ascii: "0")
    }

    mutating func shift(to slot: Int) {
      active = slot
    }
  }

  /// The special graphics of DEC terminals, from `` ` `` to `~`.
  private static let lineDrawing = Array("◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·".unicodeScalars)

  mutating func printScalar(_ scalar: Unicode.Scalar) {
    var scalar = scalar
    if charsets.drawsLines, (0x60...0x7e).contains(scalar.value) {
      scalar = Self.lineDrawing[Int(scalar.value) - 0x60]
    }
    switch cpty_width(scalar.value) {
    case 0: combine(scalar)
    case 1: place(scalar, width: 1)
    case 2: place(scalar, width: 2)
    default:
      // C1 controls; a terminal in UTF-8 mode may act on them, so programs must not send them.
      if scalar.value < 0xa0 {
        unknown.append("C1 \(scalar.value)")
      } else {
        place(scalar, width: 1)
      }
    }
  }

  private mutating func place(_ scalar: Unicode.Scalar, width: Int) {
    guard width <= columns else { return }
    let doesNotFit = cursor.column + width > columns
    if wrapsNext || doesNotFit {
      if modes.contains(7) {
        wrap()
      } else if doesNotFit {
        return
      }
    }
    if isInsertMode { screen.insertCells(width, at: cursor, style: pen.erased) }
    screen.put(VirtualCell(text: String(Character(scalar)), style: pen), at: cursor)
    if width == 2 {
      let second = VirtualPosition(row: cursor.row, column: cursor.column + 1)
      screen.putContinuation(pen, at: second)
    }
    lastPrinted = scalar
    if cursor.column + width < columns {
      cursor.column += width
      wrapsNext = false
    } else {
      cursor.column = columns - 1
      wrapsNext = modes.contains(7)
    }
  }

  private mutating func wrap() {
    cursor.column = 0
    wrapsNext = false
    lineFeed()
  }

  private mutating func combine(_ mark: Unicode.Scalar) {
    var place = cursor
    if !wrapsNext {
      guard place.column > 0 else { return }
      place.column -= 1
    }
    if screen.cell(at: place).text.isEmpty, place.column > 0 { place.column -= 1 }
    screen.combine(mark, at: place)
  }

  mutating func lineFeed() {
    wrapsNext = false
    if cursor.row == region.upperBound - 1 {
      screen.scrollUp(1, in: region, style: pen.erased)
    } else if cursor.row < rowCount - 1 {
      cursor.row += 1
    }
  }

  mutating func reverseLineFeed() {
    wrapsNext = false
    if cursor.row == region.lowerBound {
      screen.scrollDown(1, in: region, style: pen.erased)
    } else if cursor.row > 0 {
      cursor.row -= 1
    }
  }

  mutating func control(_ byte: UInt8) {
    switch byte {
    case 0x07: bellCount += 1
    case 0x08:
      cursor.column = max(0, cursor.column - 1)
      wrapsNext = false
    case 0x09: tab(1)
    case 0x0a, 0x0b, 0x0c: lineFeed()
    case 0x0d:
      cursor.column = 0
      wrapsNext = false
    case 0x0e: charsets.shift(to: 1)
    case 0x0f: charsets.shift(to: 0)
    default: break
    }
  }

  mutating func tab(_ count: Int) {
    for _ in 0..<min(count, columns) {
      let stops = tabStops.filter { $0 > cursor.column }
      cursor.column = min(stops.min() ?? columns - 1, columns - 1)
    }
    wrapsNext = false
  }

  mutating func backTab(_ count: Int) {
    for _ in 0..<min(count, columns) {
      cursor.column = tabStops.filter { $0 < cursor.column }.max() ?? 0
    }
    wrapsNext = false
  }
}
