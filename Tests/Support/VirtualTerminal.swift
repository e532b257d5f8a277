/// A terminal without a display: it reads bytes and keeps the screen.
///
/// It understands what ncurses writes for xterm, screen and tmux. Whatever else it reads is kept in
/// ``unknown``, so that a test can require that there was nothing.
public struct VirtualTerminal: Sendable {
  /// The number of columns.
  public private(set) var columns: Int

  /// The number of rows.
  public private(set) var rowCount: Int

  /// The place of the cursor.
  public internal(set) var cursor = VirtualPosition(row: 0, column: 0)

  /// The style of the next character.
  public internal(set) var pen = VirtualStyle.plain

  /// The private modes (`CSI ? n h`) that are set.
  public internal(set) var modes: Set<Int> = Self.modesAtPowerOn

  /// Every private mode that was set or reset, in order.
  public internal(set) var modeChanges: [(mode: Int, isSet: Bool)] = []

  /// Whether the keypad sends application sequences.
  public internal(set) var isKeypadApplication = false

  /// The cursor shape set with DECSCUSR; zero is the terminal's own.
  public internal(set) var cursorShape = 0

  /// The number of kitty keyboard modes pushed and not popped.
  public internal(set) var keyboardModeDepth = 0

  /// The contents of every OSC sequence: titles, colors, the clipboard, links.
  public internal(set) var operatingSystemCommands: [String] = []

  /// Sequences that were not understood.
  public internal(set) var unknown: [String] = []

  /// How often the bell rang.
  public internal(set) var bellCount = 0

  /// The replies that a real terminal would have sent and that were not taken yet.
  public internal(set) var answers: [UInt8] = []

  var screen: VirtualScreen
  var otherScreen: VirtualScreen
  var savedCursors: [Bool: SavedCursor] = [:]
  var region: Range<Int>
  var tabStops: Set<Int>
  var isInsertMode = false
  var wrapsNext = false
  var charsets = Charsets()
  var lastPrinted: Unicode.Scalar?
  var parser = Parser()

  static let modesAtPowerOn: Set<Int> = [7, 25]

  /// An empty terminal.
  public init(columns: Int = 80, rows: Int = 24) {
    self.columns = columns
    rowCount = rows
    screen = VirtualScreen(columns: columns, rows: rows)
    otherScreen = screen
    region = 0..<rows
    tabStops = Set(stride(from: 8, to: 500, by: 8))
  }

  /// Reads bytes as a program writes them; sequences and characters may be split anywhere.
  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { consume(byte) }
  }

  /// Reads text as a program writes it.
  public mutating func feed(_ text: String) {
    feed(text.utf8)
  }

  /// Takes the replies, to be sent to the program.
  public mutating func takeAnswers() -> [UInt8] {
    defer { answers = [] }
    return answers
  }

  /// Changes the size, as a terminal window does.
  public mutating func resize(columns: Int, rows: Int) {
    var saved = VirtualPosition(row: 0, column: 0)
    screen.resize(columns: columns, rows: rows, keeping: &cursor)
    otherScreen.resize(columns: columns, rows: rows, keeping: &saved)
    self.columns = columns
    rowCount = rows
    region = 0..<rows
    wrapsNext = false
  }

  /// The text of each row, as wide as the screen.
  public var rows: [String] {
    screen.rows.map { $0.map(\.text).joined() }
  }

  /// The rows without trailing blanks and empty rows at the end, one per line.
  public var text: String {
    var lines = rows.map { row in
      String(row.reversed().drop { $0 == " " }.reversed())
    }
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// Whether a row contains a text.
  public func contains(_ text: String) -> Bool {
    rows.contains { $0.contains(text) }
  }

  /// The first place of a text, row by row.
  public func position(of text: String) -> VirtualPosition? {
    let wanted = Array(text.unicodeScalars)
    for (row, cells) in screen.rows.enumerated() {
      for column in cells.indices {
        let rest = cells[column...].lazy.flatMap(\.text.unicodeScalars)
        if !cells[column].text.isEmpty, rest.starts(with: wanted) {
          return VirtualPosition(row: row, column: column)
        }
      }
    }
    return nil
  }

  /// The cell at a place, which must be on the screen.
  public func cell(row: Int, column: Int) -> VirtualCell {
    screen.cell(at: VirtualPosition(row: row, column: column))
  }

  /// Whether the alternate screen is shown.
  public var isAlternateScreen: Bool {
    !modes.isDisjoint(with: [47, 1047, 1049])
  }

  /// Whether the cursor is visible.
  public var isCursorVisible: Bool {
    modes.contains(25)
  }

  /// Whether any kind of mouse reporting is on.
  public var reportsMouse: Bool {
    !modes.isDisjoint(with: [9, 1000, 1001, 1002, 1003])
  }

  /// Whether pastes are bracketed.
  public var bracketsPaste: Bool {
    modes.contains(2004)
  }

  /// What differs from a new terminal; empty when a program restored everything.
  public var leftovers: [String] {
    var found: [String] = []
    // Mode 12, the blinking cursor, is reset by every program that shows the cursor again.
    for mode in modes.symmetricDifference(Self.modesAtPowerOn).sorted() where mode != 12 {
      found.append("mode \(mode) is \(modes.contains(mode) ? "set" : "reset")")
    }
    if isKeypadApplication { found.append("the keypad is in application mode") }
    if isInsertMode { found.append("insert mode is set") }
    if cursorShape != 0 { found.append("the cursor has shape \(cursorShape)") }
    if keyboardModeDepth != 0 { found.append("\(keyboardModeDepth) keyboard modes are pushed") }
    if pen != .plain { found.append("the style is \(pen)") }
    if region != 0..<rowCount { found.append("rows \(region) scroll alone") }
    if charsets.drawsLines { found.append("letters draw lines") }
    if parser.isInside { found.append("a sequence is unfinished") }
    return found
  }
}
