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
  /// The `params` with which a chart drawn elsewhere names the guard or the action; `null` when it
  /// gives none.
  public internal(set) var params: JSON = .null
  let chart: Chart
  let active: StateSet

  /// Whether a state is active, by its path from the top: `payment.waiting`.
  public func isIn(_ path: String) -> Bool { chart.place(of: path).map { active[$0] } ?? false }
}

/// A condition that must hold for a transition to be taken.
public struct MachineGuard: Sendable {
  /// Decides; an error refuses the whole message.
  public typealias Test = @Sendable (MachineScope) throws -> Bool

  /// The condition in a few words: `is unlocked`.
  public let name: String
  private let test: Test
  private var params = JSON.null

  /// A condition; it is evaluated as often as needed and must have no effects.
  public init(_ name: String, _ test: @escaping Test) {
    self.name = name
    self.test = test
  }

  /// Holds while a state is active, by its path from the top.
  public static func isIn(_ path: String) -> MachineGuard {
    MachineGuard("is in \(path)") { $0.isIn(path) }
  }

  /// Holds while both hold; the second is evaluated only when the first holds.
  public static func && (left: MachineGuard, right: MachineGuard) -> MachineGuard {
    MachineGuard("\(left.name) and \(right.name)") { try left.holds(in: $0) && right.holds(in: $0) }
  }

  /// Holds while the other does not.
  public static prefix func ! (other: MachineGuard) -> MachineGuard {
    MachineGuard("not \(other.name)") { try !other.holds(in: $0) }
  }

  func holds(in scope: MachineScope) throws -> Bool {
    guard !params.isNull else { return try test(scope) }
    var own = scope
    own.params = params
    return try test(own)
  }

  func with(_ params: JSON) -> MachineGuard {
    var copy = self
    copy.params = params
    return copy
  }
}
