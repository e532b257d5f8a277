/// The streams that a list of names stands for; the only place that decides who listens to what.
///
/// * A name stands for the stream of that name in every workspace: `orders` includes acme's part.
/// * A `*` in a name matches any characters of a declared name.
/// * A tenant's part, made by ``Workspace/stream(_:)``, stands for that part alone, or with a `*`
///   in it for the parts of that tenant that match.
/// * A name without `*` that is not the stream of any aggregate or command of the domain also
///   stands for the tenant's part displayed under that name, for readers who know it from outside:
///   `acme.orders`.
struct StreamChoice: Sendable {
  /// The names as given.
  let names: [StreamName]
  /// The names that may be displayed names of tenants' parts.
  private let shown: [StreamName]
  /// Whether no name is a pattern.
  let isPlain: Bool

  /// Creates the choice for a list of names.
  ///
  /// - Parameter written: The streams of the domain's aggregates and commands.
  init(_ names: [StreamName], written: Set<StreamName>) {
    self.names = names
    isPlain = !names.contains(where: \.isPattern)
    shown = names.filter { !$0.isTenants && !$0.isPattern && !written.contains($0) }
  }

  /// Whether a stream is included; O(names).
  func means(_ stream: StreamName) -> Bool {
    for name in names {
      if name == stream || name.isPattern && isInReach(stream, of: name) && name.covers(stream) {
        return true
      }
    }
    guard stream.isTenants else { return false }
    if shown.contains(where: { isSameText($0.text, stream.text) }) { return true }
    return names.contains(stream.logical)
  }

  private func isInReach(_ stream: StreamName, of name: StreamName) -> Bool {
    !name.isTenants || name.isBeside(stream)
  }

  /// Whether a name selects some tenants' parts and not others.
  var tellsTenantsApart: Bool { !shown.isEmpty || names.contains(where: \.isTenants) }

  /// The included streams of a tenant, apart from those that patterns match.
  func parts(of tenant: Workspace) -> [StreamName] {
    names.lazy.filter { !$0.isTenants && !$0.isPattern }.map { tenant.stream($0) }
      + shown.compactMap { StreamName(shown: $0.text, of: tenant) }
  }
}
