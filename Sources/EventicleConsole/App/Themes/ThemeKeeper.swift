/// The console's theme: which one is shown, what it is made of, and when it has to be read again.
final class ThemeKeeper {
  /// The themes that there are.
  let loader: ThemeLoader

  /// The name by which the theme was chosen: that of a theme, the path of its file, or `auto`.
  private(set) var name: String

  /// The theme that is shown.
  private(set) var theme: Theme

  private let terminal: (any Terminal)?
  private let watch: ThemeWatch?
  private var background: TerminalBackground?
  private var isBroken = false

  /// Keeps a theme that is shown already.
  ///
  /// - Parameters:
  ///   - choice: The theme.
  ///   - background: What is known of the terminal's background.
  ///   - terminal: Shows the theme; `nil` when there is none.
  ///   - watch: Looks after the files of the theme; `nil` never reads them again.
  init(
    _ loader: ThemeLoader, showing choice: ThemeChoice = .terminal,
    background: TerminalBackground? = nil, terminal: (any Terminal)? = nil,
    watch: ThemeWatch? = nil
  ) {
    (name, theme) = (choice.name, choice.theme)
    self.loader = loader
    self.background = background
    self.terminal = terminal
    self.watch = watch
    attend()
  }

  /// Shows the theme with a name.
  ///
  /// - Throws: ``ThemeError`` when there is none or its file is wrong; the theme stays as it was.
  func use(_ name: String) throws(ThemeError) {
    let choice = try ThemeChoice(name, loader, background)
    self.name = name
    show(choice.theme)
    attend()
  }

  /// What the terminal's answer about its background leads to.
  func take(_ color: RGB) -> [Message] {
    background = TerminalBackground(color)
    guard name == ThemeLoader.automatic, let choice = try? ThemeChoice(name, loader, background),
      choice.theme != theme
    else { return [] }
    show(choice.theme)
    attend()
    return [.themed(name)]
  }

  /// What a change of the theme's files leads to: they are read again, and the theme stays as it
  /// was while they are broken.
  func readChanges() -> [Message] {
    guard let watch, watch.takeChange() else { return [] }
    do throws(ThemeError) {
      let changed = try ThemeChoice(name, loader, background).theme
      guard changed != theme || isBroken else { return [] }
      isBroken = false
      show(changed)
      attend()
      return [.themed(name), .report(StatusMessage("theme \(name) was changed, and is shown"))]
    } catch {
      isBroken = true
      return [.report(StatusMessage("\(error) The theme stays as it was.", .problem))]
    }
  }

  private func show(_ theme: Theme) {
    self.theme = theme
    terminal?.setTheme(theme, glyphs: GlyphChoice.glyphs(for: theme))
  }

  private func attend() {
    watch?.follow(loader.files(of: ThemeChoice.title(of: name, background)))
    if name == ThemeLoader.automatic, background == nil { terminal?.askBackground() }
  }
}

/// A theme, and the name by which it was chosen.
struct ThemeChoice {
  /// The built-in theme.
  static let terminal = ThemeChoice(name: Theme.terminal.name, theme: .terminal)

  let name: String
  let theme: Theme

  private init(name: String, theme: Theme) {
    (self.name, self.theme) = (name, theme)
  }

  /// Reads the theme with a name, or for `auto` the one that suits the background.
  init(
    _ name: String, _ loader: ThemeLoader, _ background: TerminalBackground?
  ) throws(ThemeError) {
    self.name = name
    theme = try loader.theme(named: Self.title(of: name, background))
  }

  /// The name of the theme that is meant by a name.
  static func title(of name: String, _ background: TerminalBackground?) -> String {
    name == ThemeLoader.automatic ? ThemeLoader.name(suiting: background) : name
  }
}
