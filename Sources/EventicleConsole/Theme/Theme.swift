/// The appearance of every role.
///
/// A role takes the colour of its ``Hue`` from the seed, unless the theme says more about that
/// role. Resolving a style combines ordinary text, the role, and the overlay.
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

  /// The built-in theme: the terminal's own colours.
  static let terminal = Theme(name: "terminal", variant: .any, seed: .terminal)

  let name: String
  let variant: Variant
  let glyphs: Glyphs

  /// The depth that its colours are reduced to.
  let depth: ColorDepth

  /// The colours from which the roles are made.
  let seed: ThemeSeed

  /// The roles about which the theme says more.
  let overrides: [StyleRole: StylePart]

  // One part for every role, in the order of `StyleRole`.
  private let parts: [StylePart]
  private let base: ResolvedStyle

  /// A theme of these colours; roles without an override look like their hue.
  init(
    name: String, variant: Variant, glyphs: Glyphs = .auto, depth: ColorDepth = .truecolor,
    seed: ThemeSeed, overrides: [StyleRole: StylePart] = [:]
  ) {
    self.name = name
    self.variant = variant
    self.glyphs = glyphs
    self.depth = depth
    self.seed = seed
    self.overrides = overrides
    parts = StyleRole.allCases.map { overrides[$0] ?? seed.part(of: $0, at: depth) }
    let text = parts[Int(StyleRole.uiText.rawValue)]
    base = Self.laying(text, of: .uiText, on: ResolvedStyle(), depth: depth)
  }

  /// The theme with the colours that a terminal of this depth has.
  func adapted(to depth: ColorDepth) -> Theme {
    Theme(
      name: name, variant: variant, glyphs: glyphs, depth: depth, seed: seed,
      overrides: overrides)
  }

  subscript(role: StyleRole) -> StylePart { parts[Int(role.rawValue)] }

  /// The appearance of a style at the theme's depth.
  func resolve(_ style: CellStyle) -> ResolvedStyle {
    let role = style.role
    let resolved = Self.laying(self[role], of: role, on: base, depth: depth)
    guard let overlay = style.overlay else { return resolved }
    var part = self[overlay]
    // The two colours of a badge belong together: one of an overlay would hide the text.
    if role.isBadge, self[role].background != nil,
      part.foreground == nil || part.background == nil
    {
      part = StylePart(part.attributes)
    }
    let result = Self.laying(part, of: overlay, on: resolved, depth: depth)
    guard !role.isBadge, overlay.isSelection || overlay == .uiPopup else { return result }
    return readable(result, role, isSelected: overlay.isSelection)
  }

  /// A style on another ground: what is too near to its colour, or faint on a selected row, is drawn
  /// as ink.
  private func readable(
    _ style: ResolvedStyle, _ role: StyleRole, isSelected: Bool
  ) -> ResolvedStyle {
    var result = style
    if isSelected, role.hue.isFaint {
      result.foreground = base.foreground
      result.attributes.remove(.dim)
    } else if let front = style.foreground.known, let back = style.background.known,
      front.contrast(to: back) < role.hue.neededContrast
    {
      result.foreground = base.foreground
    }
    return result
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

  // What marks a bar or a badge where its background cannot be shown.
  private static let marks: [StyleRole: Attributes] = [
    .uiSelection: .reverse, .uiSelectionInactive: .underline, .uiMatch: .underline,
    .timeCursor: .reverse, .modeLive: .reverse, .modePaused: .reverse, .modeHeld: .reverse,
    .modeReplay: .reverse, .modeFork: .reverse, .contextProduction: .reverse,
    .contextStaging: .reverse,
  ]
}
