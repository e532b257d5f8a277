/// A message sent to a ``StateMachine``: a name such as `OPEN`, and its data.
public struct MachineMessage: Sendable, Hashable {
  /// The name that transitions are triggered by.
  public let name: String
  /// The data that guards and actions can read.
  public let data: JSON

  /// A message of a name; no data is an empty object.
  public init(_ name: String, _ data: JSON = .emptyObject) {
    self.name = name
    self.data = data
  }

  /// The message with which a machine starts.
  static let start = MachineMessage("xstate.init")
}

/// What guards and actions can read.
public struct MachineScope: Sendable {
  /// The machine's extended state.
  public let context: JSON
  /// The message being handled.
  public let message: MachineMessage
  /// The aggregate's state, including the events raised so far; `null` without an aggregate.
  public let aggregate: JSON
  let chart: Chart
  let active: [Bool]

  /// Whether a state is active, by its path from the top: `payment.waiting`.
  public func isIn(_ path: String) -> Bool { chart.place(of: path).map { active[$0] } ?? false }
}

/// A condition that must hold for a transition to be taken.
public struct MachineGuard: Sendable {
  /// Decides; an error refuses the whole message.
  public typealias Test = @Sendable (MachineScope) throws -> Bool

  /// The condition in a few words: `is unlocked`.
  public let name: String
  let test: Test

  /// A condition; it is evaluated as often as needed and must have no effects.
  public init(_ name: String, _ test: @escaping Test) {
    self.name = name
    self.test = test
  }

  /// Holds while a state is active, by its path from the top.
  public static func isIn(_ path: String) -> MachineGuard {
    MachineGuard("is in \(path)") { $0.isIn(path) }
  }
}

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
  }

  /// The action in a few words: `raise DoorOpened`.
  public let name: String
  let work: Work

  /// Changes the context; an error refuses the whole message.
  ///
  /// - Parameter name: The action in a few words, for diagrams.
  public static func assign(
    _ name: String = "assign", _ change: @escaping Assignment
  ) -> MachineAction {
    MachineAction(name: name, work: .assign(change))
  }

  /// Raises an event of the aggregate; its data is empty by default.
  public static func raise(
    _ type: EventType, _ data: @escaping Content = { _ in .emptyObject }
  ) -> MachineAction {
    MachineAction(name: "raise \(type)", work: .raise(type, data))
  }

  /// Sends a message to the machine itself; it is handled before the next one from outside.
  public static func post(
    _ message: String, _ data: @escaping Content = { _ in .emptyObject }
  ) -> MachineAction {
    MachineAction(name: "post \(message)", work: .post(message, data))
  }
}
