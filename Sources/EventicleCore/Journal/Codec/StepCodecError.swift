/// Why bytes are not a stored step.
package struct StepCodecError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A sentence: what was expected, what was found, and where.
  package let description: String

  init(_ description: String) { self.description = description }
}
