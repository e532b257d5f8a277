/// What `set` can change.
enum Settings {
  /// The settings by name, with the values that can be named.
  static let known: [(name: String, values: [String])] = [
    ("mouse", ["on", "off"]), ("theme", []),
  ]
}
