/// The streams that somebody means who names some: the one answer to who listens to what.
///
/// * A name means the stream of that name in every workspace: `orders` is acme's part of it too.
/// * A `*` in a name stands for any characters of the name as it is declared.
/// * A tenant's part, made by ``Workspace/stream(_:)``, means that part alone, or with a `*` in it
///   those of the tenant's parts that fit.
/// * A name without `*` that no aggregate and no command of the domain has for its stream means,
///   besides, the tenant's part that is shown so, for those who know it from outside: `acme.orders`.
struct StreamChoice: Sendable {
  /// The names as they were given.
  let names: [StreamName]
  /// Those of the names that mean a tenant's part by the name under which it is shown.
  private let shown: [StreamName]

  /// The choice of some names.
  ///
  /// - Parameter written: The streams of the domain's aggregates and commands.
  init(_ names: [StreamName], written: Set<StreamName>) {
    self.names = names
    shown = names.filter { !$0.isTenants && !$0.isPattern && !written.contains($0) }
  }

  /// Whether a stream is meant; O(names).
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

  /// Whether one of the names means some tenants' parts and not others.
  var tellsTenantsApart: Bool { !shown.isEmpty || names.contains(where: \.isTenants) }

  /// Whether each of the names is that of one stream.
  var isPlain: Bool { !names.contains(where: \.isPattern) }

  /// The streams that a tenant has of what is meant, besides those of patterns.
  func parts(of tenant: Workspace) -> [StreamName] {
    names.lazy.filter { !$0.isTenants && !$0.isPattern }.map { tenant.stream($0) }
      + shown.compactMap { StreamName(shown: $0.text, of: tenant) }
  }
}
