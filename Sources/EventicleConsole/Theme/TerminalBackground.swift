/// Whether text in a terminal is dark on light or light on dark, as far as that is known.
enum TerminalBackground: Hashable, Sendable {
  case dark
  case light

  /// What a colour behind the text says.
  init(_ color: RGB) {
    // Above this luminance black text has the greater contrast, below it white text.
    self = color.luminance > 0.18 ? .light : .dark
  }

  /// What the environment says, as some terminals do by `COLORFGBG`, such as `15;0`.
  init?(environment: [String: String]) {
    let fields = environment["COLORFGBG"]?.split(separator: ";") ?? []
    guard fields.count > 1, let number = fields.last.flatMap({ UInt8($0) }), number < 16 else {
      return nil
    }
    self = number == 7 || number > 8 ? .light : .dark
  }
}

/// The theme that follows the terminal's background.
extension ThemeLoader {
  /// The name that stands for a theme that suits the background.
  static let automatic = "auto"

  /// The name of the theme that suits a background; as long as it is not known, the terminal's own
  /// colours suit any.
  static func name(suiting background: TerminalBackground?) -> String {
    switch background {
    case .dark: "harbour-dark"
    case .light: "harbour-light"
    case nil: Theme.terminal.name
    }
  }
}
