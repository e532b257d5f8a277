/// Which declaration folded a state: two declarations are the same only if one is a copy of the
/// other.
package final class FoldIdentity: Sendable {
  package init() {}
}
