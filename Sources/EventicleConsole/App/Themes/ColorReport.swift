/// What is known of a terminal's colours without opening it, and why.
package enum ColorReport {
  /// Lines to read: the colours, the background, the themes and where they are looked for.
  ///
  /// - Parameter environment: That of the terminal.
  package static func lines(environment: [String: String]) -> [String] {
    let loader = Console.themes(ConsoleOptions(), environment)
    return [
      "colours: " + colors(environment), "background: " + background(environment),
      "themes: " + loader.names().joined(separator: ", "),
      "theme files: " + loader.folders.joined(separator: ", "),
    ] + loader.folderProblems()
  }

  private static func colors(_ environment: [String: String]) -> String {
    func value(_ name: String) -> String {
      DisplayText(sanitising: environment[name] ?? "", limit: 40).string
    }
    guard let term = environment["TERM"], !term.isEmpty else {
      return "TERM is not set, so the console does not open"
    }
    let choice = TerminalChoice(term: term, environment: environment)
    guard !choice.isDumb else { return "TERM is \(value("TERM")), which has no screen" }
    switch choice.depth {
    case .mono: return "none, because NO_COLOR is set"
    case .truecolor where environment["COLORTERM"] != nil:
      return "exact, because COLORTERM is \(value("COLORTERM"))"
    case .truecolor: return "exact, because TERM is \(value("TERM"))"
    default: return "what is known of TERM=\(value("TERM")), at most 256"
    }
  }

  private static func background(_ environment: [String: String]) -> String {
    switch TerminalBackground(environment: environment) {
    case .dark: "dark, as COLORFGBG says"
    case .light: "light, as COLORFGBG says"
    case nil: "not known; the theme auto asks the terminal"
    }
  }
}
