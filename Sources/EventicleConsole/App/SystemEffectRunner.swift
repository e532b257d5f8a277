import EventicleCore
import EventicleWorkbench

/// Carries out the console's effects on the system: files, themes, the terminal.
final class SystemEffectRunner: EffectRunner {
  private let themes: ThemeLoader
  private let state: StateFolder
  private let terminal: (any Terminal)?
  private let remembersLines: Bool

  /// Creates the runner of a console's effects.
  ///
  /// - Parameters:
  ///   - terminal: The terminal; `nil` when there is none.
  ///   - remembersLines: Whether typed lines are kept for the next run.
  init(
    themes: ThemeLoader, state: StateFolder, terminal: (any Terminal)?, remembersLines: Bool
  ) {
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
    case .redraw:
      terminal?.redraw()
      return []
    case .setMouse(let isOn):
      terminal?.setMouse(enabled: isOn)
      return []
    case .copy(let text): return copy(text)
    case .theme(let name): return setTheme(name)
    case .set(let name, let value): return set(name, value, workbench)
    case .info: return [.page(title: "info", lines: info(workbench))]
    case .save(let path): return save(path, workbench)
    case .open(let path): return open(path, workbench)
    case .importFile(let path): return importFile(path, workbench)
    case .run, .endWork, .quit, .saveAndQuit, .demo, .fold, .readRows, .search: return []
    }
  }

  private func report(_ text: String, _ kind: StatusMessage.Kind = .information) -> [Message] {
    [.report(StatusMessage(text, kind))]
  }

  private func copy(_ text: String) -> [Message] {
    guard let terminal else { return [] }
    return terminal.copyToClipboard(text)
      ? [] : report("too long for the clipboard: at most 100 KB go through a terminal", .warning)
  }

  // MARK: - Themes and settings

  private func setTheme(_ name: String?) -> [Message] {
    guard let name else {
      return report("themes: \(themes.names().joined(separator: ", "))")
    }
    do throws(ThemeError) {
      let theme = try themes.theme(named: name)
      terminal?.setTheme(theme, glyphs: GlyphChoice.glyphs(for: theme))
      return [.themed(name), .report(StatusMessage("theme \(name)"))]
    } catch {
      return report(error.description, .problem)
    }
  }

  private func set(_ name: String, _ value: String?, _ workbench: ConsoleProgram) -> [Message] {
    switch (name, value) {
    case ("theme", let value): return setTheme(value)
    case ("mouse", let value?) where ["on", "off"].contains(value):
      terminal?.setMouse(enabled: value == "on")
      return [.mouseSet(value == "on")] + report("mouse \(value)")
    case ("mouse", nil): return report("mouse is \(workbench.model.isMouseOn ? "on" : "off")")
    case ("mouse", _): return report("mouse is on or off; write set mouse=on", .problem)
    default:
      return report("There is no setting \(name); there are theme and mouse.", .problem)
    }
  }

  // MARK: - Files

  private func save(_ path: String?, _ workbench: ConsoleProgram) -> [Message] {
    guard let path else {
      return report(
        "save needs a file: save NAME.tape for the commands, .ndjson for the events",
        .problem)
    }
    workbench.add(
      WorkbenchWork("save \(path)") { session, _ in
        let bytes =
          path.hasSuffix(".ndjson")
          ? EventFile.bytes(of: session.head.log) : SessionFile.tape(of: session)
        do throws(FileProblem) {
          try Files.write(bytes, to: path)
        } catch {
          return [.report(StatusMessage(error.text, .problem))]
        }
        return [.report(StatusMessage("saved \(path), \(bytes.count) bytes"))]
      })
    return []
  }

  private func open(_ path: String, _ workbench: ConsoleProgram) -> [Message] {
    if path.hasSuffix(".ndjson") { return importFile(path, workbench) }
    workbench.add(
      WorkbenchWork("open \(path)") { session, outlet in
        do {
          let lines = try TapeLine.lines(of: try Files.bytes(path))
          return WorkbenchWork.play(lines, in: &session, outlet)
        } catch let problem as FileProblem {
          return [.report(StatusMessage(problem.text, .problem))]
        } catch {
          return [.report(StatusMessage("\(path), \(error)", .problem))]
        }
      })
    return []
  }

  private func importFile(_ path: String, _ workbench: ConsoleProgram) -> [Message] {
    workbench.add(.importFile(path))
    return []
  }

  private func info(_ workbench: ConsoleProgram) -> [String] {
    var lines = [
      "domain     \(workbench.model.moment.domain.name)",
      "store      memory: nothing is kept unless you save",
      "history    \(state.historyPath(of: .command))",
      "themes     \(themes.names().joined(separator: ", "))",
      "crashes    \(TerminalGuard.crashFile ?? "no supervisor, no crash file")",
      "", "limits",
    ]
    lines += Limits.all.map { "  \($0.name): \($0.value)" }
    return lines
  }
}
