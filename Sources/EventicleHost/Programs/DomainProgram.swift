package import EventicleCore

/// A program that runs the handlers of a domain and that tools start, wait for and end.
///
/// The domain of an engine names it; see `Domain.program`.
package protocol DomainProgram: HandlerProgram, DomainHost {
  /// The name of the domain before it is loaded.
  var name: String { get }
  /// Starts the program without waiting for it; its domain is taken later like anything else that
  /// it asks for.
  func begin() throws
  /// Starts the program and waits until the domain is loaded, or until its code wants something of
  /// the engine.
  ///
  /// - Returns: The domain, for an engine that begins with it.
  /// - Throws: Why it cannot be loaded.
  func open() throws -> Domain
  /// Waits until the domain is loaded, or until its code wants something of the engine.
  ///
  /// - Throws: Why it cannot be loaded.
  func waitUntilLoaded() throws
  /// Whether the domain is still being loaded.
  var isLoading: Bool { get }
  /// Why the domain could not be loaded at first, in a sentence; `nil` unless that failed.
  var failure: String? { get }
  /// Waits until there is something to take; returns whether there is.
  func waitForNews(_ interval: Interval) -> Bool
  /// Lets somebody hear how long a handler is waited for, and end the wait.
  func setWatch(_ watch: (any HandlerWatch)?)
  /// Ends the program.
  func close()
}

extension Domain {
  /// The program that runs the handlers; `nil` when they run in this process.
  package var domainProgram: (any DomainProgram)? { program as? any DomainProgram }
}
