/// A base16 or base24 scheme as the tinted-theming project writes them.
///
/// Schemes are made for source code: their greys are often too pale for text, and their selection
/// too near to it. Colours are moved towards the strongest text just as far as reading needs.
struct BaseScheme {
  private let root: ThemeNode

  /// A scheme whose slots are at the top level or under `palette`.
  init(_ root: ThemeNode) {
    self.root = root
  }

  /// The theme made from the scheme.
  func theme(fallbackName: String) throws(ThemeError) -> Theme {
    let slots = try slots()
    for slot in Self.slots.prefix(16) where slots[slot] == nil {
      throw root.error("a base16 scheme needs \(slot).")
    }
    let background = slots["base00"] ?? RGB(0, 0, 0)
    let text = slots["base05"] ?? RGB(255, 255, 255)
    let isDark = background.luminance < text.luminance
    let pole = isDark ? RGB(255, 255, 255) : RGB(0, 0, 0)
    func color(_ slot: String) -> RGB { slots[slot] ?? text }
    // Ordinary text is read for hours.
    let ink = text.moved(towards: pole, until: 7, on: [background])
    let surface = color("base01").moved(towards: background, until: 6, on: [ink])
    let selection = color("base02").moved(towards: background, until: 6, on: [ink])
    var seed = ThemeSeed()
    for (ground, color) in [
      (Ground.background, background), (.surface, surface), (.selection, selection),
    ] { seed[ground] = StylePart(background: ColorChain(.rgb(color))) }
    func set(_ hue: Hue, _ color: RGB) {
      let grounds = hue == .border ? [background] : [background, surface, selection]
      let moved = color.moved(towards: pole, until: hue.neededContrast, on: grounds)
      seed[hue] = StylePart(foreground: ColorChain(.rgb(moved)))
    }
    for (hue, slot) in Self.hues { set(hue, hue == .ink ? ink : color(slot)) }
    for (hue, slot) in Self.streams {
      set(hue, color(slot).mixed(with: color("base04"), share: Self.quiet))
    }
    return Theme(
      name: try (root["name"] ?? root["scheme"])?.text() ?? fallbackName,
      variant: isDark ? .dark : .light, seed: seed)
  }

  private static let hues: [(Hue, String)] = [
    (.ink, "base05"), (.mist, "base04"), (.later, "base03"), (.sea, "base0D"),
    (.heather, "base0E"), (.lagoon, "base0C"), (.kelp, "base0B"), (.sand, "base0A"),
    (.rust, "base09"), (.coral, "base08"), (.dusk, "base0F"), (.border, "base03"),
  ]

  private static let streams: [(Hue, String)] = [
    (.stream1, "base0D"), (.stream2, "base09"), (.stream3, "base0B"), (.stream4, "base0E"),
    (.stream5, "base0C"), (.stream6, "base04"),
  ]

  /// How much grey a stream's tone has, so that no stream looks like a kind of thing.
  private static let quiet = 0.65

  private static let slots: [String] = {
    let digits = Array("0123456789ABCDEF")
    return digits.map { "base0\($0)" } + digits.prefix(8).map { "base1\($0)" }
  }()

  private static let descriptions = [
    "system", "name", "scheme", "slug", "author", "variant", "description", "palette",
  ]

  private func slots() throws(ThemeError) -> [String: RGB] {
    var slots: [String: RGB] = [:]
    for entry in try root.entries() + (root["palette"]?.entries() ?? []) {
      guard let name = Self.slots.first(where: { $0.lowercased() == entry.key.lowercased() }) else {
        if Self.descriptions.contains(entry.key) { continue }
        throw root.unknown(entry, among: Self.slots + Self.descriptions, what: "key")
      }
      let text = try entry.value.text()
      guard let color = RGB(hex: text.hasPrefix("#") ? text.dropFirst() : text[...]) else {
        throw entry.value.error("\"\(text)\" is not a colour of six hexadecimal digits.")
      }
      slots[name] = color
    }
    return slots
  }
}

extension RGB {
  /// The nearest colour on the way to another one that has a contrast with all of some others.
  ///
  /// When no colour on the way has it, the end of the way is the answer.
  fileprivate func moved(towards end: RGB, until contrast: Double, on others: [RGB]) -> RGB {
    for step in 0...32 {
      let color = mixed(with: end, share: Double(step) / 32)
      if others.allSatisfy({ color.contrast(to: $0) >= contrast }) { return color }
    }
    return end
  }

  /// The colour at this share of the way to another one.
  fileprivate func mixed(with other: RGB, share: Double) -> RGB {
    func part(_ first: UInt8, _ second: UInt8) -> UInt8 {
      UInt8(clamping: Int((Double(first) * (1 - share) + Double(second) * share).rounded()))
    }
    return RGB(part(red, other.red), part(green, other.green), part(blue, other.blue))
  }
}
