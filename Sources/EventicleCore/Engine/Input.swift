/// What enters an engine: an action, where it comes from, and when.
///
/// An engine performs it as one step. Recorded inputs that are performed again in a fresh engine of
/// the same domain and seed give the same steps.
public struct Input: Sendable {
  /// What the engine is to do, with all that it needs to do the same again.
  public let action: InputAction
  /// Where it comes from.
  public var origin: InputOrigin
  /// When it happens, which moves the clock with the step.
  ///
  /// `nil`, or an instant before the clock's, stands for the clock's.
  public var instant: Instant?
  /// The closure of a direct command.
  @usableFromInline let body: DirectCommandBox?

  /// Creates an input.
  ///
  /// - Parameter origin: Where it comes from; by default as the action implies.
  @inlinable
  public init(_ action: InputAction, by origin: InputOrigin? = nil, at instant: Instant? = nil) {
    self.action = action
    self.origin = origin ?? action.usualOrigin
    self.instant = instant
    body = nil
  }

  private init(_ command: DirectCommand) {
    action = .direct(command.name)
    origin = .program
    body = DirectCommandBox(command)
  }

  /// Dispatches a command that the domain does not declare.
  public static func direct(_ command: DirectCommand) -> Input { Input(command) }

  /// The same input from somewhere else.
  public func by(_ origin: InputOrigin) -> Input {
    var input = self
    input.origin = origin
    return input
  }
}

/// A direct command behind a reference, so that inputs stay small.
@usableFromInline final class DirectCommandBox: Sendable {
  let command: DirectCommand

  init(_ command: DirectCommand) { self.command = command }
}
