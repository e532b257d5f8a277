import EventicleCore

/// The named colours of a theme file, and the notation of colours and styles.
struct ThemePalette {
  private var colors: [String: ColorChain] = [:]

  /// Reads names and their chains: `#7aa2f7 | 111 | bright-blue`; a chain may use earlier names.
  init(_ entries: [ThemeNode.Entry]) throws(ThemeError) {
    for entry in entries { colors[entry.key] = try chain(entry.value) }
  }

  /// Reads a chain: a name of the palette, or colours for decreasing depths.
  func chain(_ node: ThemeNode) throws(ThemeError) -> ColorChain {
    try chain(node.text(), node)
  }

  /// Reads attributes and the chain after them, of which one may be missing: `bold #74b9ff | 111`.
  func chained(_ node: ThemeNode) throws(ThemeError) -> StylePart {
    var words = try node.text().split(separator: " ")[...]
    var part = StylePart()
    while let word = words.first, let known = Attributes.names.first(where: { $0.name == word }) {
      part.attributes.insert(known.attribute)
      words = words.dropFirst()
    }
    if !words.isEmpty || part.attributes.isEmpty {
      part.foreground = try chain(words.joined(separator: " "), node)
    }
    return part
  }

  private func chain(_ text: String, _ node: ThemeNode) throws(ThemeError) -> ColorChain {
    var steps: [Color] = []
    for word in text.split(separator: "|").map(Self.trimmed) {
      if let named = colors[word], !text.contains("|") { return named }
      guard let color = Color(word: word) else { throw unknown(word, node) }
      steps.append(color)
    }
    guard let chain = ColorChain(steps: steps) else { throw node.error("a colour is missing.") }
    return chain
  }

  /// Reads a style: attributes, a colour, then `on` and another: `bold black on green`.
  func part(_ node: ThemeNode) throws(ThemeError) -> StylePart {
    var part = StylePart()
    var isBackground = false
    for word in try node.text().split(separator: " ").map(String.init) {
      if let entry = Attributes.names.first(where: { $0.name == word }) {
        part.attributes.insert(entry.attribute)
      } else if word == "on" {
        isBackground = true
      } else if isBackground {
        part.background = try color(word, node)
      } else {
        part.foreground = try color(word, node)
      }
    }
    if isBackground, part.background == nil {
      throw node.error("a colour must follow \"on\".")
    }
    return part
  }

  private func color(_ word: String, _ node: ThemeNode) throws(ThemeError) -> ColorChain {
    if let chain = colors[word] { return chain }
    guard let color = Color(word: word) else { throw unknown(word, node) }
    return ColorChain(color)
  }

  private func unknown(_ word: String, _ node: ThemeNode) -> ThemeError {
    let names = colors.keys.sorted() + Color.names + Attributes.names.map(\.name) + ["default"]
    let nearest = TypoCorrection.nearest(to: word, among: names)
    let hint = nearest.map { "; the nearest is \"\($0)\"" } ?? ""
    return node.error("\"\(word)\" is no colour of the palette, name, number or #rrggbb\(hint).")
  }

  private static func trimmed(_ text: Substring) -> String {
    text.split(separator: " ").joined(separator: " ")
  }
}
