/// Why bytes are not a stored step.
package struct StepCodecError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A sentence: what was expected, what was found, and where.
  package let description: String

  /// Creates an error from a sentence.
  package init(_ description: String) { self.description = description }
}
