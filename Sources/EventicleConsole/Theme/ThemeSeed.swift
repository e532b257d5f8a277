/// The colours from which a theme is made: one for each ``Hue``, and the grounds.
///
/// What is not set comes from the terminal. On terminals with at most sixteen colours the
/// terminal's own palette is used, which a person can read, unless a colour names one of it.
struct ThemeSeed: Hashable, Sendable {
  private var hues: [Hue: StylePart] = [:]
  private var grounds: [Ground: StylePart] = [:]

  /// A seed without colours.
  init() {}

  /// The colour and the attributes of a hue.
  subscript(hue: Hue) -> StylePart {
    get { hues[hue] ?? StylePart() }
    set { hues[hue] = newValue }
  }

  /// The colour of a ground, as its background, or what marks it instead.
  subscript(ground: Ground) -> StylePart {
    get { grounds[ground] ?? StylePart() }
    set { grounds[ground] = newValue }
  }

  /// This seed with what another one sets.
  func merging(_ other: ThemeSeed) -> ThemeSeed {
    var result = self
    result.hues.merge(other.hues) { $1 }
    result.grounds.merge(other.grounds) { $1 }
    return result
  }

  /// The appearance of a role on a terminal of this depth.
  func part(of role: StyleRole, at depth: ColorDepth) -> StylePart {
    switch role {
    case .uiSelection: return selection(at: depth)
    case .uiSelectionInactive:
      let surface = part(of: .surface, at: depth)
      return surface.background == nil ? StylePart(.underline) : surface
    // Only its ground, so that what lies on it keeps its colours.
    case .uiPopup: return StylePart(background: part(of: .surface, at: depth).background)
    default: break
    }
    var part = part(of: role.hue, at: depth)
    part.attributes.formUnion(role.attributes)
    if role.isBadge { part.attributes.formUnion([.bold, .reverse]) }
    if role == .uiText { part.background = self.part(of: .background, at: depth).background }
    return part
  }

  // Colours that shine through a reversed bar would be patches of it.
  private func selection(at depth: ColorDepth) -> StylePart {
    var part = part(of: .selection, at: depth)
    if part.attributes.contains(.reverse) {
      part.foreground = self.part(of: .ink, at: depth).foreground ?? ColorChain(.default)
    }
    return part
  }

  private func part(of hue: Hue, at depth: ColorDepth) -> StylePart {
    var part = self[hue]
    if depth == .mono { part.attributes.formUnion(Self.terminal[hue].attributes) }
    guard depth <= .palette16, let color = part.foreground, !color.namesTerminalColor else {
      return part
    }
    return Self.terminal[hue]
  }

  private func part(of ground: Ground, at depth: ColorDepth) -> StylePart {
    let part = self[ground]
    guard depth <= .palette16, let color = part.background else { return part }
    // A bar in black or in the background's colour would not be seen.
    let isLost = depth == .palette8 && color.color(at: .palette16) == .ansi(8)
    return color.namesTerminalColor && !isLost ? part : Self.terminal[ground]
  }
}

extension ThemeSeed {
  /// The terminal's own sixteen colours on its own background, dark or light.
  ///
  /// It sets no background, marks with reverse video, and avoids blue, which many dark palettes
  /// make unreadable, and bright colours, which light ones do.
  static let terminal: ThemeSeed = {
    var seed = ThemeSeed()
    for hue in [Hue.mist, .later, .border] { seed[hue] = StylePart(.dim) }
    seed[.sea] = part(6, .bold)
    seed[.heather] = part(5)
    seed[.lagoon] = part(6)
    seed[.kelp] = part(2)
    seed[.sand] = part(3)
    seed[.rust] = part(1)
    seed[.coral] = part(1, .bold)
    seed[.dusk] = part(5)
    seed[.selection] = StylePart(.reverse)
    return seed
  }()

  private static func part(_ color: UInt8, _ attributes: Attributes = []) -> StylePart {
    StylePart(attributes, foreground: ColorChain(.ansi(color)))
  }
}
