public import Testing

/// A run of a program on a pseudo-terminal: press keys, wait for what the screen shows.
///
/// Every wait is for something visible and has a deadline; a failed wait throws with the screen at
/// that time. Suites of journeys are `.serialized`.
///
/// ```swift
/// let journey = try Journey(ProgramUnderTest.path(), ["demo"])
/// try journey.wait(for: "Streams")
/// journey.send("j<Enter>")
/// journey.send("q")
/// try journey.expectCleanEnd()
/// ```
public final class Journey {
  /// The program and its terminal.
  public let pty: Pty

  /// The process that was started.
  public var process: Int32 { pty.process }

  /// The screen made from the bytes that have arrived.
  public private(set) var terminal: VirtualTerminal

  /// All bytes that the program has written.
  public private(set) var bytes: [UInt8] = []

  /// The terminal's settings before the program could change them.
  public let settingsBefore: TerminalSettings?

  /// Why a journey cannot continue.
  public struct Failure: Error, CustomStringConvertible {
    /// What was waited for, and the screen at that time.
    public let description: String
  }

  /// The environment of a journey: the test's own, without variables that affect the terminal.
  public static func environment(_ changes: [String: String] = [:]) -> [String: String] {
    var variables = TestEnvironment.variables
    let bending = [
      "LINES", "COLUMNS", "NO_COLOR", "COLORTERM", "COLORFGBG", "TERMINFO", "TERMINFO_DIRS", "TMUX",
      "STY", "ESCDELAY", "NCURSES_NO_UTF8_ACS", "RECORD_GOLDEN", "LANG", "LC_CTYPE",
    ]
    for name in bending { variables[name] = nil }
    variables["TERM"] = "xterm-256color"
    variables["LC_ALL"] = "C.UTF-8"
    variables["TZ"] = "UTC"
    variables["SWIFT_BACKTRACE"] = "enable=no"
    return variables.merging(changes) { $1 }
  }

  /// Starts a program on a terminal of its own.
  ///
  /// - Parameters:
  ///   - path: The program.
  ///   - arguments: The arguments after its name.
  ///   - environment: Variables to change; an empty value is kept as an empty value.
  ///   - removing: Variables to remove, such as `TERM`.
  ///   - columns: The terminal's width.
  ///   - rows: The terminal's height.
  ///   - directory: The working directory; `nil` for the test's own.
  /// - Throws: ``Pty/StartError`` when the program cannot be started.
  public init(
    _ path: String, _ arguments: [String] = [], environment: [String: String] = [:],
    removing: [String] = [], columns: Int = 80, rows: Int = 24, directory: String? = nil
  ) throws {
    var variables = Self.environment(environment)
    for name in removing { variables[name] = nil }
    terminal = VirtualTerminal(columns: columns, rows: rows)
    pty = try Pty(
      path, arguments, environment: variables, columns: columns, rows: rows, directory: directory)
    settingsBefore = Self.freshSettings
  }

  /// The settings of a new terminal, read from one on which no program has changed them.
  private static let freshSettings: TerminalSettings? = {
    let idle = try? Pty("/bin/sh", ["-c", "read line"], environment: [:])
    defer { idle?.close() }
    return idle?.settings
  }()

  /// Presses keys in the notation of ``Keys``.
  public func send(_ keys: String) {
    pty.write(Keys.bytes(keys, isCursorApplication: terminal.modes.contains(1)))
  }

  /// Sends bytes unchanged.
  public func send(bytes: [UInt8]) {
    pty.write(bytes)
  }

  /// Pastes a text.
  public func paste(_ text: String) {
    pty.write(Keys.paste(text, isBracketed: terminal.bracketsPaste))
  }

  /// Presses and releases a mouse button.
  public func click(_ place: VirtualPosition, _ button: MouseButton = .left) {
    pty.write(Keys.mouse(button, at: place, isPress: true))
    if button.rawValue < 3 { pty.write(Keys.mouse(button, at: place, isPress: false)) }
  }

  /// Changes the size of the terminal.
  public func resize(columns: Int, rows: Int) {
    terminal.resize(columns: columns, rows: rows)
    pty.resize(columns: columns, rows: rows)
  }

