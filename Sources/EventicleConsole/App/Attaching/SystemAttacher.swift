/// Finds the system that a person names, by its address or the name of a context.
package struct SystemAttacher: Sendable {
  private let find: @Sendable (String) throws -> AttachedSystem

  /// - Parameter find: Finds a system; it throws a ``FileProblem`` with a sentence.
  package init(_ find: @escaping @Sendable (String) throws -> AttachedSystem) { self.find = find }

  /// The system with a name.
  func system(_ name: String) throws -> AttachedSystem { try find(name) }
}
