public import EventicleCore
import EventicleHost
import EventicleWorkbench
import Foundation

/// The full-screen console on a domain.
///
///     import EventicleConsole
///     Console(domain: .shop).run()
public struct Console {
  private let domain: Domain
  let options: ConsoleOptions

  /// Creates a console for a domain.
  public init(domain: Domain, options: ConsoleOptions = ConsoleOptions()) {
    self.domain = domain
    self.options = options
  }

  /// Starts the program again under a parent that restores the terminal, if there is one; ``run()``
  /// does it otherwise.
  ///
  /// It is for programs that do something before they open a console: what comes before this call is
  /// done twice. It returns in the child.
  public static func guardTerminal() { TerminalGuard.begin() }

  /// Opens the console and returns when the user leaves it.
  ///
  /// A supervising process restores the terminal, however the console ends.
  ///
  /// - Throws: ``ConsoleError`` when there is no terminal to draw on, or a file cannot be used.
  public func run() throws {
    // The program restarts under its supervisor here, so nothing may come before this call.
    TerminalGuard.begin()
    let environment = ProcessInfo.processInfo.environment
    let set = ConfigFiles(environment: environment)
    let themeName = options.theme ?? set.config.theme
    let loader = Console.themes(options, environment)
    let background = TerminalBackground(environment: environment)
    // A theme that only a file names and that is gone is said, not refused.
    var theme = try Console.theme(options.theme, loader, background)
    var remarks = set.problems
    if options.theme == nil, let name = set.config.theme {
      do throws(ThemeError) { theme = try ThemeChoice(name, loader, background) } catch {
        remarks.append(error.description)
      }
    }
    let (keymap, conflicts) = Keymap.standard.changed(by: set.config.keys)
    remarks += conflicts
    let program = domain.domainProgram
    defer { program?.close() }
    // A store must not be opened with a domain that declares nothing yet.
    let isLoaded = options.store != nil || options.recovers
    let domain = try Console.begun(domain, waiting: isLoaded)
    var session = try makeSession(domain)
    session.keyNames = keymap.names
    for path in options.imports { try Console.findFile(path) }
    let state = StateFolder(environment: environment)
    let abandoned = RecoveryFile.abandoned(in: state.path)
    let recovered = try recover(abandoned.first, in: state, after: session)
    if let recovered {
      session = recovered.session
      session.keyNames = keymap.names
    }
    let keeper = SessionKeeper(folder: state.path)
    let recent = RecentFiles(folder: state.path)
    let layouts = KeptLayouts(state: state.path)
    let offered = recent.offered(besides: options.store)
    var left: SessionKeeper.Opened?
    if recovered == nil, let store = options.store {
      left = keeper.open(store, isReadOnly: session.isStoreReadOnly, of: session)
      recent.note(store, domain: session.domain.name, events: session.head.log.count)
    }
    for path in options.imports { recent.note(path, domain: session.domain.name, events: nil) }
    // A theme that is gone is no reason not to open.
    if themeName == nil, let name = left?.kept?.look.theme,
      let kept = try? ThemeChoice(name, loader, background)
    {
      theme = kept
    }
    let terminal: CursesTerminal
    do throws(TerminalError) {
      terminal = try CursesTerminal(
        theme: theme.theme,
        glyphs: GlyphChoice.glyphs(for: theme.theme, environment: environment),
        environment: environment)
    } catch {
      throw ConsoleError(error.description)
    }
    defer { terminal.close() }
    var files = recovered?.files ?? SessionFiles()
    files.use(options.stores, inUse: recovered == nil ? options.store : nil)
    let themes = ThemeKeeper(
      loader, showing: theme, background: background, terminal: terminal,
      watch: ThemeWatch(wake: terminal.waker.wake))
    let effectRunner = SystemEffectRunner(
      themes: themes, state: state, terminal: terminal, remembersLines: true,
      domains: options.domains, attacher: options.attacher,
      files: OpenFiles(files, keeper: keeper, recent: recent, layouts: layouts))
    let recovery = RecoveryFile(folder: state.path)
    recovery.keep(session)
    let port = WorkbenchThread(session, wake: terminal.waker.wake) {
      recovery.keep($0)
      keeper.take($0)
    }
    defer { port.close() }
    let workbench = ConsoleProgram(
      port: port, notice: session.notice(), size: terminal.size, effectRunner: effectRunner)
    workbench.configure { model in
      model.themeName = theme.name
      model.firstThemeName = themeName ?? "terminal"
      model.keymap = keymap
      model.namedFilters = set.config.filters
      model.isMouseOn = set.config.isMouseOn ?? model.isMouseOn
      model.recent = offered
      model.themeNames = loader.names()
      for kind in PromptKind.allCases {
        model.history.load(state.history(of: kind), kind)
      }
    }
    // What comes after it finds the domain.
    if let program, !isLoaded { workbench.add(.load(program)) }
    if let system = options.attached {
      do throws(FileProblem) { workbench.add(try port.attaching(system, nil)) } catch {
        throw ConsoleError(error.text, isAboutFile: true)
      }
    }
    if recovered == nil, let store = options.store {
      workbench.send(.saved(store))
      workbench.send(.kept(store: StoreOpener.name(of: store)))
      if let status = session.storeNotice, status.isReadOnly {
        workbench.send(.report(StatusMessage(of: status)))
      }
    }
    if left?.kept == nil, let layout = layouts.look(of: session.domain.name) {
      workbench.send(.laidOut(layout))
    }
    if let left { workbench.add(.restore(left, keeper)) }
    // They are read and run while the first screen is there already.
    for path in options.imports {
      workbench.add(.importFile(ImportedFile(path), effectRunner.files, fromPipes: true))
    }
    for filter in set.config.filters where filter.isDefault {
      workbench.run(line: "filter \(filter.text)", comments: false)
    }
    for line in options.prelude { workbench.run(line: line, comments: true) }
    if let speed = options.typing.flatMap({ TypingSpeed(rawValue: $0) }) {
      workbench.send(.typing(speed))
    }
    for line in options.presents { workbench.run(line: line) }
    terminal.setMouse(enabled: workbench.model.isMouseOn)
    // What is wrong with the store is not to be covered by what is only good to know.
    func isWorse(than kind: StatusMessage.Kind) -> Bool {
      guard let shown = workbench.model.message?.kind else { return false }
      return shown == .problem || shown == .warning && kind != .warning
    }
    if recovered == nil, let remark = session.storeRemark, !isWorse(than: .warning) {
      workbench.send(.report(StatusMessage(remark, .warning)))
    }
    for remark in remarks.prefix(1) where !isWorse(than: .warning) {
      let more = remarks.count > 1 ? " (\(remarks.count - 1) more: eventicle info)" : ""
      workbench.send(.report(StatusMessage(remark + more, .warning)))
    }
    // The first one stays in sight; the log has them all.
    for warning in session.domain.warnings.reversed() where !isWorse(than: .warning) {
      workbench.send(.report(StatusMessage(warning, .warning)))
    }
    if let notice = terminal.notice { workbench.send(.report(StatusMessage(notice, .warning))) }
    if let recovered, let file = abandoned.first {
      if recovery.isKept { RecoveryFile.remove(file) }
      workbench.send(.report(Console.message(recovered, rest: abandoned.count - 1)))
    } else {
      workbench.add(.markSaved())
      if !abandoned.isEmpty, terminal.notice == nil, !isWorse(than: .information) {
        workbench.send(.report(Console.hint(abandoned.count)))
      }
    }
    // What comes from here on is not part of what the command line asked for.
    for path in options.follows {
      do throws(FileProblem) { workbench.add(try port.following(path)) } catch {
        workbench.send(.report(StatusMessage(error.text, .problem)))
      }
    }
    #if DEBUG
      let trapsAtFirstKey = options.trapsAtFirstKey
    #else
      let trapsAtFirstKey = false
    #endif
    ConsoleLoop(
      workbench: workbench, terminal: terminal, keeper: keeper, themes: themes,
      trapsAtFirstKey: trapsAtFirstKey
    ).run()
    if let failure = program?.failure { throw ConsoleError(failure) }
    // Without being left, the lines stay on disk as they are.
    if workbench.isOver { recovery.finish() }
    let model = workbench.model
    if let path = model.fileName, model.fork == nil {
      recent.note(path, domain: model.moment.domain.name, events: model.moment.log.count)
    }
    keeper.take(model.look)
    layouts.keep(model.look, of: model.moment.domain.name)
    let lost = keeper.leave().map { "The forks are lost: \($0)" }
    if let failure = port.leaveStore(patience: Console.patience) ?? lost {
      throw ConsoleError(failure, isAboutFile: true)
    }
  }

