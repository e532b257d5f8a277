/// Another program that runs the handlers of a domain, as far as engines and tools must know of it.
///
/// The handlers themselves are closures like any others; they call the program and wait.
package protocol HandlerProgram: AnyObject, Sendable {
  /// Why no handler can run until a person has done something, as a sentence; `nil` while they can.
  var trouble: String? { get }
  /// Runs a body during which handlers are called in a program of their own, started for it: what
  /// the first one holds in memory is neither seen nor changed.
  ///
  /// Two rehearsals never run at once; one within another is part of it.
  func rehearse<Result>(_ body: () throws -> Result) rethrows -> Result
}

extension Domain {
  /// Whether handlers run in this process.
  package var runsInPlace: Bool { program == nil }
}
