import CNcurses

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The screen as ncurses drives it: opening it, sending cells, leaving it.
final class CursesScreen {
  /// The number of colours.
  let depth: ColorDepth

  /// Whether the locale allows more than ASCII.
  let isUTF8: Bool

  /// What the user should know about the terminal, as a sentence; `nil` when all is well.
  let notice: String?

  /// Whether the terminal knows questions, and does not print them.
  let answersQuestions: Bool

  private let screen: OpaquePointer
  private var run: [cchar_t] = []
  private var isOpen = true

  /// Opens the screen.
  ///
  /// - Parameter environment: Read for `TERM`, `COLORTERM` and `NO_COLOR`.
  /// - Throws: ``TerminalError`` when there can be no screen.
  init(environment: [String: String]) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1 else { throw .notATerminal(stream: "input") }
    guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal(stream: "output") }
    guard let term = environment["TERM"], !term.isEmpty else { throw .noTerminalType }
    isUTF8 = cn_use_utf8_locale() == 1
    // These would fix the size.
    unsetenv("LINES")
    unsetenv("COLUMNS")
    let choice = TerminalChoice(term: term, environment: environment)
    guard !choice.isDumb else { throw .noCursorAddressing(term) }
    answersQuestions = choice.answersQuestions
    (screen, notice) = try Self.open(term, choice)
    guard cn_has_cursor_addressing() == 1 else {
      cn_leave()
      cn_close(screen)
      throw .noCursorAddressing(term)
    }
    cn_configure()
    depth = min(choice.depth, ColorDepth(colors: Int(cn_start_colors())))
  }

  /// Sends a run of cells; ``flush(cursor:)`` makes it visible.
  func put(_ span: ChangedSpan, of buffer: CellBuffer, styles: inout CursesStyles) {
    run.removeAll(keepingCapacity: true)
    for column in span.columns {
      let cell = buffer[column, span.row]
      if !cell.isContinuation { append(cell, styles.entry(for: cell.style)) }
    }
    run.withUnsafeBufferPointer { cells in
      guard let first = cells.baseAddress else { return }
      _ = cn_put(Int32(span.row), Int32(span.columns.lowerBound), first, Int32(cells.count))
    }
  }

  /// Sends all changes, and shows the cursor at a point or hides it.
  func flush(cursor: Point?) {
    cn_cursor(Int32(cursor?.row ?? 0), Int32(cursor?.column ?? 0), cursor == nil ? 0 : 1)
    cn_flush()
  }

  /// Adopts a new size of the terminal.
  func resize(to size: Size) {
    cn_resize(Int32(max(1, size.rows)), Int32(max(1, size.columns)))
    cn_clear()
    cn_redraw()
  }

  /// The terminal's size, or that of its description when it does not report one.
  static var size: Size {
    var (rows, columns): (Int32, Int32) = (0, 0)
    guard cn_size(STDOUT_FILENO, &rows, &columns) == 1 else { return Size(columns: 80, rows: 24) }
    return Size(columns: Int(columns), rows: Int(rows))
  }

  /// Leaves the screen; the next flush enters it again.
  func leave() {
    if cn_has_alternate_screen() == 0 {
      // The shell's prompt would be written over the last frame.
      cn_clear()
      flush(cursor: .zero)
    }
    cn_leave()
  }

  /// Restores the terminal's settings after another program has changed them.
  func resume() {
    cn_resume()
    cn_redraw()
  }

  /// Leaves the screen for good, unless another program has the terminal by now.
  func close(leaving: Bool) {
    guard isOpen else { return }
    isOpen = false
    if leaving { leave() }
    cn_close(screen)
  }

  private func append(_ cell: Cell, _ entry: CursesStyles.Entry) {
    let glyph = cell.glyph
    let base = wchar_t(bitPattern: glyph.base.value)
    // If the C library disagreed about a width, the row would shift: draw question marks.
    let isAgreed = glyph.base.isASCII || Int(wcwidth(base)) == glyph.columns
    var filled = cchar_t()
    if isAgreed {
      var text: [wchar_t] = [base]
      if glyph.markCount > 0 { text += glyph.marks.map { wchar_t(bitPattern: $0.value) } }
      text.append(0)
      cn_fill(&filled, text, entry.attributes, entry.pair)
      run.append(filled)
    } else {
      cn_fill(&filled, [0x3F, 0], entry.attributes, entry.pair)
      for _ in 0..<glyph.columns { run.append(filled) }
    }
  }

  private static func open(
    _ term: String, _ choice: TerminalChoice
  ) throws(TerminalError) -> (OpaquePointer, notice: String?) {
    for candidate in choice.candidates {
      let screen =
        switch candidate {
        case .described: cn_open(term, cn_stdout(), cn_stdin())
        case .embedded(let description), .fallback(let description):
          // An old ncurses reads descriptions only from files.
          open(description)
            ?? description.similar.flatMap { cn_open($0, cn_stdout(), cn_stdin()) }
        }
      guard let screen else { continue }
      guard case .fallback = candidate else { return (screen, nil) }
      return (screen, TerminalChoice.fallbackNotice(for: term))
    }
    throw .unknownTerminalType(term)
  }

  // ncurses reads a compiled description from the variable that usually names its folder.
  private static func open(_ description: TerminalDescription) -> OpaquePointer? {
    let before = getenv("TERMINFO").map { String(cString: $0) }
    setenv("TERMINFO", "b64:" + description.compiled, 1)
    defer {
      if let before { setenv("TERMINFO", before, 1) } else { unsetenv("TERMINFO") }
    }
    return cn_open(description.rawValue, cn_stdout(), cn_stdin())
  }
}