  /// The domain, whose program is started if it has one.
  ///
  /// - Parameter isWaiting: Whether to wait until it is loaded.
  private static func begun(_ domain: Domain, waiting isWaiting: Bool) throws -> Domain {
    guard let program = domain.domainProgram else { return domain }
    do {
      if isWaiting { return try program.open() }
      try program.begin()
      return domain
    } catch {
      throw ConsoleError("\(error)")
    }
  }

  private func makeSession(_ domain: Domain) throws -> Session {
    let now = Int64(Date().timeIntervalSince1970 * 1_000)
    let start = options.start ?? Instant(milliseconds: now)
    guard let path = options.store else {
      return try Session(domain, startingAt: start, seed: options.seed)
    }
    return try Session(domain, startingAt: start, store: path, options)
  }

  /// How long the end of the work with a store is waited for, in milliseconds.
  private static let patience = 1_000

  private static func findFile(_ path: String) throws {
    guard !FileManager.default.isReadableFile(atPath: path) else { return }
    throw ConsoleError("\(path) cannot be read; is the name right?", isAboutFile: true)
  }

  static func bytes(of path: String) throws -> [UInt8] {
    do throws(FileProblem) {
      return try Files.bytes(path, lineLimit: Limits.eventLineBytes, fromPipes: true)
    } catch {
      throw ConsoleError(error.text, isAboutFile: true)
    }
  }

  /// The themes that a console or a printed screen can have.
  static func themes(
    _ options: ConsoleOptions, _ environment: [String: String]
  ) -> ThemeLoader {
    ThemeLoader(folder: options.themeFolder, environment: environment) { path in
      try? Files.bytes(path)
    }
  }

  static func theme(
    _ name: String?, _ loader: ThemeLoader, _ background: TerminalBackground?
  ) throws -> ThemeChoice {
    do throws(ThemeError) {
      return try ThemeChoice(name ?? Theme.terminal.name, loader, background)
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
