import EventicleCore
import Foundation

/// Chooses the glyphs of a theme for this terminal.
enum GlyphChoice {
  /// The theme's own choice; otherwise the set that the locale and the terminal can show.
  static func glyphs(for theme: Theme) -> GlyphSet {
    switch theme.glyphs {
    case .unicode: return .unicode
    case .ascii: return .ascii
    case .auto: break
    }
    let environment = ProcessInfo.processInfo.environment
    let locale = environment["LC_ALL"] ?? environment["LC_CTYPE"] ?? environment["LANG"]
    return GlyphSet.suited(locale: locale, term: environment["TERM"] ?? "")
  }
}
