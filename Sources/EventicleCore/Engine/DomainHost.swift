/// A program outside the engine whose code is the handlers of a domain, such as a child process.
///
/// The engine calls its handlers through the domain. What the program wants by itself, because its
/// code also runs outside of handlers, it hands over here: whoever drives the engine waits until
/// ``readableDescriptor`` can be read, takes the requests between two steps, performs and records
/// them, and answers. `Session.perform(host:)` and `EventicleHost` do so.
public protocol DomainHost: AnyObject, Sendable {
  /// The domain as the program declares it now.
  var domain: Domain { get }
  /// The file descriptor that can be read when there is something to take; `nil` for a program
  /// that is to be asked after every piece of work. It may change when requests are taken.
  var readableDescriptor: Int32? { get }
  /// Takes the waiting requests, oldest first, without waiting for more.
  ///
  /// Called between two steps, on the thread that runs the engine.
  func take() -> [HostRequest]
}

/// What the program behind a domain asks for by itself.
public enum HostRequest: Sendable {
  /// Perform an input and everything that follows from it, then reply.
  ///
  /// While the engine is held, the reply comes after the input's own step. A step that failed says
  /// so in its ``Step/problem``.
  case input(Input, reply: @Sendable (Step) -> Void)
  /// Go on with another declaration of the domain; see ``Engine/adopt(_:)``.
  case adopt(Domain, reply: @Sendable (Result<AdoptReport, DomainError>) -> Void)
  /// Look at the world, after what was asked for before; nothing is recorded.
  case look(@Sendable (World) -> Void)
  /// Show a line that the program has written.
  case log(LogLine)
}
