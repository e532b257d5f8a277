public import EventicleCore

/// Hears that a handler is being waited for, and can give it up.
///
/// Whoever waits for code that runs elsewhere, such as a child process, asks it many times a
/// second through a ``HandlerWait``; the host itself asks it once per ``HostOptions/stepDeadline``
/// while a handler of the engine hangs, which it can tell but not end.
public protocol HandlerWatch: AnyObject, Sendable {
  /// Hears how long a handler has been waited for; called on the thread that waits, or on any.
  ///
  /// - Returns: Whether to go on waiting; `false` gives the handler up.
  func stillWaiting(_ handler: HandlerID, for waited: Interval) -> Bool
}

/// One wait for a handler that runs elsewhere: it has a deadline, and a watch may end it earlier.
///
///     let wait = HandlerWait(for: handler, deadline: .seconds(10), watch: watch)
///     while !channel.hasReply(within: .milliseconds(50)) { try wait.goOn(after: elapsed) }
public struct HandlerWait: Sendable {
  /// Whose answer is waited for.
  public let handler: HandlerID
  /// How long it may take; `nil` for as long as the watch allows.
  public let deadline: Interval?
  private let watch: (any HandlerWatch)?

  /// Creates a wait.
  public init(for handler: HandlerID, deadline: Interval?, watch: (any HandlerWatch)? = nil) {
    self.handler = handler
    self.deadline = deadline
    self.watch = watch
  }

  /// Checks whether the wait goes on.
  ///
  /// - Throws: ``HandlerGivenUpError`` when the deadline has passed or the watch says so. Thrown on
  ///   through the handler, it is the failure of the work, whose transaction is rolled back.
  public func goOn(after waited: Interval) throws(HandlerGivenUpError) {
    if let deadline, waited >= deadline {
      throw HandlerGivenUpError(handler: handler, waited: waited, isLate: true)
    }
    guard watch?.stillWaiting(handler, for: waited) ?? true else {
      throw HandlerGivenUpError(handler: handler, waited: waited, isLate: false)
    }
  }
}

/// A handler that ran elsewhere was waited for no longer.
public struct HandlerGivenUpError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Whose answer did not come.
  public let handler: HandlerID
  /// How long it had been waited for.
  public let waited: Interval
  /// Whether its deadline had passed; otherwise a person or a program gave it up.
  public let isLate: Bool

  /// The reason, as a sentence for people.
  public var description: String {
    isLate
      ? "The handler \(handler) did not answer for \(waited); let it do less, or raise its deadline."
      : "The handler \(handler) was given up after \(waited); redrive its work, or look for what "
        + "it waits for."
  }
}
