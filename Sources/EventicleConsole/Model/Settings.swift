/// The settings that `set` changes.
enum Settings {
  /// The settings by name, each with its possible values.
  static let known: [(name: String, values: [String])] = [
    ("mouse", ["on", "off"]), ("theme", []),
    ("typing", TypingSpeed.allCases.map(\.rawValue)),
  ]

  /// What is wrong with a setting and its value, as a sentence; the theme itself is not looked for.
  static func problem(_ name: String, _ value: String?) -> String? {
    guard let setting = known.first(where: { $0.name == name }) else {
      let names = known.map(\.name).sorted(by: >)
      let list = names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
      return "There is no setting \(name); there are \(list)."
    }
    guard let value, !setting.values.isEmpty, !setting.values.contains(value) else { return nil }
    let values = setting.values
    let list = values.dropLast().joined(separator: ", ") + " or " + (values.last ?? "")
    return "\(name) is \(list); write set \(name)=\(values[0])"
  }

  /// What `theme` takes: the themes, the one that suits the terminal, and words about the theme.
  static func arguments(ofTheme names: [String]) -> [String] {
    names + ["auto", "check", "inspect"]
  }

  /// The settings by name, with the themes that exist as values of `theme`.
  static func offered(themes: [String]) -> [(name: String, values: [String])] {
    known.map { ($0.name, $0.name == "theme" ? themes + ["auto"] : $0.values) }
  }
}
