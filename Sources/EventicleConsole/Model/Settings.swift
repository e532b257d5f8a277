/// The settings that `set` changes.
enum Settings {
  /// The settings by name, each with its possible values.
  static let known: [(name: String, values: [String])] = [
    ("mouse", ["on", "off"]), ("theme", []),
  ]

  /// The settings by name, with the themes that exist as values of `theme`.
  static func offered(themes: [String]) -> [(name: String, values: [String])] {
    known.map { ($0.name, $0.name == "theme" ? themes : $0.values) }
  }
}
