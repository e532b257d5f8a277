/// Another program that runs the handlers of a domain, as far as engines and tools must know of it.
///
/// The handlers themselves are closures like any others; they call the program and wait.
package protocol HandlerProgram: AnyObject, Sendable {
  /// Why no handler can run until a person has done something, as a sentence; `nil` while they can.
  var trouble: String? { get }
  /// Loads the domain anew; the old one goes on until the new one is loaded.
  func reload()
  /// Handlers that are called from now on belong to a branch of history, which does not share with
  /// others what the program holds in memory.
  ///
  /// - Parameter branch: What tells a fork from all others; `nil` for the main history.
  func enter(branch: String?)
  /// Runs a body during which handlers are called in a program of their own, started for it: what
  /// the first one holds in memory is neither seen nor changed.
  ///
  /// Two rehearsals never run at once; one within another is part of it.
  func rehearse<Result>(_ body: () throws -> Result) rethrows -> Result
}
