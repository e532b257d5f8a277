/// A base16 or base24 scheme as the tinted-theming project writes them.
struct BaseScheme {
  private let root: ThemeNode

  /// A scheme whose slots are at the top level or under `palette`.
  init(_ root: ThemeNode) {
    self.root = root
  }

  /// The theme made from the scheme.
  func theme(fallbackName: String) throws(ThemeError) -> Theme {
    let slots = try slots()
    var seed = ThemeSeed()
    for (key, slot) in Self.keys {
      guard let color = slots[slot] else {
        throw root.error("a base16 scheme needs \(slot).")
      }
      seed[key] = ColorChain(.rgb(color))
    }
    let background = slots["base00"] ?? RGB(0, 0, 0)
    let text = slots["base05"] ?? RGB(255, 255, 255)
    seed[.muted] = ColorChain(.rgb(Self.readable(slots["base04"] ?? text, text, on: background)))
    return Theme(
      name: try (root["name"] ?? root["scheme"])?.text() ?? fallbackName,
      variant: background.luminance < text.luminance ? .dark : .light, parts: seed.parts)
  }

  // The greys of many schemes are meant for comments and too pale for text that must be read.
  private static func readable(_ color: RGB, _ text: RGB, on background: RGB) -> RGB {
    color.contrast(to: background) >= 4.5 ? color : text
  }

  private static let keys: [(ThemeSeed.Key, String)] = [
    (.fg, "base05"), (.bg, "base00"), (.accent, "base0D"), (.error, "base08"),
    (.warn, "base0A"), (.ok, "base0B"), (.border, "base03"), (.surface, "base01"),
    (.selection, "base02"), (.violet, "base0E"), (.teal, "base0C"), (.orange, "base09"),
  ]

  private static let descriptions = [
    "system", "name", "scheme", "slug", "author", "variant", "description", "palette",
  ]

  private func slots() throws(ThemeError) -> [String: RGB] {
    let digits = Array("0123456789ABCDEF")
    let names = digits.map { "base0\($0)" } + digits.prefix(8).map { "base1\($0)" }
    var slots: [String: RGB] = [:]
    for entry in try root.entries() + (root["palette"]?.entries() ?? []) {
      guard let name = names.first(where: { $0.lowercased() == entry.key.lowercased() }) else {
        if Self.descriptions.contains(entry.key) { continue }
        throw root.unknown(entry, among: names + Self.descriptions, what: "key")
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
