/// The appearance of every role.
///
/// A theme has a part for every role. Resolving a style combines three of them: ordinary text, the
/// role, and the overlay.
struct Theme: Hashable, Sendable {
  /// The terminal background that the theme expects.
  enum Variant: String, CaseIterable, Sendable {
    case dark
    case light
    case any
  }

  /// The set of characters that the theme asks for.
  enum Glyphs: String, CaseIterable, Sendable {
    case auto
    case unicode
    case ascii
  }

  let name: String
  let variant: Variant
  let glyphs: Glyphs

  /// The depth that its colours are reduced to.
  let depth: ColorDepth

  /// One part for every role, in the order of ``StyleRole``.
  let parts: [StylePart]

  private let base: ResolvedStyle

  /// A theme with these parts; other roles look like ordinary text.
  init(
    name: String, variant: Variant, glyphs: Glyphs = .auto, depth: ColorDepth = .truecolor,
    parts: [StyleRole: StylePart]
  ) {
    self.init(
      name: name, variant: variant, glyphs: glyphs, depth: depth,
      parts: StyleRole.allCases.map { parts[$0] ?? StylePart() })
  }

  private init(
    name: String, variant: Variant, glyphs: Glyphs, depth: ColorDepth, parts: [StylePart]
  ) {
    self.name = name
    self.variant = variant
    self.glyphs = glyphs
    self.depth = depth
    self.parts = parts
    let text = parts[Int(StyleRole.uiText.rawValue)]
    base = Self.laying(text, of: .uiText, on: ResolvedStyle(), depth: depth)
  }

  /// The theme with the colours that a terminal of this depth has.
  func adapted(to depth: ColorDepth) -> Theme {
    Theme(name: name, variant: variant, glyphs: glyphs, depth: depth, parts: parts)
  }

  subscript(role: StyleRole) -> StylePart { parts[Int(role.rawValue)] }

  /// The appearance of a style at the theme's depth.
  func resolve(_ style: CellStyle) -> ResolvedStyle {
    let resolved = Self.laying(self[style.role], of: style.role, on: base, depth: depth)
    guard let overlay = style.overlay else { return resolved }
    var part = self[overlay]
    if Self.badges.contains(style.role), self[style.role].background != nil,
      part.foreground == nil || part.background == nil
    {
      part = StylePart(part.attributes)
    }
    return Self.laying(part, of: overlay, on: resolved, depth: depth)
  }

  private static func laying(
    _ part: StylePart, of role: StyleRole, on below: ResolvedStyle, depth: ColorDepth
  ) -> ResolvedStyle {
    var result = below
    result.attributes.formUnion(part.attributes)
    if let foreground = part.foreground {
      result.foreground = foreground.color(at: depth)
      if depth == .palette8, case .ansi(8...) = foreground.color(at: .palette16) {
        result.attributes.insert(.bold)
      }
    }
    if let background = part.background {
      result.background = background.color(at: depth)
      if depth == .mono { result.attributes.formUnion(marks[role] ?? []) }
    }
    return result
  }

  // The two colours of a badge belong together: an overlay that sets only one would hide the text.
  private static let badges: Set<StyleRole> = [
    .uiMatchCurrent, .modeLive, .modePaused, .modeHeld, .modeReplay, .modeFork, .contextDev,
    .contextTest, .contextProd,
  ]

  // What marks a bar or a badge where its background cannot be shown.
  private static let marks: [StyleRole: Attributes] = [
    .uiSelection: .reverse, .uiSelectionInactive: .underline, .uiMatch: .underline,
    .uiMatchCurrent: [.reverse, .bold], .timeCursor: .reverse, .modeLive: .reverse,
    .modePaused: .reverse, .modeHeld: .reverse, .modeReplay: .reverse, .modeFork: .reverse,
    .contextProd: .reverse, .contextTest: .reverse, .contextDev: .reverse,
  ]
}
