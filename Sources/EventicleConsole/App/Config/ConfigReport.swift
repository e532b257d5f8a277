import EventicleCore

/// What is set in files, where they are, and what is wrong in them.
package enum ConfigReport {
  /// Lines to read: the files, what they set, and their problems.
  package static func lines(environment: [String: String]) -> [String] {
    let set = ConfigFiles(environment: environment)
    let config = set.config
    var lines = set.lines
    var parts: [String] = []
    if let theme = config.theme { parts.append("theme \(theme)") }
    if let isMouseOn = config.isMouseOn { parts.append("mouse \(isMouseOn ? "on" : "off")") }
    if let domain = config.domain { parts.append("domain \(domain)") }
    parts += config.filters.map { "filter \($0.name)\($0.isDefault ? " from the start" : "")" }
    parts += config.keys.map { "\($0.action.rawValue) by \($0.notations.joined(separator: " "))" }
    if !parts.isEmpty { lines.append("set      \(parts.joined(separator: ", "))") }
    lines += Keymap.standard.changed(by: config.keys).conflicts.map { "✗ \($0)" }
    return lines.map { DisplayText(sanitising: $0, limit: 2_000).string }
  }

  /// The domain that is opened when none is named; `nil` when no file names one.
  package static func domain(environment: [String: String]) -> String? {
    ConfigFiles(environment: environment).config.domain
  }

  /// Where a console keeps what it remembers.
  package static func folders(environment: [String: String]) -> [String] {
    let state = StateFolder(environment: environment)
    return [
      "history  \(state.historyPath(of: .command))", "sessions \(state.path)",
    ]
  }
}
