/// What is sent to a ``StateMachine``: a name such as `OPEN`, and what is said with it.
public struct MachineMessage: Sendable, Hashable {
  /// Its name.
  public let name: String
  /// What comes with it.
  public let data: JSON

  /// One of these parts.
  public init(_ name: String, _ data: JSON = .emptyObject) {
    self.name = name
    self.data = data
  }

  /// What a machine is started by.
  static let start = MachineMessage("xstate.init")
}

/// What guards and actions see.
public struct MachineScope: Sendable {
  /// What the machine remembers.
  public let context: JSON
  /// The message that is being handled.
  public let message: MachineMessage
  /// The state of the aggregate, with what was raised so far; `null` without an aggregate.
  public let aggregate: JSON
  let chart: Chart
  let active: [Bool]

  /// Whether a state is active, by its path from the top: `payment.waiting`.
  public func isIn(_ path: String) -> Bool { chart.place(of: path).map { active[$0] } ?? false }
}

/// What must hold for a transition to be taken.
public struct MachineGuard: Sendable {
  /// Decides; what it throws refuses the whole message.
  public typealias Test = @Sendable (MachineScope) throws -> Bool

  /// What it asks for, in a few words: `is unlocked`.
  public let name: String
  let test: Test

  /// A condition; it is asked as often as needed and must change nothing.
  public init(_ name: String, _ test: @escaping Test) {
    self.name = name
    self.test = test
  }

  /// Holds while another state is active, by its path from the top.
  public static func isIn(_ path: String) -> MachineGuard {
    MachineGuard("is in \(path)") { $0.isIn(path) }
  }
}

/// What a ``StateMachine`` does on the way from state to state.
public struct MachineAction: Sendable {
  /// Changes what the machine remembers.
  public typealias Assignment = @Sendable (inout JSON, MachineScope) throws -> Void
  /// Makes the data of an event or a message.
  public typealias Content = @Sendable (MachineScope) throws -> JSON

  enum Work: Sendable {
    case assign(Assignment)
    case raise(EventType, Content)
    case post(String, Content)
  }

  /// What it does, in a few words: `raise DoorOpened`.
  public let name: String
  let work: Work

  /// Changes the context; what it throws refuses the whole message.
  ///
  /// - Parameter name: What it does, for drawings.
  public static func assign(
    _ name: String = "assign", _ change: @escaping Assignment
  ) -> MachineAction {
    MachineAction(name: name, work: .assign(change))
  }

  /// Raises an event of the aggregate, with no data unless it is made here.
  public static func raise(
    _ type: EventType, _ data: @escaping Content = { _ in .emptyObject }
  ) -> MachineAction {
    MachineAction(name: "raise \(type)", work: .raise(type, data))
  }

  /// Says a message to the machine itself; it is handled before the next one from outside.
  public static func post(
    _ message: String, _ data: @escaping Content = { _ in .emptyObject }
  ) -> MachineAction {
    MachineAction(name: "post \(message)", work: .post(message, data))
  }
}
