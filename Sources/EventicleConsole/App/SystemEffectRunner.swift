import EventicleCore
import EventicleWorkbench
import Foundation

/// Carries out the console's effects on the system: files, themes, the terminal.
final class SystemEffectRunner: EffectRunner {
  let themes: ThemeKeeper
  private let state: StateFolder
  private let terminal: (any Terminal)?
  private let remembersLines: Bool
  private let domains: [Domain]
  private let attacher: SystemAttacher?
  let files: OpenFiles

  /// Creates the runner of a console's effects.
  ///
  /// - Parameters:
  ///   - terminal: The terminal; `nil` when there is none.
  ///   - remembersLines: Whether typed lines are kept for the next run.
  ///   - domains: The domains that a tape may name.
  ///   - attacher: Finds systems to attach to; without it there are none.
  ///   - files: What is known of the session's files.
  init(
    themes: ThemeKeeper, state: StateFolder, terminal: (any Terminal)?, remembersLines: Bool,
    domains: [Domain] = [], attacher: SystemAttacher? = nil,
    files: OpenFiles = OpenFiles(SessionFiles())
  ) {
    self.attacher = attacher
    self.domains = domains
    self.files = files
    self.themes = themes
    self.state = state
    self.terminal = terminal
    self.remembersLines = remembersLines
  }

  func perform(_ effect: Effect, for workbench: ConsoleProgram) -> [Message] {
    switch effect {
    case .remember(let kind, let line):
      if remembersLines { state.remember(line, kind) }
      return []
    case .suspend:
      terminal?.suspend()
      return []
    case .edit(let text): return edit(text)
    case .redraw:
      terminal?.redraw()
      return []
    case .setMouse(let isOn):
      terminal?.setMouse(enabled: isOn)
      return []
    case .copy(let text): return copy(text)
    case .theme(let name): return setTheme(name)
    case .themeCheck: return [.page(title: "theme \(themes.theme.name)", lines: check.lines)]
    case .inspect(let point):
      return report(check.text(of: workbench.frame().buffer[point].style))
    case .set(let name, let value): return set(name, value, workbench)
    case .info: return [.page(title: "info", lines: info(workbench))]
    case .present(let path): return present(path, workbench.model.moment.domain)
    case .save(let path, let force): workbench.add(.save(path, force: force, files))
    case .backup(let path): workbench.add(.backup(to: path, files))
    case .useDomain(let name): workbench.add(.useDomain(name, domains))
    case .compare(let path, let reference, let isFirst):
      workbench.add(.compare(with: path, reference, isFirst: isFirst, files))
    case .open(let path): workbench.add(.open(path, domains: domains, files))
    case .attach(let address): return attach(address, workbench)
    case .importFile(let file): workbench.add(.importFile(file, files))
    case .shot(let path, let force): return shoot(path, force: force, workbench)
    case .write(let file, let force): workbench.add(.write(file, force: force, files))
    case .run, .endWork, .quit, .saveAndQuit, .story, .check, .preview, .seek, .fold, .readRows,
      .find, .listFolder, .learnFlow, .readFlow:
      break
    }
    return []
  }

  /// Attaches to a system, with what its events tell for a domain.
  private func attach(_ address: String, _ workbench: ConsoleProgram) -> [Message] {
    do {
      guard let attacher else { throw FileProblem("This program attaches to no systems.") }
      workbench.add(try workbench.port.attaching(attacher.system(address), .inferred))
      return []
    } catch {
      return report((error as? FileProblem)?.text ?? "\(error)", .problem)
    }
  }

  private func report(_ text: String, _ kind: StatusMessage.Kind = .information) -> [Message] {
    [.report(StatusMessage(text, kind))]
  }

  private func edit(_ text: String) -> [Message] {
    guard let terminal else { return [.notEdited("There is no terminal for an editor.")] }
    let editor = ExternalEditor(environment: ProcessInfo.processInfo.environment)
    var messages: [Message] = []
    terminal.lend {
      do throws(FileProblem) {
        messages = [.edited(try editor.edit(text, most: Limits.lineBytes))]
      } catch {
        messages = [.notEdited(error.text)]
      }
    }
    return messages
  }

