public import EventicleCore
import EventicleWorkbench
import Foundation

/// The full-screen console on a domain.
///
///     import EventicleConsole
///     Console(domain: .shop).run()
public struct Console {
  private let domain: Domain
  private let options: ConsoleOptions

  /// Creates a console for a domain.
  public init(domain: Domain, options: ConsoleOptions = ConsoleOptions()) {
    self.domain = domain
    self.options = options
  }

  /// Opens the console and returns when the user leaves it.
  ///
  /// A supervising process restores the terminal, however the console ends.
  ///
  /// - Throws: ``ConsoleError`` when there is no terminal to draw on, or a file cannot be used.
  public func run() throws {
    // The program restarts under its supervisor here, so nothing may come before this call.
    TerminalGuard.begin()
    let environment = ProcessInfo.processInfo.environment
    let loader = ThemeLoader(
      folder: options.themeFolder, environment: environment,
      executable: CommandLine.arguments.first)
    let theme = try Console.theme(options.theme, loader)
    let session = try makeSession()
    for path in options.imports { try Console.findFile(path) }
    let terminal: CursesTerminal
    do throws(TerminalError) {
      terminal = try CursesTerminal(
        theme: theme, glyphs: GlyphChoice.glyphs(for: theme), environment: environment)
    } catch {
      throw ConsoleError(error.description)
    }
    defer { terminal.close() }
    let state = StateFolder(environment: environment)
    let effectRunner = SystemEffectRunner(
      themes: loader, state: state, terminal: terminal, remembersLines: true)
    let port = WorkbenchThread(session, wake: terminal.waker.wake)
    defer { port.close() }
    let workbench = ConsoleProgram(
      port: port, notice: session.notice(), size: terminal.size, effectRunner: effectRunner)
    workbench.configure { model in
      model.themeName = options.theme ?? "terminal"
      model.themeNames = loader.names()
      for kind in PromptKind.allCases {
        model.history.load(state.history(of: kind), kind)
      }
    }
    // They are read and run while the first screen is there already.
    for path in options.imports { workbench.add(.importFile(path)) }
    for line in options.prelude { workbench.run(line: line, comments: true) }
    #if DEBUG
      let trapsAtFirstKey = options.trapsAtFirstKey
    #else
      let trapsAtFirstKey = false
    #endif
    ConsoleLoop(workbench: workbench, terminal: terminal, trapsAtFirstKey: trapsAtFirstKey).run()
  }

  private func makeSession() throws -> Session {
    let now = Int64(Date().timeIntervalSince1970 * 1_000)
    let start = options.start ?? Instant(milliseconds: now)
    return try Session(domain, startingAt: start, seed: options.seed)
  }

  private static func findFile(_ path: String) throws {
    guard !FileManager.default.isReadableFile(atPath: path) else { return }
    throw ConsoleError("\(path) cannot be read; is the name right?", isAboutFile: true)
  }

  static func bytes(of path: String) throws -> [UInt8] {
    do throws(FileProblem) {
      return try Files.bytes(path)
    } catch {
      throw ConsoleError(error.text, isAboutFile: true)
    }
  }

  static func theme(_ name: String?, _ loader: ThemeLoader) throws -> Theme {
    guard let name else { return .terminal }
    do throws(ThemeError) {
      return try loader.theme(named: name)
    } catch {
      throw ConsoleError(error.description)
    }
  }
}

/// The reason why the console did not open.
public struct ConsoleError: Error, Sendable, CustomStringConvertible {
  /// The reason as a sentence.
  public let description: String
  /// Whether a file could not be read.
  public let isAboutFile: Bool

  init(_ description: String, isAboutFile: Bool = false) {
    self.description = description
    self.isAboutFile = isAboutFile
  }
}
