import EventicleCore
import Foundation

/// Chooses the glyphs of a theme for this terminal.
enum GlyphChoice {
  /// The theme's own choice; otherwise the set that the locale and the terminal can show.
  ///
  /// - Parameter environment: Read for `LC_ALL`, `LC_CTYPE`, `LANG` and `TERM`.
  static func glyphs(
    for theme: Theme, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> GlyphSet {
    switch theme.glyphs {
    case .unicode: return .unicode
    case .ascii: return .ascii
    case .auto: break
    }
    // An empty variable counts as not set.
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }
      .first { !$0.isEmpty }
    return GlyphSet.suited(locale: locale, term: environment["TERM"] ?? "")
  }
}
