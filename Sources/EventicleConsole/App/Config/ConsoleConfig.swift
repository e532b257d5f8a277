/// What a person or a project has set: for all of one's consoles in `config.yaml`, for a project in
/// its `.eventicle.yaml`, which counts more.
struct ConsoleConfig: Hashable, Sendable {
  var theme: String?
  var isMouseOn: Bool?
  /// The domain that is opened when none is named.
  var domain: String?
  var filters: [NamedFilter] = []
  var keys: [Keymap.Change] = []

  /// What both say; where they differ, what the other one says.
  func overruled(by other: ConsoleConfig) -> ConsoleConfig {
    var config = self
    config.theme = other.theme ?? theme
    config.isMouseOn = other.isMouseOn ?? isMouseOn
    config.domain = other.domain ?? domain
    let names = Set(other.filters.map(\.name))
    config.filters = filters.filter { !names.contains($0.name) } + other.filters
    let actions = Set(other.keys.map(\.action))
    config.keys = keys.filter { !actions.contains($0.action) } + other.keys
    return config
  }
}