  private func copy(_ text: String) -> [Message] {
    guard let terminal else { return [] }
    return terminal.copyToClipboard(text)
      ? [] : report("too long for the clipboard: at most 100 KB go through a terminal", .warning)
  }

  private func present(_ path: String?, _ domain: Domain) -> [Message] {
    do throws(FileProblem) {
      if let path { return [.presented(try PresentedFile.read(path))] }
      guard let tour = try PresentedFile.tour(of: domain.name) else {
        return report(
          "\(domain.name) has no tour; present FILE shows the comments of a tape.", .problem)
      }
      return [.presented(tour)]
    } catch {
      return report(error.text, .problem)
    }
  }

  // MARK: - Themes and settings

  private func setTheme(_ name: String?) -> [Message] {
    guard let name else {
      let problems = themes.loader.folderProblems()
      let names = "themes: \(themes.loader.names().joined(separator: ", "))"
      return report(
        ([names] + problems).joined(separator: " · "), problems.isEmpty ? .information : .warning)
    }
    do throws(ThemeError) {
      try themes.use(name)
      return [.themed(name), .report(StatusMessage("theme \(name)"))]
    } catch {
      return report(error.description, .problem)
    }
  }

  /// What can be read of the theme in the colours that the terminal has.
  private var check: ThemeCheck {
    ThemeCheck(terminal.map { themes.theme.adapted(to: $0.depth) } ?? themes.theme)
  }

  private func set(_ name: String, _ value: String?, _ workbench: ConsoleProgram) -> [Message] {
    if let problem = Settings.problem(name, value) { return report(problem, .problem) }
    switch (name, value) {
    case ("theme", let value): return setTheme(value)
    case ("mouse", let value?):
      terminal?.setMouse(enabled: value == "on")
      return [.mouseSet(value == "on")] + report("mouse \(value)")
    case ("typing", let value?):
      guard let speed = TypingSpeed(rawValue: value) else { return [] }
      return [.typing(speed)] + report("typing \(value)")
    case ("typing", nil): return report("typing is \(workbench.model.typing.rawValue)")
    default: return report("mouse is \(workbench.model.isMouseOn ? "on" : "off")")
    }
  }

  private func keeping(_ store: StoreNotice?) -> String {
    if let store, store.isReadOnly { return "it is only read, and nothing is kept" }
    guard let window = store?.syncWindow else { return "everything is kept" }
    return "everything is kept; the machine may stop \(window.milliseconds) ms later without loss"
  }

  private func standing(of theme: Theme) -> String {
    let shown = theme.name == themes.name ? "" : "\(theme.name) now, "
    guard let depth = terminal?.depth else { return shown + "without a terminal" }
    return shown + "in \(depth.description)"
  }

  private func info(_ workbench: ConsoleProgram) -> [String] {
    var lines = [
      "domain     \(workbench.model.moment.domain.name)",
      files.withFiles(\.store).map { "store      \($0): \(keeping(workbench.model.store))" }
        ?? "store      memory: nothing is kept unless you save",
      "history    \(state.historyPath(of: .command))",
      "recovery   \(state.path): unsaved lines, for eventicle --recover",
      "theme      \(themes.name): \(standing(of: themes.theme))",
      "themes     \(themes.loader.names().joined(separator: ", "))",
      "crashes    \(TerminalGuard.crashFile ?? "no supervisor, no crash file")",
      "", "configuration",
    ]
    let environment = ProcessInfo.processInfo.environment
    lines += ConfigReport.lines(environment: environment).map { "  \($0)" }
    let warnings = workbench.model.moment.domain.warnings
    if !warnings.isEmpty { lines += ["", "warnings of the domain"] + warnings.map { "  \($0)" } }
    lines += ["", "limits"]
    lines += Limits.all.map { "  \($0.name): \($0.value)" }
    return lines
  }
}
