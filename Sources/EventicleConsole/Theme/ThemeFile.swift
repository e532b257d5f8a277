import Yams

/// Reads one theme file: a theme in this program's format, or a base16 or base24 scheme.
///
/// Unknown keys are errors. An error names its line and column and the nearest known key.
struct ThemeFile {
  /// The path, for error messages.
  let path: String

  /// The top-level mapping.
  let root: ThemeNode

  /// Parses YAML.
  ///
  /// - Throws: ``ThemeError/malformed(path:line:column:problem:)`` when the text is not a mapping.
  init(_ text: String, path: String) throws(ThemeError) {
    self.path = path
    root = ThemeNode(try Self.parse(text, path: path), path: path)
  }

  /// The name of the theme that this one inherits from, if any.
  func parentName() throws(ThemeError) -> String? {
    try root["inherits"]?.text()
  }

  /// The theme in the file.
  ///
  /// - Parameter parent: The theme that `inherits` names; it supplies the keys that the file leaves
  ///   out.
  func theme(parent: Theme, fallbackName: String) throws(ThemeError) -> Theme {
    let entries = try root.entries()
    let palette = try root["palette"]?.entries() ?? []
    if (entries + palette).contains(where: { $0.key.lowercased() == "base00" }) {
      return try BaseScheme(root).theme(fallbackName: fallbackName)
    }
    for entry in entries where !Self.keys.contains(entry.key) {
      throw root.unknown(entry, among: Self.keys, what: "key")
    }
    let colors = try ThemePalette(palette)
    var seed = parent.seed
    if let node = root["seed"] { seed = seed.merging(try Self.seed(node, colors)) }
    var overrides = parent.overrides
    if let style = root["style"] { try Self.apply(style, colors, to: &overrides) }
    return Theme(
      name: try root["name"]?.text() ?? fallbackName,
      variant: try root["variant"]?.word(of: Theme.Variant.self) ?? parent.variant,
      glyphs: try root["glyphs"]?.word(of: Theme.Glyphs.self) ?? parent.glyphs, seed: seed,
      overrides: overrides)
  }

  private static let keys = [
    "name", "author", "variant", "inherits", "palette", "seed", "style", "glyphs",
  ]

  private static func seed(
    _ node: ThemeNode, _ colors: ThemePalette
  ) throws(ThemeError) -> ThemeSeed {
    var seed = ThemeSeed()
    for entry in try node.entries() {
      if let hue = Hue(rawValue: entry.key) {
        seed[hue] = try colors.chained(entry.value)
      } else if let ground = Ground(rawValue: entry.key) {
        let part = try colors.chained(entry.value)
        seed[ground] = StylePart(part.attributes, background: part.foreground)
      } else {
        let names = Ground.allCases.map(\.rawValue) + Hue.allCases.map(\.rawValue)
        throw node.unknown(entry, among: names, what: "seed")
      }
    }
    return seed
  }

  // A key that names a role sets that role alone. One that is only the beginning of roles, such as
  // `json`, sets those the file does not name more exactly; shorter keys go first.
  private static func apply(
    _ node: ThemeNode, _ colors: ThemePalette, to parts: inout [StyleRole: StylePart]
  ) throws(ThemeError) {
    let depth = { (key: String) in key.split(separator: ".").count }
    for entry in try node.entries().sorted(by: { depth($0.key) < depth($1.key) }) {
      let part = try colors.part(entry.value)
      if let role = StyleRole(name: entry.key) {
        parts[role] = part
        continue
      }
      let family = StyleRole.allCases.filter { $0.name.hasPrefix(entry.key + ".") }
      guard !family.isEmpty else {
        throw node.unknown(entry, among: StyleRole.allCases.map(\.name), what: "style")
      }
      for role in family { parts[role] = part }
    }
  }

  private static func parse(_ text: String, path: String) throws(ThemeError) -> Node {
    do {
      if let node = try Yams.compose(yaml: text), node.mapping != nil { return node }
    } catch let error as YamlError {
      throw ThemeNode.malformed(error, path: path)
    } catch {
      throw .malformed(path: path, line: 1, column: 1, problem: "this is not YAML.")
    }
    throw .malformed(
      path: path, line: 1, column: 1,
      problem: "a theme is a mapping of keys such as `name:` and `seed:`.")
  }
}
