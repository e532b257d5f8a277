extension VirtualTerminal {
  mutating func escape(_ byte: UInt8) {
    switch Character(Unicode.Scalar(byte)) {
    case "7": saveCursor()
    case "8": restoreCursor()
    case "=": isKeypadApplication = true
    case ">": isKeypadApplication = false
    case "D": lineFeed()
    case "E":
      cursor.column = 0
      lineFeed()
    case "M": reverseLineFeed()
    case "H": tabStops.insert(cursor.column)
    case "c": reset()
    case "g": bellCount += 1
    case "\\": break
    default: unknown.append("ESC \(Unicode.Scalar(byte))")
    }
  }

  mutating func controlSequence(_ sequence: ControlSequence) {
    let isKnown =
      move(sequence) || edit(sequence) || scroll(sequence) || set(sequence) || answer(sequence)
    if !isKnown { unknown.append("CSI \(sequence.groups) \(sequence.name)") }
  }

  private mutating func move(_ sequence: ControlSequence) -> Bool {
    let count = sequence.count
    switch sequence.name {
    case "A": moveUp(count)
    case "B", "e": moveDown(count)
    case "C", "a": moveTo(row: cursor.row, column: cursor.column + count)
    case "D": moveTo(row: cursor.row, column: cursor.column - count)
    case "E":
      cursor.column = 0
      moveDown(count)
    case "F":
      cursor.column = 0
      moveUp(count)
    case "G", "`": moveTo(row: cursor.row, column: count - 1)
    case "d": moveTo(row: count - 1 + origin, column: cursor.column)
    case "H", "f":
      moveTo(row: count - 1 + origin, column: max(1, sequence.number(1, or: 1)) - 1)
    case "I": tab(count)
    case "Z": backTab(count)
    case "g":
      if sequence.number(0, or: 0) == 3 { tabStops = [] } else { tabStops.remove(cursor.column) }
    case "s": saveCursor()
    case "u": restoreCursor()
    default: return false
    }
    return true
  }

  private var origin: Int { modes.contains(6) ? region.lowerBound : 0 }

  private mutating func moveTo(row: Int, column: Int) {
    let last = modes.contains(6) ? region.upperBound - 1 : rowCount - 1
    cursor.row = min(max(row, origin), last)
    cursor.column = min(max(column, 0), columns - 1)
    wrapsNext = false
  }

  private mutating func moveUp(_ count: Int) {
    let top = cursor.row >= region.lowerBound ? region.lowerBound : 0
    cursor.row = max(top, cursor.row - count)
    wrapsNext = false
  }

  private mutating func moveDown(_ count: Int) {
    let bottom = cursor.row < region.upperBound ? region.upperBound - 1 : rowCount - 1
    cursor.row = min(bottom, cursor.row + count)
    wrapsNext = false
  }

  private mutating func edit(_ sequence: ControlSequence) -> Bool {
    let count = sequence.count
    let style = pen.erased
    switch sequence.name {
    case "J", "?J": eraseDisplay(sequence.number(0, or: 0))
    case "K", "?K": eraseLine(sequence.number(0, or: 0))
    case "X":
      screen.erase(
        row: cursor.row, columns: cursor.column..<min(columns, cursor.column + count), style: style)
    case "@": screen.insertCells(count, at: cursor, style: style)
    case "P": screen.deleteCells(count, at: cursor, style: style)
    case "b":
      guard let lastPrinted else { return true }
      for _ in 0..<min(count, columns * rowCount) { repeatScalar(lastPrinted) }
    default: return false
    }
    wrapsNext = sequence.name == "b" && wrapsNext
    return true
  }

  /// Prints a character again; it has already gone through the character sets.
  private mutating func repeatScalar(_ scalar: Unicode.Scalar) {
    let before = charsets
    charsets = Charsets()
    printScalar(scalar)
    charsets = before
  }

  private mutating func eraseDisplay(_ what: Int) {
    let style = pen.erased
    switch what {
    case 0:
      eraseLine(0)
      screen.erase(rows: cursor.row + 1..<rowCount, style: style)
    case 1:
      eraseLine(1)
      screen.erase(rows: 0..<cursor.row, style: style)
    case 2: screen.erase(rows: 0..<rowCount, style: style)
    default: break
    }
  }

  private mutating func eraseLine(_ what: Int) {
    let range =
      switch what {
      case 0: cursor.column..<columns
      case 1: 0..<cursor.column + 1
      default: 0..<columns
      }
    screen.erase(row: cursor.row, columns: range, style: pen.erased)
  }

  private mutating func scroll(_ sequence: ControlSequence) -> Bool {
    let count = sequence.count
    let style = pen.erased
    let below = cursor.row..<max(cursor.row, region.upperBound)
    switch sequence.name {
    case "L":
      if region.contains(cursor.row) { screen.scrollDown(count, in: below, style: style) }
    case "M":
      if region.contains(cursor.row) { screen.scrollUp(count, in: below, style: style) }
    case "S": screen.scrollUp(count, in: region, style: style)
    case "T": screen.scrollDown(count, in: region, style: style)
    case "r":
      let top = max(1, sequence.number(0, or: 1)) - 1
      let asked = sequence.number(1, or: rowCount)
      let bottom = asked == 0 ? rowCount : min(asked, rowCount)
      if top + 1 < bottom {
        region = top..<bottom
        moveTo(row: origin, column: 0)
      }
      return true
    default: return false
    }
    if "LM".contains(sequence.name) { cursor.column = 0 }
    wrapsNext = false
    return true
  }

  private mutating func answer(_ sequence: ControlSequence) -> Bool {
    let escape = "\u{1b}["
    switch (sequence.name, sequence.number(0, or: 0)) {
    case ("n", 5): answers += Array((escape + "0n").utf8)
    case ("n", 6):
      answers += Array((escape + "\(cursor.row + 1);\(cursor.column + 1)R").utf8)
    case ("c", 0): answers += Array((escape + "?62;22c").utf8)
    case (">c", 0): answers += Array((escape + ">1;10;0c").utf8)
    default: return false
    }
    return true
  }
}
