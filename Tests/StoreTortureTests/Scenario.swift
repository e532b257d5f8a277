/// Work on a store that can be disturbed at each of its calls.
enum Scenario: CaseIterable, Sendable {
  /// A store is made, and lines run on it.
  case making
  /// Lines run on a store that was closed.
  case goingOn
  /// Lines run on a store whose program was killed.
  case recovering
  /// Lines run on the copy that a backup made.
  case onCopy
  /// A store is copied.
  case copying
  /// A store is repaired into a new one.
  case repairing

  /// Whether the scenario makes a new store of another one.
  var makesAnother: Bool { self == .copying || self == .repairing }
}
