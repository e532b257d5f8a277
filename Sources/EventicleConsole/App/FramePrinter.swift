public import EventicleCore
import EventicleWorkbench
import Foundation

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

  private let domain: Domain
  private let options: ConsoleOptions
  private let size: (columns: Int, rows: Int)

  /// Creates a printer of screens of a given size.
  public init(
    domain: Domain, columns: Int, rows: Int, options: ConsoleOptions = ConsoleOptions()
  ) {
    self.domain = domain
    self.options = options
    size = (columns, rows)
  }

  /// Draws the screen after the prelude, the imports and some keys.
  ///
  /// - Parameter keys: In key notation: `j j <Enter>`, `:do PlaceOrder total:=59 <Enter>`.
  /// - Throws: ``ConsoleError`` when a file, a theme or a key cannot be used.
  public func print(keys: String, as format: Format) throws -> (text: String, cost: Cost) {
    let environment = ProcessInfo.processInfo.environment
    let loader = ThemeLoader(
      folder: options.themeFolder, environment: environment,
      executable: CommandLine.arguments.first)
    let theme = try Console.theme(options.theme, loader)
    let workbench = try makeWorkbench(loader)
    for key in try FramePrinter.keys(keys) { workbench.send(.key(key)) }
    let frame = workbench.frame()
    let cost = Cost(
      cellsWritten: frame.meter.cellsWritten, eventsRead: frame.meter.eventsRead,
      entriesRead: frame.meter.entriesRead)
    let text =
      switch format {
      case .text: frame.buffer.text
      case .ansi: AnsiFrame(frame.buffer, theme: theme).text
      case .svg:
        theme.svg(of: frame.buffer, title: DisplayText(sanitising: "eventicle \(domain.name)"))
      }
    return (text, cost)
  }

  private func makeWorkbench(_ loader: ThemeLoader) throws -> ConsoleProgram {
    let start = options.start ?? .standardStart
    let session = try Session(domain, startingAt: start, seed: options.seed)
    let effectRunner = SystemEffectRunner(
      themes: loader, state: StateFolder(environment: [:]), terminal: nil, remembersLines: false)
    let workbench = ConsoleProgram(
      session: session, size: Size(columns: size.columns, rows: size.rows),
      effectRunner: effectRunner)
    workbench.configure { $0.themeNames = loader.names() }
    for path in options.imports {
      workbench.add(.importEvents(try Console.bytes(of: path), from: path))
      if let status = workbench.model.message, status.kind == .problem {
        throw ConsoleError("\(path), \(status.text)")
      }
    }
    for line in options.prelude { workbench.run(line: line, comments: true) }
    return workbench
  }

  /// Reads key notation; a blank between keys only separates them, except where a prompt is open:
  /// from `:`, `/`, `&` or `@` at the start of a word up to `<Enter>` or `<Esc>`.
  static func keys(_ notation: String) throws -> [KeyPress] {
    var keys: [KeyPress] = []
    var isTyping = false
    for word in notation.split(separator: " ") {
      if isTyping, word.first != "<" { keys.append(KeyPress(" ")) }
      if let sign = word.first, ":/&@".contains(sign) { isTyping = true }
      if word.contains("<Enter>") || word.contains("<Esc>") { isTyping = false }
      guard let sequence = KeyPress.sequence(String(word)) else {
        throw ConsoleError(
          "\"\(word)\" is not a sequence of keys; write j, <Enter>, <C-w>h or <Space>.")
      }
      keys += sequence
    }
    return keys
  }
}
