extension VirtualTerminal {
  /// The state that `ESC 7` saves.
  struct SavedCursor: Sendable {
    var position: VirtualPosition
    var pen: VirtualStyle
    var charsets: Charsets
    var wrapsNext: Bool
  }

  mutating func set(_ sequence: ControlSequence) -> Bool {
    switch sequence.name {
    case "m": return pen.apply(sequence.groups)
    case "?h", "?l":
      for group in sequence.groups {
        if let mode = group.first.flatMap({ $0 }) { setMode(mode, to: sequence.name == "?h") }
      }
    case "h", "l":
      // 34 resets the cursor of screen and tmux.
      guard [4, 34].contains(sequence.number(0, or: 0)) else { return false }
      if sequence.number(0, or: 0) == 4 { isInsertMode = sequence.name == "h" }
    case "!p": softReset()
    case " q": cursorShape = sequence.number(0, or: 0)
    case ">u": keyboardModeDepth += 1
    case "<u": keyboardModeDepth = max(0, keyboardModeDepth - sequence.count)
    // The title stack, key modifiers and the Linux console's cursor do not change the screen.
    case "t", ">m", "?c": break
    default: return false
    }
    return true
  }

  private mutating func setMode(_ mode: Int, to isSet: Bool) {
    modeChanges.append((mode, isSet))
    let wasAlternate = isAlternateScreen
    if mode == 1048 || (mode == 1049 && isSet && !wasAlternate) {
      if isSet { saveCursor() } else { restoreCursor() }
    }
    if isSet { modes.insert(mode) } else { modes.remove(mode) }
    if isAlternateScreen != wasAlternate {
      swap(&screen, &otherScreen)
      if mode == 1049, isSet { screen.erase(rows: 0..<rowCount, style: pen.erased) }
      if mode == 1049, !isSet { restoreCursor(ofAlternate: false) }
    }
    if mode == 6 { cursor = VirtualPosition(row: isSet ? region.lowerBound : 0, column: 0) }
    if mode == 7, !isSet { wrapsNext = false }
  }

  mutating func saveCursor() {
    savedCursors[isAlternateScreen] = SavedCursor(
      position: cursor, pen: pen, charsets: charsets, wrapsNext: wrapsNext)
  }

  mutating func restoreCursor() {
    restoreCursor(ofAlternate: isAlternateScreen)
  }

  private mutating func restoreCursor(ofAlternate isAlternate: Bool) {
    let saved =
      savedCursors[isAlternate]
      ?? SavedCursor(
        position: VirtualPosition(row: 0, column: 0), pen: .plain, charsets: Charsets(),
        wrapsNext: false)
    cursor.row = min(saved.position.row, rowCount - 1)
    cursor.column = min(saved.position.column, columns - 1)
    pen = saved.pen
    charsets = saved.charsets
    wrapsNext = saved.wrapsNext
  }

  private mutating func softReset() {
    isInsertMode = false
    isKeypadApplication = false
    charsets = Charsets()
    pen = .plain
    region = 0..<rowCount
    modes.subtract([1, 6])
    modes.formUnion([7, 25])
  }

  mutating func reset() {
    let bells = bellCount
    let changes = modeChanges
    let commands = operatingSystemCommands
    let surprises = unknown
    self = VirtualTerminal(columns: columns, rows: rowCount)
    bellCount = bells
    modeChanges = changes
    operatingSystemCommands = commands
    unknown = surprises
  }
}
