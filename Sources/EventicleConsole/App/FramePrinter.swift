public import EventicleCore
import EventicleWorkbench

/// Prints a screen as the console would draw it, without a terminal.
public struct FramePrinter {
  /// The output format of a screen.
  public enum Format: String, CaseIterable, Sendable {
    case text
    case ansi
    case svg
  }

  /// The cost of one drawing.
  public struct Cost: Sendable, Equatable {
    /// The number of cells written.
    public let cellsWritten: Int
    /// The number of events read.
    public let eventsRead: Int
    /// The number of journal entries read.
    public let entriesRead: Int
  }

  /// A printed screen.
  public struct Result: Sendable {
    /// The screen in the wanted format.
    public let text: String
    /// What drawing it cost.
    public let cost: Cost
    /// How many lines of the prelude were run.
    public let lines: Int
    /// The failures among them that no `expect error` expects; 0 when all went well.
    public let failed: Int
    /// What the failing lines said, each with its number.
    public let problems: [String]
  }

  private let domain: Domain
  private let options: ConsoleOptions
  private let size: (columns: Int, rows: Int)
  private let environment: [String: String]

  /// Creates a printer of screens of a given size.
  ///
  /// - Parameter environment: Read, as by the console, for `NO_COLOR`, for the locale and `TERM`,
  ///   which decide about the characters, and for the folders of themes. An empty one, the default,
  ///   gives colours and Unicode everywhere.
  public init(
    domain: Domain, columns: Int, rows: Int, options: ConsoleOptions = ConsoleOptions(),
    environment: [String: String] = [:]
  ) {
    self.domain = domain
    self.options = options
    self.environment = environment
    size = (columns, rows)
  }

  /// Draws the screen after the prelude, the imports and some keys.
  ///
  /// - Parameter keys: In key notation: `j j <Enter>`, `:do PlaceOrder total:=59 <Enter>`.
  /// - Returns: The screen, also when lines of the prelude fail.
  /// - Throws: ``ConsoleError`` when a file, a theme or a key cannot be used.
  public func print(keys: String, as format: Format) throws -> Result {
    let loader = Console.themes(options, environment)
    let background = TerminalBackground(environment: environment)
    let theme = try Console.theme(options.theme, loader, background)
    let themes = ThemeKeeper(loader, showing: theme, background: background)
    let keys = try FramePrinter.keys(keys)
    let workbench = try makeWorkbench(themes)
    var (tape, problems) = (TapeRunner(), [String]())
    for (index, text) in options.prelude.enumerated() {
      let line = TapeLine(number: index + 1, text: text)
      let reply = FramePrinter.run(line, workbench)
      tape.count(line, reply)
      if let problem = reply.problem { problems.append("line \(line.number): \(problem.message)") }
    }
    workbench.add(.markSaved())
    for line in options.presents {
      workbench.run(line: line)
      if let message = workbench.model.message, message.kind == .problem {
        throw ConsoleError(message.text, isAboutFile: true)
      }
    }
    for key in keys {
      workbench.send(.key(key))
      workbench.finishCaption()
    }
    let frame = workbench.frame()
    return Result(
      text: text(of: frame.buffer, themes.theme, format),
      cost: Cost(
        cellsWritten: frame.meter.cellsWritten, eventsRead: frame.meter.eventsRead,
        entriesRead: frame.meter.entriesRead),
      lines: tape.lines, failed: tape.failed, problems: problems)
  }

  private func text(of buffer: CellBuffer, _ theme: Theme, _ format: Format) -> String {
    let buffer = GlyphChoice.glyphs(for: theme, environment: environment).map(buffer)
    switch format {
    case .text: return buffer.text
    case .ansi:
      // Exact colours unless there may be none: what reads the text may be another terminal.
      let isMono = ColorDepth.wanted(environment: environment, colors: nil) == .mono
      return AnsiFrame(buffer, theme: isMono ? theme.adapted(to: .mono) : theme).text
    case .svg:
      return theme.svg(of: buffer, title: DisplayText(sanitising: "eventicle \(domain.name)"))
    }
  }

  /// Runs a line; its problem, or the console's with what the line asks of it, is the message then.
  private static func run(_ line: TapeLine, _ workbench: ConsoleProgram) -> Reply {
    let before = workbench.model.message
    workbench.configure { $0.message = nil }
    workbench.run(line: line.text, comments: true)
    guard let message = workbench.model.message else {
      workbench.configure { $0.message = before }
      return Reply()
    }
    return Reply(problem: message.kind == .problem ? Reply.Problem(message.text) : nil)
  }

  private func makeWorkbench(_ themes: ThemeKeeper) throws -> ConsoleProgram {
    let start = options.start ?? .standardStart
    let session =
      try options.store.map {
        try Session(domain, startingAt: start, store: $0, options)
      } ?? Session(domain, startingAt: start, seed: options.seed)
    var files = SessionFiles()
    files.use(options.stores, inUse: options.store)
    let effectRunner = SystemEffectRunner(
      themes: themes, state: StateFolder(environment: [:]), terminal: nil, remembersLines: false,
      domains: options.domains, files: OpenFiles(files))
    let workbench = ConsoleProgram(
      session: session, size: Size(columns: size.columns, rows: size.rows),
      effectRunner: effectRunner)
    workbench.configure { $0.themeNames = themes.loader.names() }
    if let store = options.store {
      workbench.send(.saved(store))
      workbench.send(.kept(store: StoreOpener.name(of: store)))
      if let status = session.storeNotice, status.isReadOnly {
        workbench.send(.report(StatusMessage(of: status)))
      } else if let remark = session.storeRemark {
        workbench.send(.report(StatusMessage(remark, .warning)))
      }
    }
    for path in options.imports {
      workbench.add(.importEvents(try Console.bytes(of: path), from: path))
      if let status = workbench.model.message, status.kind == .problem {
        throw ConsoleError("\(path), \(status.text)")
      }
    }
    return workbench
  }

  /// Reads key notation, as ``KeyPress/keys(inWords:)`` does.
  static func keys(_ notation: String) throws -> [KeyPress] {
    let (keys, unknown) = KeyPress.keys(inWords: notation)
    if let unknown {
      throw ConsoleError(
        "\"\(unknown)\" is not a sequence of keys; write j, <Enter>, <C-w>h or <Space>.")
    }
    return keys
  }
}
