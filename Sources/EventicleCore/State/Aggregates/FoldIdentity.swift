/// Identifies the declaration that folded a state; only copies of one declaration share it.
package final class FoldIdentity: Sendable {
  package init() {}
}
