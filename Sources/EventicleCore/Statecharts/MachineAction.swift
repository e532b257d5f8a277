/// What a ``StateMachine`` does on a transition, or on entering or leaving a state.
public struct MachineAction: Sendable {
  /// Changes the machine's context.
  public typealias Assignment = @Sendable (inout JSON, MachineScope) throws -> Void
  /// Makes the data of an event or a message.
  public typealias Content = @Sendable (MachineScope) throws -> JSON

  enum Work: Sendable {
    case assign(Assignment)
    case raise(EventType, Content)
    case post(String, Content)
    case send(String, id: String, after: Interval?, Content)
    case cancel(String)
    case all([MachineAction])
  }

  /// The action in a few words: `raise DoorOpened`.
  public let name: String
  let work: Work
  private(set) var params = JSON.null

  private init(_ name: String, _ work: Work) {
    self.name = name
    self.work = work
  }

  /// Changes the context; an error refuses the whole message.
  ///
  /// - Parameter name: The action in a few words, for diagrams.
  public static func assign(
    _ name: String = "assign", _ change: @escaping Assignment
  ) -> MachineAction {
    MachineAction(name, .assign(change))
  }

  /// Raises an event of the aggregate; its data is empty by default.
  public static func raise(
    _ type: EventType, _ data: @escaping Content = { _ in .emptyObject }
  ) -> MachineAction {
    MachineAction("raise \(type)", .raise(type, data))
  }

  /// Sends a message to the machine itself; it is handled before the next one from outside.
  public static func post(
    _ message: String, _ data: @escaping Content = { _ in .emptyObject }
  ) -> MachineAction {
    MachineAction("post \(message)", .post(message, data))
  }

  /// Sends a message to the machine itself as if it came from outside: after all posted ones, or
  /// once some time has passed.
  ///
  /// It comes even when the state has been left in between; ``cancel(_:)`` takes it back, and the
  /// end of the machine does. With an aggregate it waits as a timer of the engine.
  ///
  /// - Parameters:
  ///   - interval: How long it waits, 0 or longer; `nil` sends it at once.
  ///   - id: The name for ``cancel(_:)``; the message's name when absent.
  ///   - data: Makes the data now, not when the message comes.
  public static func send(
    _ message: String, after interval: Interval? = nil, id: String? = nil,
    _ data: @escaping Content = { _ in .emptyObject }
  ) -> MachineAction {
    let delay = interval.map { " after \($0)" } ?? ""
    return MachineAction(
      "send \(message)\(delay)", .send(message, id: id ?? message, after: interval, data))
  }

  /// Takes back all waiting messages that were sent with an id; nothing happens without any.
  public static func cancel(_ id: String) -> MachineAction {
    MachineAction("cancel \(id)", .cancel(id))
  }

  /// Does several things in order under one name.
  public static func all(_ name: String, _ actions: MachineAction...) -> MachineAction {
    MachineAction(name, .all(actions))
  }

  func with(_ params: JSON) -> MachineAction {
    var copy = self
    copy.params = params
    return copy
  }

  /// The same action under the name that a chart gives it.
  func named(_ name: String) -> MachineAction {
    var copy = MachineAction(name, work)
    copy.params = params
    return copy
  }

  /// The delay of what it sends; `nil` for other actions and without one.
  var delay: Interval? {
    if case .send(_, _, let interval, _) = work { interval } else { nil }
  }
}
