/// The numbers by which eventiclejs locks things in PostgreSQL.
///
/// A lock has a text. PostgreSQL's advisory locks have numbers, so the text becomes one: a hash of 32
/// bits over its UTF-16 units, as Java's strings have it. Two texts may share a number; then they
/// exclude each other, which costs time and harms nothing.
package enum LockHash {
  /// The first of the two numbers of every such lock.
  package static let space: Int32 = 15

  /// The number of a text; O(units).
  package static func number(of text: String) -> Int32 { number(of: text.utf16) }

  /// The number of a text that is given by its units, well-formed or not.
  package static func number(of units: some Sequence<UInt16>) -> Int32 {
    units.reduce(0) { $0 &* 31 &+ Int32($1) }
  }

  /// The number of the lock under which an aggregate's history is written.
  package static func number(ofAggregate id: DomainID, in workspace: Workspace) -> Int32 {
    number(of: workspace.text + id.text)
  }
}
