/// The settings that `set` changes.
enum Settings {
  /// The settings by name, each with its possible values.
  static let known: [(name: String, values: [String])] = [
    ("mouse", ["on", "off"]), ("theme", []),
  ]
}