  /// Sends a signal to the program.
  public func signal(_ number: Int32) {
    pty.signal(number)
  }

  /// Closes the terminal, as when a person closes its window.
  public func closeMaster() {
    pty.closeMaster()
  }

  /// Waits until the screen satisfies a condition.
  public func wait(
    _ what: String, until condition: (VirtualTerminal) -> Bool,
    within time: Duration = TestEnvironment.deadline
  ) throws {
    try pump(what, within: time) { condition($0.terminal) }
  }

  /// Waits until the screen shows a text.
  public func wait(for text: String, within time: Duration = TestEnvironment.deadline) throws {
    try pump("the text \(text.debugDescription)", within: time) { $0.terminal.contains(text) }
  }

  /// Waits until the screen no longer shows a text.
  public func wait(
    forGone text: String, within time: Duration = TestEnvironment.deadline
  ) throws {
    try pump("no text \(text.debugDescription)", within: time) { !$0.terminal.contains(text) }
  }

  /// Waits until the program is in some state, such as stopped.
  public func wait(
    forState what: String, within time: Duration = TestEnvironment.deadline,
    _ condition: (Pty.State) -> Bool
  ) throws {
    try pump(what, within: time) { condition($0.pty.state) }
  }

  /// Waits until the program has ended and all its output was read.
  @discardableResult
  public func exitStatus(within time: Duration = TestEnvironment.deadline) throws -> Pty.State {
    try pump("the end of the program", within: time) { $0.pty.state.hasEnded }
    readWhatIsThere()
    return pty.state
  }

  /// Waits until no process that the program started is left.
  public func waitUntilNobodyIsLeft(within time: Duration = TestEnvironment.deadline) throws {
    try pump("the end of everything the program started", within: time) { $0.pty.isNobodyLeft }
    readWhatIsThere()
  }

  /// Waits until no process that the program started is left, and reads its output only then.
  public func waitUnreadUntilNobodyIsLeft(
    within time: Duration = TestEnvironment.deadline
  ) throws {
    let ended = pty.waitUnread(before: ContinuousClock.now + time)
    readWhatIsThere()
    guard ended else {
      throw Failure(description: "waited \(time) for the end, reading nothing; \(picture)")
    }
  }

  /// What the program left changed on the terminal; empty when it restored everything.
  public var leftovers: [String] {
    var found = terminal.leftovers
    if let after = pty.settings, let before = settingsBefore, after != before {
      found.append("the settings were \(before) and are \(after)")
    }
    return found
  }

  /// Waits for the end; fails the test unless it is as expected and the terminal is restored.
  public func expectCleanEnd(
    _ expected: Pty.State = .exited(code: 0), within time: Duration = TestEnvironment.deadline,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let state = try exitStatus(within: time)
    #expect(state == expected, "\(picture)", sourceLocation: sourceLocation)
    #expect(leftovers == [], "\(picture)", sourceLocation: sourceLocation)
  }

  /// The screen as text, framed, with the cursor and the state of the program.
  public var picture: String {
    let rows = terminal.rows.map { "|\($0)|" }.joined(separator: "\n")
    let place = "row \(terminal.cursor.row), column \(terminal.cursor.column)"
    return "\(pty.state); cursor at \(place); modes \(terminal.modes.sorted())\n\(rows)"
  }

  private func pump(
    _ what: String, within time: Duration, until condition: (Journey) -> Bool
  ) throws {
    let deadline = ContinuousClock.now + time
    while !condition(self) {
      guard let bytes = pty.next(before: deadline) else {
        throw Failure(description: "waited \(time) for \(what); \(picture)")
      }
      take(bytes)
      if pty.state.hasEnded, pty.isNobodyLeft, !condition(self) {
        throw Failure(description: "the program ended before \(what); \(picture)")
      }
    }
  }

  private func readWhatIsThere() {
    while let bytes = pty.next(before: ContinuousClock.now), !bytes.isEmpty { take(bytes) }
  }

  private func take(_ bytes: [UInt8]) {
    self.bytes += bytes
    terminal.feed(bytes)
    if !terminal.answers.isEmpty {
      pty.write(terminal.takeAnswers())
    }
  }
}
