/// A filter with a name, which a person or a project has set.
struct NamedFilter: Hashable, Sendable {
  let name: String
  /// The expression, as it is typed.
  let text: String
  /// Whether the tail begins with it.
  let isDefault: Bool
}
