/// What every role looks like.
///
/// A theme always has a part for every role. Resolving lays three of them on each other:
/// ordinary text, the role, and the overlay.
struct Theme: Hashable, Sendable {
  /// What the terminal's background is expected to be.
  enum Variant: String, CaseIterable, Sendable {
    case dark
    case light
    case any
  }

  /// Which characters the theme wants.
  enum Glyphs: String, CaseIterable, Sendable {
    case auto
    case unicode
    case ascii
  }

  let name: String
  let variant: Variant
  let glyphs: Glyphs

  /// The depth its colours are brought down to.
  let depth: ColorDepth

  /// One part for every role, in the order of ``StyleRole``.
  let parts: [StylePart]

  private let base: ResolvedStyle

  /// A theme of one part a role; missing ones look like ordinary text.
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

  /// The theme with the colours a terminal of this depth has.
  func adapted(to depth: ColorDepth) -> Theme {
    Theme(name: name, variant: variant, glyphs: glyphs, depth: depth, parts: parts)
  }

  /// The part of a role.
  subscript(role: StyleRole) -> StylePart { parts[Int(role.rawValue)] }

  /// What a style comes to at the theme's depth.
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

  // Their two colours belong together: an overlay that has but one of its own would hide the text.
  private static let badges: Set<StyleRole> = [
    .uiMatchCurrent, .modeLive, .modePaused, .modeHeld, .modeReplay, .modeFork, .contextDev,
    .contextTest, .contextProd,
  ]

  // How a bar or a badge is told where its background cannot be shown.
  private static let marks: [StyleRole: Attributes] = [
    .uiSelection: .reverse, .uiSelectionInactive: .underline, .uiMatch: .underline,
    .uiMatchCurrent: [.reverse, .bold], .timeCursor: .reverse, .modeLive: .reverse,
    .modePaused: .reverse, .modeHeld: .reverse, .modeReplay: .reverse, .modeFork: .reverse,
    .contextProd: .reverse, .contextTest: .reverse, .contextDev: .reverse,
  ]
}
